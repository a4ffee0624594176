package dev.pictor.image.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.image.Picture;
import dev.pictor.image.color.RgbColor;
import java.util.ArrayList;
import java.util.List;
import org.immutables.value.Value;

/**
 * How much of a picture's area has each of some given colours. Immutable.
 *
 * <p>Each pixel counts for the given colour that is nearest by {@link dev.pictor.image.color.LabColor#deltaE2000}, or as
 * {@link #other()} if none is within the tolerance. A pixel weighs as much as its alpha; transparent ones are left out.
 *
 * <p><b>Edges.</b> Where two areas meet, a drawing program mixes their colours, and the mixture is neither a third colour
 * nor something else. So a pixel is divided between two given colours, in proportion, when pixels of both lie beside it
 * and it differs by no more than the tolerance from a mixture of the two, be they mixed as sRGB numbers or as light;
 * of several pairs the one that fits best is taken. Beside it means within two pixels for a pixel that has none of the
 * given colours. For one that has a given colour it means the eight pixels around, and if the two are other colours than its
 * own, at most two of the eight may have its own. This has a price: a line one pixel wide (up to three, if its colour is
 * not given) is taken for an edge if it has just the colour that the areas on its two sides would mix to. Of more than four
 * colours beside a pixel, which is noise and no edge, the four that are the nearest to it are looked at.
 *
 * <p><b>Size.</b> Measure at full resolution. A thin line of a colour goes into its surroundings when a picture is made
 * smaller: an accent of 1.40 % at 2048 px shows as 0.60 % at 200 px. Use 1024 px
 * or more.
 *
 * <p><b>Time.</b> It goes with the number of pixels. A megapixel of drawings or photos takes about 15 ms; the worst,
 * noise with {@value #MAX_COLORS} colours and a large tolerance, takes some 1.5 s. The memory that is used is
 * about 10 MB and some rows, whatever the picture. An interrupted thread stops at the next row.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = ColorSharesBuilder.class)
public abstract class ColorShares {

    /** The most colours that can be asked for. */
    public static final int MAX_COLORS = 30;

    /** How far a colour may be from a given one, unless said otherwise: 5, by CIEDE2000. */
    public static final double DEFAULT_TOLERANCE = 5;

    ColorShares() {}

    /**
     * Measures a picture with the default tolerance.
     *
     * @param picture any picture, at full resolution
     * @param colors what to look for, 1 to {@value #MAX_COLORS} different colours
     * @return the shares
     * @throws IllegalArgumentException if there are no, too many or equal colours
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public static ColorShares of(Picture picture, List<RgbColor> colors) {
        return of(picture, colors, DEFAULT_TOLERANCE);
    }

    /**
     * Measures a picture.
     *
     * @param picture any picture, at full resolution
     * @param colors what to look for, 1 to {@value #MAX_COLORS} different colours
     * @param tolerance the largest difference to a given colour, by CIEDE2000, above 0 to 100
     * @return the shares
     * @throws IllegalArgumentException if there are no, too many or equal colours, or the tolerance is out of range
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public static ColorShares of(Picture picture, List<RgbColor> colors, double tolerance) {
        if (colors.isEmpty() || colors.size() > MAX_COLORS) {
            throw new IllegalArgumentException("colors must be 1 to " + MAX_COLORS + ", were " + colors.size());
        }
        if (colors.stream().distinct().count() < colors.size()) {
            throw new IllegalArgumentException("colors must be different, were " + colors);
        }
        if (!(tolerance > 0 && tolerance <= 100)) {
            throw new IllegalArgumentException("tolerance must be above 0 to 100, was " + tolerance);
        }
        double[] areas = new AreaCount(picture, colors, tolerance).areas();
        double total = 0;
        for (double area : areas) {
            total += area;
        }
        double scale = total == 0 ? 0 : 1 / total;
        List<Swatch> shares = new ArrayList<>();
        for (int i = 0; i < colors.size(); i++) {
            shares.add(new Swatch(colors.get(i), Math.min(1, areas[i] * scale)));
        }
        return new ColorSharesBuilder()
                .shares(shares)
                .other(Math.min(1, areas[colors.size()] * scale))
                .build();
    }

    /**
     * The given colours with their shares. All are 0, as {@link #other()} is, if every pixel is transparent; else they
     * and the other add up to 1, up to rounding.
     *
     * @return in the order in which they were given
     */
    @JsonProperty("shares")
    public abstract List<Swatch> shares();

    /**
     * The share of what has none of the given colours. Default: 0.
     *
     * @return 0 to 1
     */
    @Value.Default
    @JsonProperty("other")
    public double other() {
        return 0;
    }

    /**
     * Returns the share of a given colour.
     *
     * @param color one of those that were looked for
     * @return 0 to 1
     * @throws IllegalArgumentException if it was not looked for
     */
    public double share(RgbColor color) {
        return shares().stream()
                .filter(swatch -> swatch.color().equals(color))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(color + " was not looked for"))
                .share();
    }

    @Value.Check
    void check() {
        Shares.check("other", other());
    }
}
