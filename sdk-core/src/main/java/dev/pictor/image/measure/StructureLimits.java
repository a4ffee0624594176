package dev.pictor.image.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.DecodedPicture;
import dev.pictor.image.ImageWarning;
import dev.pictor.image.Picture;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * What the structure of a picture must keep to. Immutable; as JSON it can be kept in a file.
 *
 * <p>The limits of blank, blurred and soft pictures were measured on photos; the others are cautious guesses for pictures
 * that a model made.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = StructureLimitsBuilder.class)
public abstract class StructureLimits {

    private static final StructureLimits DEFAULTS = builder().build();

    StructureLimits() {}

    /**
     * Returns the default limits.
     *
     * @return always the same
     */
    public static StructureLimits ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the default limits.
     *
     * @return a new builder
     */
    public static StructureLimitsBuilder builder() {
        return new StructureLimitsBuilder();
    }

    /**
     * Returns a builder with these limits.
     *
     * @return a new builder
     */
    public StructureLimitsBuilder toBuilder() {
        return new StructureLimitsBuilder().from(this);
    }

    /**
     * A picture is {@link StructureFinding.Kind#BLANK} if nothing is visible, or if its luma ranges over no more than this
     * and nine tenths of it have one colour and hardly anything (1 %) is transparent: a shape of one colour, cut out, is no
     * blank picture. Default: 2.
     *
     * @return levels, 0 to 255
     */
    @Value.Default
    @JsonProperty("blank_luma_range")
    public int blankLumaRange() {
        return 2;
    }

    /**
     * A picture is {@link StructureFinding.Kind#NEAR_UNIFORM} if more of its visible pixels have one colour. Default: 0.99.
     *
     * @return share, 0 to 1; 1 switches it off
     */
    @Value.Default
    @JsonProperty("max_uniform_share")
    public double maxUniformShare() {
        return 0.99;
    }

    /**
     * A picture is {@link StructureFinding.Kind#BLURRED} below this {@link PictureStructure#sharpness()}. Default: 45.
     *
     * @return levels squared, at least 0; 0 switches it off
     */
    @Value.Default
    @JsonProperty("min_sharpness")
    public double minSharpness() {
        return 45;
    }

    /**
     * A picture is {@link StructureFinding.Kind#SOFT} below this {@link PictureStructure#sharpness()}, unless it is blurred.
     * Default: 120.
     *
     * @return levels squared, at least 0; 0 switches it off
     */
    @Value.Default
    @JsonProperty("soft_sharpness")
    public double softSharpness() {
        return 120;
    }

    /**
     * A picture is {@link StructureFinding.Kind#NOISY} above this {@link PictureStructure#noise()}. Default: 15.
     *
     * @return levels, at least 0
     */
    @Value.Default
    @JsonProperty("max_noise")
    public double maxNoise() {
        return 15;
    }

    /**
     * A picture is {@link StructureFinding.Kind#BORDERED} above this {@link PictureStructure#borderShare()}. Default: 0.4,
     * since bars that make a square of 16:9 take 0.44. A product on a plain ground has borders as well.
     *
     * @return share, 0 to 1; 1 switches it off
     */
    @Value.Default
    @JsonProperty("max_border_share")
    public double maxBorderShare() {
        return 0.4;
    }

    /**
     * A picture is {@link StructureFinding.Kind#TRANSPARENT} if more of its pixels are transparent, wholly or partly.
     * Default: 0.95.
     *
     * @return share, 0 to 1; 0 where no alpha is wanted, 1 switches it off
     */
    @Value.Default
    @JsonProperty("max_transparent_share")
    public double maxTransparentShare() {
        return 0.95;
    }

    /**
     * A picture is {@link StructureFinding.Kind#TOO_SMALL} if a side is shorter. Default: 64.
     *
     * @return pixels, at least 1
     */
    @Value.Default
    @JsonProperty("min_side_px")
    public int minSidePx() {
        return 64;
    }

    /**
     * The proportion that is wanted; a picture further from it than {@link #aspectTolerance()} is
     * {@link StructureFinding.Kind#WRONG_ASPECT}. Default: empty, any.
     *
     * @return width to height
     */
    @JsonProperty("aspect")
    public abstract Optional<AspectRatio> aspect();

    /**
     * How far the proportion may be from {@link #aspect()}. Default: 0.05.
     *
     * @return the factor between them minus one, at least 0
     */
    @Value.Default
    @JsonProperty("aspect_tolerance")
    public double aspectTolerance() {
        return 0.05;
    }

    /**
     * The findings of which one is enough not to use a picture; all others are warnings. Default: blank, too small and
     * truncated.
     *
     * @return kinds, perhaps none
     */
    @Value.Default
    @JsonProperty("refused")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public Set<StructureFinding.Kind> refused() {
        return Set.of(StructureFinding.Kind.BLANK, StructureFinding.Kind.TOO_SMALL, StructureFinding.Kind.TRUNCATED);
    }

    /**
     * Judges measurements. What follows from a blank picture (uniform, blurred) is not said again.
     *
     * @param structure what was measured
     * @return what passes a limit, in the order of {@link StructureFinding.Kind}; empty for a sound picture
     */
    public List<StructureFinding> judge(PictureStructure structure) {
        return new StructureJudge(this).judge(structure, List.of());
    }

    /**
     * Measures and judges a picture.
     *
     * @param picture any picture
     * @return as {@link #judge(PictureStructure)}
     */
    public List<StructureFinding> judge(Picture picture) {
        return judge(PictureStructure.of(picture));
    }

    /**
     * Measures and judges a picture, and takes in what the decoder put up with.
     *
     * @param decoded any picture
     * @return as {@link #judge(PictureStructure)}, with {@link StructureFinding.Kind#TRUNCATED} and
     *     {@link StructureFinding.Kind#DAMAGED}
     */
    public List<StructureFinding> judge(DecodedPicture decoded) {
        return judge(PictureStructure.of(decoded.picture()), decoded.warnings());
    }

    /**
     * Judges measurements, and takes in what the decoder put up with.
     *
     * @param structure what was measured
     * @param warnings of the decoder
     * @return as {@link #judge(DecodedPicture)}
     */
    public List<StructureFinding> judge(PictureStructure structure, List<ImageWarning> warnings) {
        return new StructureJudge(this).judge(structure, warnings);
    }

    @Value.Check
    void check() {
        if (blankLumaRange() < 0 || blankLumaRange() > 255) {
            throw new IllegalArgumentException("blankLumaRange must be 0 to 255, was " + blankLumaRange());
        }
        Shares.check("maxUniformShare", maxUniformShare());
        Shares.check("maxBorderShare", maxBorderShare());
        Shares.check("maxTransparentShare", maxTransparentShare());
        atLeastZero("minSharpness", minSharpness());
        atLeastZero("softSharpness", softSharpness());
        atLeastZero("maxNoise", maxNoise());
        atLeastZero("aspectTolerance", aspectTolerance());
        if (minSidePx() < 1) {
            throw new IllegalArgumentException("minSidePx must be at least 1, was " + minSidePx());
        }
    }

    private static void atLeastZero(String name, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(name + " must be at least 0, was " + value);
        }
    }
}
