package dev.pictor.image.measure;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A rectangle of pixels in a picture. Immutable.
 *
 * @param x its left column, 0 at the left of the picture
 * @param y its top row, 0 at the top of the picture
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record PixelBox(
        @JsonProperty("x") int x,
        @JsonProperty("y") int y,
        @JsonProperty("width") int width,
        @JsonProperty("height") int height) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the corner is negative or a side below 1
     */
    public PixelBox {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "box must be at least 1x1 from 0,0 on, was " + width + "x" + height + " at " + x + "," + y);
        }
    }
}
