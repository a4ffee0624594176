package dev.pictor.gateway;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.DecodedPicture;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.ImageWarning;
import dev.pictor.image.Imaging;
import dev.pictor.image.measure.StructureFinding;
import dev.pictor.image.measure.StructureLimits;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** How pictures are looked at before they are taken for an answer, and what follows if one is no good. Immutable. */
@Value.Immutable
public abstract class PictureCheck {

    private static final PictureCheck NONE = builder().isEnabled(false).build();
    private static final PictureCheck DECODES = builder().build();
    private static final PictureCheck STRICT =
            builder().structure(StructureLimits.ofDefaults()).redraws(1).build();

    PictureCheck() {}

    /**
     * Returns no check: pictures are taken as they come.
     *
     * @return always the same
     */
    public static PictureCheck none() {
        return NONE;
    }

    /**
     * Returns the check that costs least: every picture is decoded and must be whole. A picture of one colour passes,
     * since that may be what was asked for.
     *
     * @return decoding alone; no other picture is drawn if one is broken
     */
    public static PictureCheck decodes() {
        return DECODES;
    }

    /**
     * Returns the check that looks at what is in the picture too.
     *
     * @return every picture must be whole, not blank and not tiny; one more is drawn if one is no good
     */
    public static PictureCheck strict() {
        return STRICT;
    }

    /**
     * Returns a builder that starts from {@link #decodes()}.
     *
     * @return a new builder
     */
    public static PictureCheckBuilder builder() {
        return new PictureCheckBuilder();
    }

    /**
     * Whether pictures are looked at. Default: true.
     *
     * @return false if they are taken as they come
     */
    @Value.Default
    public boolean isEnabled() {
        return true;
    }

    /**
     * What decodes pictures. Default: {@link Imaging#ofDefaults()}. A format without a codec passes with a warning.
     *
     * @return the codecs and limits
     */
    @Value.Default
    public Imaging imaging() {
        return Imaging.ofDefaults();
    }

    /**
     * What in a picture makes it useless. Default: empty, which means that a whole picture will do.
     *
     * @return the limits
     */
    public abstract Optional<StructureLimits> structure();

    /**
     * Whether a picture must have just the size asked for, else the proportions, within 5 %, and the file format if an
     * option asks for one that the model honours. Default: false; what is otherwise is a warning.
     *
     * @return true if what is otherwise is no good
     */
    @Value.Default
    public boolean exactSize() {
        return false;
    }

    /**
     * How often another picture is asked of the same model when one was no good, each at its full price. After that the
     * next model is asked, if there is one. Default: 0, since each costs its full price.
     *
     * @return 0 to 5
     */
    @Value.Default
    public int redraws() {
        return 0;
    }

    @Value.Check
    void check() {
        if (redraws() < 0 || redraws() > 5) {
            throw new IllegalArgumentException("redraws must be 0 to 5, was " + redraws());
        }
    }

    /**
     * What was found of one picture.
     *
     * @param fault why it is no good, or empty
     * @param warnings what else is worth knowing
     */
    record Finding(Optional<String> fault, List<String> warnings) {}

    Finding look(ImageBytes image, PictureForm asked) {
        requireNonNull(image, "image");
        List<String> warnings = new ArrayList<>();
        for (OptionWarning other : asked.otherwise(image)) {
            warnings.add(other.message());
        }
        if (exactSize() && !warnings.isEmpty()) {
            return new Finding(Optional.of(String.join("; ", warnings)), List.of());
        }
        try {
            return judged(imaging().decode(image), warnings);
        } catch (ImageRejectedException e) {
            if (e.reason() == ImageRejectedException.Reason.NO_CODEC) {
                warnings.add("no codec reads " + image.format().mediaType() + ", so the picture was not looked at");
                return new Finding(Optional.empty(), warnings);
            }
            return new Finding(Optional.of("it cannot be decoded: " + e.reason()), warnings);
        }
    }

    /** Looks whether a cut-out is whole. What is in it is not judged: most of it may be nothing. */
    Finding decoded(ImageBytes image) {
        return builder().imaging(imaging()).build().look(image, PictureForm.NONE);
    }

    private Finding judged(DecodedPicture decoded, List<String> warnings) {
        boolean truncated =
                decoded.warnings().stream().anyMatch(warning -> warning.kind() == ImageWarning.Kind.TRUNCATED);
        Optional<String> fault = truncated ? Optional.of("it is truncated") : Optional.empty();
        if (structure().isEmpty() || truncated) {
            return new Finding(fault, warnings);
        }
        for (StructureFinding finding : structure().get().judge(decoded)) {
            if (finding.severity() == StructureFinding.Severity.REFUSE && fault.isEmpty()) {
                fault = Optional.of(finding.message());
            } else {
                warnings.add(finding.message());
            }
        }
        return new Finding(fault, warnings);
    }
}
