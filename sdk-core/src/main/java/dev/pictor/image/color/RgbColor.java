package dev.pictor.image.color;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An opaque colour in sRGB (IEC 61966-2-1), 8 bits a channel. Immutable. Its text and JSON form is {@code #FF6600}.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record RgbColor(int red, int green, int blue) {

    /** {@code #FFFFFF}. */
    public static final RgbColor WHITE = new RgbColor(255, 255, 255);

    /** {@code #000000}. */
    public static final RgbColor BLACK = new RgbColor(0, 0, 0);

    private static final Pattern TEXT = Pattern.compile("#?[0-9A-Fa-f]{6}");

    /**
     * Checks the channels.
     *
     * @throws IllegalArgumentException if a channel is below 0 or above 255
     */
    public RgbColor {
        check("red", red);
        check("green", green);
        check("blue", blue);
    }

    /**
     * Reads a colour.
     *
     * @param text six hexadecimal digits, with or without {@code #} before them
     * @return the colour
     * @throws IllegalArgumentException if the text has another form
     */
    @JsonCreator
    public static RgbColor parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("colour must look like #FF6600, was \"" + text + "\"");
        }
        return ofPacked(Integer.parseInt(text, text.length() - 6, text.length(), 16));
    }

    /**
     * Returns the colour of a packed number.
     *
     * @param packed {@code 0xRRGGBB}; the bits above are ignored
     * @return the colour
     */
    public static RgbColor ofPacked(int packed) {
        return new RgbColor(packed >> 16 & 0xFF, packed >> 8 & 0xFF, packed & 0xFF);
    }

    /**
     * Returns the colour as one number.
     *
     * @return {@code 0xRRGGBB}
     */
    public int packed() {
        return red << 16 | green << 8 | blue;
    }

    /**
     * Returns the relative luminance of WCAG 2.2: how bright the colour is, with white as 1.
     *
     * @return 0 (black) to 1 (white)
     */
    public double relativeLuminance() {
        return 0.2126 * Srgb.toLinear(red) + 0.7152 * Srgb.toLinear(green) + 0.0722 * Srgb.toLinear(blue);
    }

    /**
     * Returns the contrast ratio of WCAG 2.2, not rounded. {@link WcagContrast} has the ratios that are enough.
     *
     * @param other the colour beside it; the order does not matter
     * @return 1 (no contrast) to 21 (black and white)
     */
    public double contrastRatio(RgbColor other) {
        double one = relativeLuminance();
        double two = other.relativeLuminance();
        return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    }

    @Override
    @JsonValue
    public String toString() {
        return String.format(Locale.ROOT, "#%06X", packed());
    }

    private static void check(String channel, int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException(channel + " must be 0 to 255, was " + value);
        }
    }
}
