package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import dev.pictor.image.color.LabColor;
import dev.pictor.image.color.RgbColor;
import java.util.List;

/**
 * The areas of some colours: a histogram of the whole picture tells which colour each bin has, then the pixels beside two
 * colours are looked at one by one. Not thread-safe; used once.
 */
final class AreaCount {

    /** In a set of colours, the bit of a pixel that has none of them. */
    private static final int NONE = 31;

    private static final int COLORS = ~(1 << NONE);

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
        List<LabColor> labs = colors.stream().map(LabColor::of).toList();
        for (int bin = 0; bin < nearest.length; bin++) {
            if (histogram.weight(bin) > 0) {
                int found = nearest(LabColor.of(histogram.mean(bin)), labs, tolerance);
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

    private static int nearest(LabColor color, List<LabColor> given, double tolerance) {
        int best = NONE;
        double least = tolerance;
        for (int i = 0; i < given.size(); i++) {
            double difference = color.deltaE2000(given.get(i));
            if (difference < least || (difference == least && best == NONE)) {
                least = difference;
                best = i;
            }
        }
        return best;
    }

    private void divideEdges() {
        ColorNeighbors rows = new ColorNeighbors(picture, pixel -> 1 << nearest[histogram.bin(pixel)]);
        for (int y = 0; y < picture.height(); y++) {
            rows.moveTo(y);
            int[] within2 = rows.within2();
            for (int x = 0; x < within2.length; x++) {
                if (isSeveral(within2[x] & COLORS)) {
                    divide(rows, x);
                }
            }
        }
    }

    private void divide(ColorNeighbors rows, int x) {
        int pixel = rows.pixel(x);
        if (pixel != 0 && find(rows, x, pixel)) {
            double weight = pixel >>> 24;
            areas[area(nearest[histogram.bin(pixel)])] -= weight;
            areas[mixtures.first()] += weight * (1 - mixtures.part());
            areas[mixtures.second()] += weight * mixtures.part();
        }
    }

    /** Looks for two colours beside a pixel that it can be a mixture of. */
    private boolean find(ColorNeighbors rows, int x, int pixel) {
        int label = nearest[histogram.bin(pixel)];
        if (label == NONE) {
            return mixtures.findBest(pixel, rows.within2()[x] & COLORS);
        }
        int others = rows.within1()[x] & COLORS & ~(1 << label);
        if (isSeveral(others) && rows.countWithin1(x, label) <= 3 && mixtures.findBest(pixel, others)) {
            return true;
        }
        return others != 0 && !mixtures.isPure(pixel, label) && mixtures.findBestWith(pixel, label, others);
    }

    private static boolean isSeveral(int set) {
        return (set & (set - 1)) != 0;
    }
}
