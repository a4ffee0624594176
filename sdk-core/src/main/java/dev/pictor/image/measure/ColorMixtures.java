package dev.pictor.image.measure;

import dev.pictor.image.color.LabColor;
import dev.pictor.image.color.RgbColor;
import dev.pictor.image.color.Srgb;
import java.util.List;

/** Finds the two colours that a pixel is a mixture of, and their proportion. Not thread-safe. */
final class ColorMixtures {

    /** So near in every channel, a mixture is good enough not to look for a better one. */
    private static final int ROUNDING = 2;

    private final int[] packed;
    private final double[][] numbers;
    private final double[][] light;
    private final double tolerance;

    private int first;
    private int second;
    private double part;
    private double error;

    ColorMixtures(List<RgbColor> colors, double tolerance) {
        this.packed = colors.stream().mapToInt(RgbColor::packed).toArray();
        this.numbers = colors.stream()
                .map(color -> new double[] {color.red(), color.green(), color.blue()})
                .toArray(double[][]::new);
        this.light = colors.stream()
                .map(color -> new double[] {
                    Srgb.toLinear(color.red()), Srgb.toLinear(color.green()), Srgb.toLinear(color.blue())
                })
                .toArray(double[][]::new);
        this.tolerance = tolerance;
    }

    /** The first colour of what was found. */
    int first() {
        return first;
    }

    /** The second colour of what was found. */
    int second() {
        return second;
    }

    /** How much of what was found is the second colour, 0 to 1. */
    double part() {
        return part;
    }

    /** Tells whether a pixel has just this colour. */
    boolean isPure(int pixel, int color) {
        return (pixel & 0xFF_FFFF) == packed[color];
    }

    /** Looks for the best mixture of two colours of a set. */
    boolean findBest(int pixel, int set) {
        error = Double.POSITIVE_INFINITY;
        for (int rest = set; rest != 0; rest &= rest - 1) {
            tryAll(pixel, Integer.numberOfTrailingZeros(rest), rest & (rest - 1));
        }
        return error <= tolerance;
    }

    /** Looks for the best mixture of a colour with one of a set. */
    boolean findBestWith(int pixel, int color, int set) {
        error = Double.POSITIVE_INFINITY;
        tryAll(pixel, color, set);
        return error <= tolerance;
    }

    private void tryAll(int pixel, int one, int set) {
        for (int rest = set; rest != 0 && error > 0; rest &= rest - 1) {
            tryPair(pixel, one, Integer.numberOfTrailingZeros(rest));
        }
    }

    private void tryPair(int pixel, int one, int two) {
        int red = pixel >> 16 & 0xFF;
        int green = pixel >> 8 & 0xFF;
        int blue = pixel & 0xFF;
        double[] from = numbers[one];
        double[] to = numbers[two];
        double byNumbers = part(from, to, red, green, blue);
        int mixed = packed(
                nearby(from[0], to[0], byNumbers),
                nearby(from[1], to[1], byNumbers),
                nearby(from[2], to[2], byNumbers));
        if (isNear(pixel, mixed)) {
            keep(one, two, byNumbers, 0);
            return;
        }
        LabColor color = LabColor.of(RgbColor.ofPacked(pixel));
        keep(one, two, byNumbers, color.deltaE2000(LabColor.of(RgbColor.ofPacked(mixed))));
        double byLight = part(light[one], light[two], Srgb.toLinear(red), Srgb.toLinear(green), Srgb.toLinear(blue));
        int lit = packed(
                Srgb.fromLinear(between(light[one][0], light[two][0], byLight)),
                Srgb.fromLinear(between(light[one][1], light[two][1], byLight)),
                Srgb.fromLinear(between(light[one][2], light[two][2], byLight)));
        keep(one, two, byLight, color.deltaE2000(LabColor.of(RgbColor.ofPacked(lit))));
    }

    private void keep(int one, int two, double proportion, double difference) {
        if (difference < error) {
            error = difference;
            first = one;
            second = two;
            part = proportion;
        }
    }

    /** Returns where on the way from one point to another the nearest to a third is, 0 to 1. */
    private static double part(double[] from, double[] to, double x, double y, double z) {
        double dx = to[0] - from[0];
        double dy = to[1] - from[1];
        double dz = to[2] - from[2];
        double along = (x - from[0]) * dx + (y - from[1]) * dy + (z - from[2]) * dz;
        return Math.max(0, Math.min(1, along / (dx * dx + dy * dy + dz * dz)));
    }

    private static double between(double from, double to, double part) {
        return from + (to - from) * part;
    }

    private static int nearby(double from, double to, double part) {
        return (int) (between(from, to, part) + 0.5);
    }

    private static boolean isNear(int one, int two) {
        return Math.abs((one >> 16 & 0xFF) - (two >> 16 & 0xFF)) <= ROUNDING
                && Math.abs((one >> 8 & 0xFF) - (two >> 8 & 0xFF)) <= ROUNDING
                && Math.abs((one & 0xFF) - (two & 0xFF)) <= ROUNDING;
    }

    private static int packed(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }
}
