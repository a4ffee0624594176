package dev.pictor.image.measure;

import dev.pictor.image.color.RgbColor;
import dev.pictor.image.color.Srgb;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the two colours that a pixel is a mixture of, and their proportion. The work for a pixel is bounded: the pairs of
 * few colours are compared in a quick way, and only the best is looked at by CIEDE2000. Not thread-safe.
 */
final class ColorMixtures {

    /** So near in every channel, a mixture is good enough not to look for a better one. */
    private static final int ROUNDING = 2;

    /** Of more colours than this beside a pixel, which is noise and no edge, the nearest to it are looked at. */
    private static final int MAX_BESIDE = 4;

    /** Instead of a colour that one of the two must be. */
    private static final int ANY = 31;

    private final int[] packed;
    private final double[][] numbers;
    private final double[][] light;
    private final LabPoint[] labs;
    private final double tolerance;
    private final double toleranceSquared;
    private final MixtureMemo memo = new MixtureMemo();
    private final LabPoint pixelLab = new LabPoint();
    private final LabPoint mixedLab = new LabPoint();
    private final LabPoint bestLab = new LabPoint();

    private final double[] distances = new double[MAX_BESIDE + 1];
    private final int[] beside = new int[MAX_BESIDE + 1];
    private final double[] perNumbers;
    private final double[] perLight;

    private int first;
    private int second;
    private double part;
    private double error;
    private double pixelRed;
    private double pixelGreen;
    private double pixelBlue;

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
        this.labs = Arrays.stream(light)
                .map(amounts -> {
                    LabPoint lab = new LabPoint();
                    lab.setLight(amounts[0], amounts[1], amounts[2]);
                    return lab;
                })
                .toArray(LabPoint[]::new);
        this.perNumbers = perLength(numbers);
        this.perLight = perLength(light);
        this.tolerance = tolerance;
        this.toleranceSquared = tolerance * tolerance;
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
        return find(pixel & 0xFF_FFFF, ANY, set);
    }

    /** Looks for the best mixture of a colour with one of a set. */
    boolean findBestWith(int pixel, int color, int set) {
        return find(pixel & 0xFF_FFFF, color, set);
    }

    private boolean find(int pixel, int color, int set) {
        if (!memo.find(pixel, color, set)) {
            boolean found = search(pixel, color, set);
            memo.keep(found ? first : MixtureMemo.NOTHING, second, part);
            return found;
        }
        first = memo.first();
        second = memo.second();
        part = memo.part();
        return first != MixtureMemo.NOTHING;
    }

    private boolean search(int pixel, int color, int set) {
        pixelRed = Srgb.toLinear(pixel >> 16 & 0xFF);
        pixelGreen = Srgb.toLinear(pixel >> 8 & 0xFF);
        pixelBlue = Srgb.toLinear(pixel & 0xFF);
        pixelLab.setLight(pixelRed, pixelGreen, pixelBlue);
        error = Double.POSITIVE_INFINITY;
        int few = nearest(set);
        if (color != ANY) {
            tryAll(pixel, color, few);
        } else {
            for (int rest = few; rest != 0; rest &= rest - 1) {
                tryAll(pixel, Integer.numberOfTrailingZeros(rest), rest & (rest - 1));
            }
        }
        return error == 0
                || (error < Double.POSITIVE_INFINITY
                        && (pixelLab.isWithin(bestLab, tolerance)
                                || pixelLab.color().deltaE2000(bestLab.color()) <= tolerance));
    }

    /** Returns the set without the colours that are the furthest from the pixel, if there are too many. */
    private int nearest(int set) {
        if (Integer.bitCount(set) <= MAX_BESIDE) {
            return set;
        }
        int count = 0;
        for (int rest = set; rest != 0; rest &= rest - 1) {
            int color = Integer.numberOfTrailingZeros(rest);
            double distance = pixelLab.straightSquared(labs[color]);
            int place = count < MAX_BESIDE ? count++ : MAX_BESIDE;
            for (; place > 0 && distances[place - 1] > distance; place--) {
                distances[place] = distances[place - 1];
                beside[place] = beside[place - 1];
            }
            distances[place] = distance;
            beside[place] = color;
        }
        int few = 0;
        for (int i = 0; i < MAX_BESIDE; i++) {
            few |= 1 << beside[i];
        }
        return few;
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
        int pair = one * packed.length + two;
        double byNumbers = part(from, to, red, green, blue, perNumbers[pair]);
        int mixedRed = nearby(from[0], to[0], byNumbers);
        int mixedGreen = nearby(from[1], to[1], byNumbers);
        int mixedBlue = nearby(from[2], to[2], byNumbers);
        if (isNear(red, mixedRed) && isNear(green, mixedGreen) && isNear(blue, mixedBlue)) {
            keep(one, two, byNumbers, 0);
            return;
        }
        consider(one, two, byNumbers, Srgb.toLinear(mixedRed), Srgb.toLinear(mixedGreen), Srgb.toLinear(mixedBlue));
        double[] dark = light[one];
        double[] bright = light[two];
        double byLight = part(dark, bright, pixelRed, pixelGreen, pixelBlue, perLight[pair]);
        consider(
                one,
                two,
                byLight,
                between(dark[0], bright[0], byLight),
                between(dark[1], bright[1], byLight),
                between(dark[2], bright[2], byLight));
    }

    private void consider(int one, int two, double proportion, double red, double green, double blue) {
        if (mixedLab.setLightUnlessFurther(red, green, blue, pixelLab, Math.min(toleranceSquared, error))) {
            keep(one, two, proportion, pixelLab.aboutSquared(mixedLab));
        }
    }

    private void keep(int one, int two, double proportion, double difference) {
        if (difference < error) {
            error = difference;
            first = one;
            second = two;
            part = proportion;
            bestLab.set(mixedLab);
        }
    }

    /** Returns, for each pair of points, 1 over the square of their distance. */
    private static double[] perLength(double[][] points) {
        double[] perLength = new double[points.length * points.length];
        for (int i = 0; i < perLength.length; i++) {
            double[] from = points[i / points.length];
            double[] to = points[i % points.length];
            double dx = to[0] - from[0];
            double dy = to[1] - from[1];
            double dz = to[2] - from[2];
            perLength[i] = 1 / (dx * dx + dy * dy + dz * dz);
        }
        return perLength;
    }

    /** Returns where on the way from one point to another the nearest to a third is, 0 to 1. */
    private static double part(double[] from, double[] to, double x, double y, double z, double perLength) {
        double dx = to[0] - from[0];
        double dy = to[1] - from[1];
        double dz = to[2] - from[2];
        double along = (x - from[0]) * dx + (y - from[1]) * dy + (z - from[2]) * dz;
        return Math.max(0, Math.min(1, along * perLength));
    }

    private static double between(double from, double to, double part) {
        return from + (to - from) * part;
    }

    private static int nearby(double from, double to, double part) {
        return (int) (between(from, to, part) + 0.5);
    }

    private static boolean isNear(int one, int two) {
        return Math.abs(one - two) <= ROUNDING;
    }
}
