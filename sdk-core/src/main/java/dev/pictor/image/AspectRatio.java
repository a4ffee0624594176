package dev.pictor.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proportion of width to height, in lowest terms. Immutable. Its text and JSON form is {@code 16:9}.
 *
 * @param width parts from left to right, 1 to 100,000 before reduction
 * @param height parts from top to bottom, 1 to 100,000 before reduction
 */
public record AspectRatio(int width, int height) {

    /** 1:1. */
    public static final AspectRatio SQUARE = new AspectRatio(1, 1);

    private static final int MAX = 100_000;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6}):(\\d{1,6})");

    /**
     * Checks and reduces the ratio: 1920:1080 becomes 16:9.
     *
     * @throws IllegalArgumentException if a side is below 1 or above 100,000
     */
    public AspectRatio {
        if (width < 1 || height < 1 || width > MAX || height > MAX) {
            throw new IllegalArgumentException(
                    "aspect ratio sides must be 1 to " + MAX + ", was " + width + ":" + height);
        }
        int divisor = BigInteger.valueOf(width).gcd(BigInteger.valueOf(height)).intValue();
        width /= divisor;
        height /= divisor;
    }

    /**
     * Reads a ratio.
     *
     * @param text width and height, such as {@code 16:9}
     * @return the ratio
     * @throws IllegalArgumentException if the text has another form or a side is out of range
     */
    @JsonCreator
    public static AspectRatio parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("aspect ratio must look like 16:9, was \"" + text + "\"");
        }
        return new AspectRatio(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * Returns the ratio of a picture's sides.
     *
     * @param size the picture's size
     * @return its ratio in lowest terms
     * @throws IllegalArgumentException if a side is above 100,000
     */
    public static AspectRatio of(PixelSize size) {
        return new AspectRatio(size.width(), size.height());
    }

    /**
     * Returns the size with this ratio and the given longer side.
     *
     * @param longSidePx the longer side in pixels, at least 1
     * @return a size, the shorter side rounded and at least 1
     * @throws IllegalArgumentException if the longer side is below 1
     */
    public PixelSize sizeWithin(int longSidePx) {
        int shortSide = (int) Math.max(1, Math.round(longSidePx * (double) Math.min(width, height) / longSide()));
        return width >= height ? new PixelSize(longSidePx, shortSide) : new PixelSize(shortSide, longSidePx);
    }

    /**
     * Returns how far two ratios are apart.
     *
     * @param other another ratio
     * @return the factor between them minus one: 0 for equal ratios, 0.05 for 5 % wider or narrower
     */
    public double distance(AspectRatio other) {
        double factor = ((double) width / height) / ((double) other.width / other.height);
        return Math.max(factor, 1 / factor) - 1;
    }

    @Override
    @JsonValue
    public String toString() {
        return width + ":" + height;
    }

    private int longSide() {
        return Math.max(width, height);
    }
}
