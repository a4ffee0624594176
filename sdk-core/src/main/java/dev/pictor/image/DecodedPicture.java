package dev.pictor.image;

import java.util.List;

/**
 * A picture and what was put up with to decode it. Immutable.
 *
 * @param picture upright, sRGB
 * @param header what the encoded picture said of itself
 * @param warnings what was put up with, in the order it was met; at most 16, none for a sound picture
 */
public record DecodedPicture(Picture picture, ImageHeader header, List<ImageWarning> warnings) {

    /** Copies the list. */
    public DecodedPicture {
        warnings = List.copyOf(warnings);
    }
}
