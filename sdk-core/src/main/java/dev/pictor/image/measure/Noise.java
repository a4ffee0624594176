package dev.pictor.image.measure;

import dev.pictor.image.Picture;

/** The standard deviation of noise, from the median of the finest diagonal Haar wavelet. */
final class Noise {

    /** The median of the absolute value of a normal variable with a deviation of 1. */
    private static final double NORMAL_MEDIAN = 0.6745;

    private static final int HIGHEST = 510;

    private Noise() {}

    static double of(Picture picture) {
        long[] counts = new long[HIGHEST + 1];
        int[] upper = new int[picture.width()];
        int[] lower = new int[picture.width()];
        PixelRows rows = new PixelRows(picture);
        for (int y = 0; y + 1 < picture.height(); y += 2) {
            rows.read(y, upper);
            rows.read(y + 1, lower);
            for (int x = 0; x + 1 < upper.length; x += 2) {
                if ((upper[x] & upper[x + 1] & lower[x] & lower[x + 1]) >>> 24 == 255) {
                    int diagonal = Luma.thousandths(upper[x])
                            - Luma.thousandths(upper[x + 1])
                            - Luma.thousandths(lower[x])
                            + Luma.thousandths(lower[x + 1]);
                    counts[(Math.abs(diagonal) + 500) / 1000]++;
                }
            }
        }
        // Four samples are added, which doubles the deviation.
        return median(counts) / 2 / NORMAL_MEDIAN;
    }

    /** Returns the median: 0 if that is among the zeros, else with the values of a count spread evenly from half a level below to half a level above. */
    private static double median(long[] counts) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double half = total / 2.0;
        if (counts[0] >= half) {
            return 0;
        }
        double below = 0;
        for (int value = 0; ; value++) {
            if (below + counts[value] >= half) {
                return value - 0.5 + (half - below) / counts[value];
            }
            below += counts[value];
        }
    }
}
