package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import dev.pictor.image.color.RgbColor;
import java.util.List;

/**
 * The areas of some colours: a histogram of the whole picture tells which colour each bin has, then the pixels beside two
 * colours are looked at one by one. Not thread-safe; used once.
 */
final class AreaCount {

    /** Instead of a colour: none of them. */
    private static final int NONE = 31;

    private final Picture picture;
    private final ColorHistogram histogram;
    private final byte[] nearest;
    private final ColorMixtures mixtures;
    private final double[] areas;

    AreaCount(Picture picture, List<RgbColor> colors, double tolerance) {
        this.picture = picture;
        this.histogram = ColorHistogram.of(picture, 6);
        this.nearest = new byte[histogram.bins()];
        this.mixtures = new ColorMixtures(colors, tolerance);
        this.areas = new double[colors.size() + 1];
        NearestColor search = new NearestColor(colors, tolerance);
        for (int bin = 0; bin < nearest.length; bin++) {
            if (histogram.weight(bin) > 0) {
                int found = search.find(histogram.mean(bin), NONE);
                nearest[bin] = (byte) found;
                areas[area(found)] += histogram.weight(bin);
            }
        }
    }

    /** Returns the areas of the colours in their order, then of what has none, as 255 for each opaque pixel. */
    double[] areas() {
        divideEdges();
        return areas;
    }

    private int area(int label) {
        return label == NONE ? areas.length - 1 : label;
    }

    private void divideEdges() {
        ColorNeighbors rows = new ColorNeighbors(picture, this::setOf);
        for (int y = 0; y < picture.height(); y++) {
            Interruption.check();
            rows.moveTo(y);
            for (int span = 0; span < rows.spans(); span++) {
                if (rows.enter(span)) {
                    divideSpan(rows);
                }
            }
        }
    }

    private int setOf(int pixel) {
        int label = nearest[histogram.bin(pixel)];
        return label == NONE ? 0 : 1 << label;
    }

    private void divideSpan(ColorNeighbors rows) {
        for (int i = 0; i < rows.length(); i++) {
            if (isSeveral(rows.within2(i))) {
                divide(rows, i);
            }
        }
    }

    private void divide(ColorNeighbors rows, int i) {
        int pixel = rows.pixel(i);
        if (pixel != 0 && find(rows, i, pixel)) {
            double weight = pixel >>> 24;
            areas[area(nearest[histogram.bin(pixel)])] -= weight;
            areas[mixtures.first()] += weight * (1 - mixtures.part());
            areas[mixtures.second()] += weight * mixtures.part();
        }
    }

    /** Looks for two colours beside a pixel that it can be a mixture of. */
    private boolean find(ColorNeighbors rows, int i, int pixel) {
        int label = nearest[histogram.bin(pixel)];
        if (label == NONE) {
            return mixtures.findBest(pixel, rows.within2(i));
        }
        int others = rows.within1(i) & ~(1 << label);
        if (isSeveral(others) && rows.countWithin1(i, label) <= 3 && mixtures.findBest(pixel, others)) {
            return true;
        }
        return others != 0 && !mixtures.isPure(pixel, label) && mixtures.findBestWith(pixel, label, others);
    }

    private static boolean isSeveral(int set) {
        return (set & (set - 1)) != 0;
    }
}
