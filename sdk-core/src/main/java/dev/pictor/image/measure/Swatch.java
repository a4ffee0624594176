package dev.pictor.image.measure;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pictor.image.color.RgbColor;

/**
 * A colour and how much of a picture has it. Immutable.
 *
 * @param color the colour
 * @param share of the visible area, 0 to 1
 */
public record Swatch(
        @JsonProperty("color") RgbColor color,
        @JsonProperty("share") double share) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if {@code share} is not 0 to 1
     */
    public Swatch {
        requireNonNull(color, "color");
        Shares.check("share", share);
    }
}
