package dev.pictor.image;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A picture and what was put up with to decode it. Immutable.
 *
 * @param picture upright, sRGB
 * @param header what the encoded picture said of itself
 * @param warnings what was put up with, in the order it was met; at most 16, none for a sound picture
 */
public record DecodedPicture(Picture picture, ImageHeader header, List<ImageWarning> warnings) {

    /** Checks the parts and copies the list. */
    public DecodedPicture {
        requireNonNull(picture, "picture");
        requireNonNull(header, "header");
        warnings = List.copyOf(warnings);
    }
}
