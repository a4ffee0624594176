package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Picture;

/**
 * An encoded picture and what a codec makes of it, for {@link ImageCodecContract}. Immutable.
 *
 * @param name says in a failure which it was
 * @param image the encoded picture; a few thousand pixels are enough
 * @param expected its pixels as stored: before any orientation or profile, grey as equal red, green and blue
 * @param tolerance how far any sample may be from the expected one, 0 to 255
 */
public record CodecSample(String name, ImageBytes image, Picture expected, int tolerance) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if {@code tolerance} is not 0 to 255
     */
    public CodecSample {
        requireNonNull(name, "name");
        requireNonNull(image, "image");
        requireNonNull(expected, "expected");
        if (tolerance < 0 || tolerance > 255) {
            throw new IllegalArgumentException("tolerance must be 0 to 255, was " + tolerance);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
