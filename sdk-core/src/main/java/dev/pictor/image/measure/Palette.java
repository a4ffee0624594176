package dev.pictor.image.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.Picture;
import java.util.List;
import org.immutables.value.Value;

/**
 * The colours that describe a picture best. Immutable.
 *
 * <p>Pixels are gathered in 32x32x32 bins of sRGB, each with its mean colour, weighed by alpha; transparent pixels do not
 * count. Among the bins, k-means in {@link dev.pictor.image.color.OklabColor} finds the colours. It starts with the
 * heaviest bin and adds the one of the largest weight times squared distance to what is there, so there is no chance in
 * it: a picture always gives the same palette. Colours that are no further apart than 0.02 are not told apart.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = PaletteBuilder.class)
public abstract class Palette {

    /** The most colours that can be asked for. */
    public static final int MAX_COLORS = 64;

    Palette() {}

    /**
     * Finds the colours of a picture. For a rough palette a picture within 200 px is enough; for areas of given colours
     * use {@link ColorShares}.
     *
     * @param picture any picture
     * @param maxColors the most colours to find, 1 to {@value #MAX_COLORS}
     * @return as many colours or fewer; none if every pixel is transparent
     * @throws IllegalArgumentException if {@code maxColors} is out of range
     * @throws java.util.concurrent.CancellationException if the thread is interrupted, which is looked at once a row;
     *     its flag stays set
     */
    public static Palette of(Picture picture, int maxColors) {
        if (maxColors < 1 || maxColors > MAX_COLORS) {
            throw new IllegalArgumentException("maxColors must be 1 to " + MAX_COLORS + ", was " + maxColors);
        }
        ColorHistogram histogram = ColorHistogram.of(picture, 5);
        return new PaletteBuilder()
                .swatches(new ColorClusters(histogram).swatches(maxColors))
                .build();
    }

    /**
     * The colours with their shares.
     *
     * @return the largest share first; the shares add up to 1, up to rounding
     */
    @JsonProperty("swatches")
    public abstract List<Swatch> swatches();
}
