package dev.pictor.image;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.color.RgbColor;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** How a picture becomes bytes. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = EncodingBuilder.class)
public abstract class Encoding {

    Encoding() {}

    /**
     * Returns JPEG at a quality.
     *
     * @param quality 1 to 100
     * @return the encoding
     * @throws IllegalArgumentException if the quality is outside that range
     */
    public static Encoding jpeg(int quality) {
        return builder(ImageFormat.JPEG).quality(quality).build();
    }

    /**
     * Returns lossy WebP at a quality.
     *
     * @param quality 1 to 100
     * @return the encoding
     * @throws IllegalArgumentException if the quality is outside that range
     */
    public static Encoding webp(int quality) {
        return builder(ImageFormat.WEBP).quality(quality).build();
    }

    /**
     * Returns PNG.
     *
     * @return the encoding
     */
    public static Encoding png() {
        return builder(ImageFormat.PNG).build();
    }

    /**
     * Returns a builder.
     *
     * @param format what to write
     * @return a new builder
     */
    public static EncodingBuilder builder(ImageFormat format) {
        return new EncodingBuilder().format(format);
    }

    /**
     * Returns a builder with the values of this encoding.
     *
     * @return a new builder
     */
    public EncodingBuilder toBuilder() {
        return new EncodingBuilder().from(this);
    }

    /**
     * What to write.
     *
     * @return the format
     */
    @JsonProperty("format")
    public abstract ImageFormat format();

    /**
     * How good a lossy picture is. Default: 85 for JPEG, 80 for WebP. PNG and lossless WebP have none and ignore it.
     *
     * @return 1 to 100; more is better and larger
     */
    @Value.Default
    @JsonProperty("quality")
    public int quality() {
        return format() == ImageFormat.JPEG ? 85 : 80;
    }

    /**
     * Whether WebP keeps every sample. Default: false. PNG always does and JPEG never.
     *
     * @return whether WebP is lossless
     */
    @Value.Default
    @JsonProperty("lossless")
    public boolean isLossless() {
        return false;
    }

    /**
     * Whether JPEG is written in several passes, each finer. Default: false. Other formats ignore it.
     *
     * @return whether JPEG is progressive
     */
    @Value.Default
    @JsonProperty("progressive")
    public boolean isProgressive() {
        return false;
    }

    /**
     * How JPEG keeps colour differences. Default: {@link Subsampling#AUTO}. Lossy WebP has one for 2x2 pixels in any case;
     * with 4:4:4 it picks them with more care, in twice the time. Other formats ignore it.
     *
     * @return the subsampling
     */
    @Value.Default
    @JsonProperty("subsampling")
    public Subsampling subsampling() {
        return Subsampling.AUTO;
    }

    /**
     * The most bytes that the result may have: quality is lowered, down to {@link #minQuality()}, to the largest that
     * keeps to it. Metadata count. If even that is too large, or the format has no quality, encoding ends in a
     * {@link TargetSizeException}. Default: empty, no bound.
     *
     * @return bytes, at least 1
     */
    @JsonProperty("max_bytes")
    public abstract OptionalInt maxBytes();

    /**
     * The lowest quality that {@link #maxBytes()} may lead to; if it is above {@link #quality()}, that is never lowered.
     * Default: 30.
     *
     * @return 1 to 100
     */
    @Value.Default
    @JsonProperty("min_quality")
    public int minQuality() {
        return 30;
    }

    /**
     * What shows through where a picture with alpha becomes a JPEG. Default: white.
     *
     * @return the colour
     */
    @Value.Default
    @JsonProperty("background")
    public RgbColor background() {
        return RgbColor.WHITE;
    }

    /**
     * What becomes of EXIF and XMP data of the source. Default: {@link Metadata#STRIP}.
     *
     * @return whether they are kept
     */
    @Value.Default
    @JsonProperty("metadata")
    public Metadata metadata() {
        return Metadata.STRIP;
    }

    /**
     * Tells whether edges between strong colours are to be kept, by {@link #subsampling()} and {@link #quality()}. For
     * codecs.
     *
     * @return true for 4:4:4
     */
    @JsonIgnore
    public boolean keepsColorEdges() {
        return switch (subsampling()) {
            case AUTO -> quality() >= 90;
            case YUV_420 -> false;
            case YUV_444 -> true;
        };
    }

    @Value.Check
    void check() {
        checkQuality("quality", quality());
        checkQuality("minQuality", minQuality());
        maxBytes().ifPresent(bytes -> {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxBytes must be at least 1, was " + bytes);
            }
        });
    }

    private static void checkQuality(String name, int value) {
        if (value < 1 || value > 100) {
            throw new IllegalArgumentException(name + " must be 1 to 100, was " + value);
        }
    }

    /** How JPEG keeps colour differences. */
    public enum Subsampling {
        /** 4:2:0 below quality 90, 4:4:4 from 90. */
        AUTO,
        /** One colour difference for 2x2 pixels. */
        YUV_420,
        /** One colour difference for each pixel. */
        YUV_444
    }

    /** What becomes of metadata. */
    public enum Metadata {
        /** Nothing but pixels is written: no place, no camera, no comment. */
        STRIP,
        /**
         * EXIF and XMP are written as they were read, with the orientation set to upright and EXIF's colour space to sRGB.
         * So whatever else they tell goes along: <b>the place (GPS)</b>, the camera, the thumbnail of the source as it was
         * stored, and its sizes.
         *
         * <p>Each is left out if it has more than 1 MiB (in JPEG, more than about 64 kB, which is what a segment holds), is
         * broken, or is stored in a way that is not read: compressed, or continued in further segments. Profiles are never
         * written, since all pixels are sRGB.
         */
        KEEP
    }
}
