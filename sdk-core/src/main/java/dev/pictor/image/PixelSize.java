package dev.pictor.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Width and height of a picture in pixels. Immutable. Its text and JSON form is {@code 1024x768}.
 *
 * @param width pixels from left to right, at least 1
 * @param height pixels from top to bottom, at least 1
 */
public record PixelSize(int width, int height) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})x(\\d{1,9})");

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if a side is below 1
     */
    public PixelSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("size must be at least 1x1, was " + width + "x" + height);
        }
    }

    /**
     * Reads a size.
     *
     * @param text width and height, such as {@code 1024x768}
     * @return the size
     * @throws IllegalArgumentException if the text has another form or a side is below 1
     */
    @JsonCreator
    public static PixelSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("size must look like 1024x768, was \"" + text + "\"");
        }
        return new PixelSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /**
     * Returns the area.
     *
     * @return width times height
     */
    public long pixels() {
        return (long) width * height;
    }

    /**
     * Returns the longer side.
     *
     * @return the larger of width and height, in pixels
     */
    public int longSide() {
        return Math.max(width, height);
    }

    /**
     * Returns the size with its sides exchanged.
     *
     * @return height x width
     */
    @SuppressWarnings("ArgumentSelectionDefectChecker") // that is what it is for
    public PixelSize transposed() {
        return new PixelSize(height, width);
    }

    @Override
    @JsonValue
    public String toString() {
        return width + "x" + height;
    }
}
