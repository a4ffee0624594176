package dev.pictor.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;

/** How a picture is brought to another size. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = ResizeBuilder.class)
public abstract class Resize {

    Resize() {}

    /**
     * Returns the resizing into a box, whole and in proportion.
     *
     * @param width of the box, in pixels
     * @param height of the box, in pixels
     * @return {@link Fit#FIT}, without enlarging
     * @throws IllegalArgumentException if a side is below 1
     */
    public static Resize fit(int width, int height) {
        return builder(new PixelSize(width, height)).build();
    }

    /**
     * Returns the resizing that fills a box, in proportion, with what stands over cut off evenly.
     *
     * @param width of the box, in pixels
     * @param height of the box, in pixels
     * @return {@link Fit#FILL}, without enlarging
     * @throws IllegalArgumentException if a side is below 1
     */
    public static Resize fill(int width, int height) {
        return builder(new PixelSize(width, height)).fit(Fit.FILL).build();
    }

    /**
     * Returns the resizing to just this size, out of proportion if need be, enlarging if need be.
     *
     * @param width in pixels
     * @param height in pixels
     * @return {@link Fit#EXACT}, enlarging
     * @throws IllegalArgumentException if a side is below 1
     */
    public static Resize exact(int width, int height) {
        return builder(new PixelSize(width, height))
                .fit(Fit.EXACT)
                .isEnlarging(true)
                .build();
    }

    /**
     * Returns a builder.
     *
     * @param box the size to resize to
     * @return a new builder, with {@link Fit#FIT} and no enlarging
     */
    public static ResizeBuilder builder(PixelSize box) {
        return new ResizeBuilder().box(box);
    }

    /**
     * The size to resize to, of the upright picture.
     *
     * @return pixels
     */
    @JsonProperty("box")
    public abstract PixelSize box();

    /**
     * How the picture meets the box. Default: {@link Fit#FIT}.
     *
     * @return how
     */
    @Value.Default
    @JsonProperty("fit")
    public Fit fit() {
        return Fit.FIT;
    }

    /**
     * Whether a side may become longer. Default: false, so that a picture that is smaller than the box stays as it is.
     * With {@link Fit#FILL}, one that does not cover the box is only cut to its proportions (less than a pixel more may
     * be left); with {@link Fit#EXACT}, each side is at most what it was.
     *
     * @return whether pictures are enlarged
     */
    @Value.Default
    @JsonProperty("enlarging")
    public boolean isEnlarging() {
        return false;
    }

    /**
     * Whether samples are averaged as light instead of as sRGB numbers. Default: false, as in most of the field; true
     * keeps the brightness of fine patterns and takes about as long.
     *
     * @return whether the work is in linear light
     */
    @Value.Default
    @JsonProperty("linear_light")
    public boolean isLinearLight() {
        return false;
    }

    /** How a picture meets a box. */
    public enum Fit {
        /**
         * Whole and in proportion, as large as the box allows: one side may stay shorter than the box. Sides are rounded
         * to whole pixels and at least 1.
         */
        FIT,
        /** In proportion and as large as the box; what stands over on two sides is cut off evenly. */
        FILL,
        /** Stretched to the box. */
        EXACT
    }
}
