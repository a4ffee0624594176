package dev.pictor.image.measure;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pictor.image.color.RgbColor;

/**
 * The lines of one colour along a side of a picture. Immutable.
 *
 * @param widthPx how many lines, 0 if even the outermost has several colours
 * @param color the mean of the outermost line
 */
public record Border(
        @JsonProperty("width_px") int widthPx,
        @JsonProperty("color") RgbColor color) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if {@code widthPx} is negative
     */
    public Border {
        if (widthPx < 0) {
            throw new IllegalArgumentException("widthPx must be at least 0, was " + widthPx);
        }
        requireNonNull(color, "color");
    }
}
