package dev.pictor.image;

import static java.util.Objects.requireNonNull;

/**
 * Something about a picture that was put up with. Immutable.
 *
 * @param kind what it is
 * @param message one sentence for a person; never content of the picture
 */
public record ImageWarning(Kind kind, String message) {

    /** Checks the parts. */
    public ImageWarning {
        requireNonNull(kind, "kind");
        requireNonNull(message, "message");
    }

    /** What was put up with. More kinds may come; keep a {@code default} branch. */
    public enum Kind {
        /** The data end early; the rows after are filled, not decoded. */
        TRUNCATED,
        /** The data break the format's rules; some pixels may be wrong. */
        DAMAGED,
        /** The picture is animated; what was decoded is its first frame. */
        FIRST_FRAME_ONLY,
        /** A colour profile is broken or belongs to another kind of picture; sRGB was assumed. */
        PROFILE_IGNORED,
        /** CMYK without a profile: taken as coated offset print, so the colours are approximate. */
        CMYK_WITHOUT_PROFILE
    }
}
