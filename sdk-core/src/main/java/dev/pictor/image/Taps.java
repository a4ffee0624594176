package dev.pictor.image;

/**
 * The weights of Lanczos3 along one axis: each target pixel is a weighted sum of neighbouring source pixels. The kernel
 * is as wide as six source pixels, or as six target pixels where these are larger. At the borders of the source the
 * weights of what is left are raised to sum up to 1 again. Immutable.
 *
 * <p>First and last source pixels never decrease from one target pixel to the next. {@link StrictMath} keeps the weights
 * equal on every JVM.
 *
 * <p>Source: C. Duchon, Lanczos Filtering in One and Two Dimensions, Journal of Applied Meteorology 18 (1979).
 */
final class Taps {

    private static final int LOBES = 3;
    private static final float[] ONE = {1};

    private final int[] first;
    private final float[][] weights;

    private Taps(int[] first, float[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    /**
     * Returns the weights of an axis.
     *
     * @param source the length of the source, in pixels
     * @param from where the window begins, in source pixels
     * @param length the length of the window, in source pixels
     * @param target the length of the result, in pixels
     */
    static Taps of(int source, double from, double length, int target) {
        int[] first = new int[target];
        float[][] weights = new float[target][];
        boolean copies = length == target && from == (int) from;
        double step = length / target;
        double stretch = Math.max(1, step);
        for (int i = 0; i < target; i++) {
            double center = from + (i + 0.5) * step - 0.5;
            if (copies) {
                first[i] = (int) from + i;
                weights[i] = ONE;
            } else {
                first[i] = (int) Math.max(0, Math.floor(center - LOBES * stretch) + 1);
                int end = (int) Math.min(source, Math.ceil(center + LOBES * stretch));
                weights[i] = weights(first[i] - center, end - first[i], stretch);
            }
        }
        return new Taps(first, weights);
    }

    /** Returns the number of target pixels. */
    int target() {
        return first.length;
    }

    /** Returns the first source pixel of a target pixel. */
    int first(int target) {
        return first[target];
    }

    /** Returns the last source pixel of a target pixel. */
    int last(int target) {
        return first[target] + weights[target].length - 1;
    }

    /** Returns the weights of a target pixel, from its first to its last source pixel. Nobody writes to them. */
    float[] weights(int target) {
        return weights[target];
    }

    /** Returns the weight of a source pixel in a target pixel, 0 if it has none. */
    float weight(int target, int source) {
        int at = source - first[target];
        return at >= 0 && at < weights[target].length ? weights[target][at] : 0;
    }

    /**
     * Goes along the kernel from a distance to its centre in steps of a source pixel. With t a third of the kernel's
     * angle, it is sin(3t) sin(t) / 3t^2, and the angle moves on by a rotation: two sines a target pixel instead of two a
     * weight.
     */
    private static float[] weights(double distance, int count, double stretch) {
        double turn = Math.PI / (LOBES * stretch);
        double turnSin = StrictMath.sin(turn);
        double turnCos = StrictMath.cos(turn);
        double sin = StrictMath.sin(distance * turn);
        double cos = StrictMath.cos(distance * turn);
        double[] raw = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double angle = (distance + i) * turn;
            double tripleSin = sin * (3 - 4 * sin * sin);
            raw[i] = Math.abs(angle) < 1e-5 ? 1 : tripleSin * sin / (LOBES * angle * angle);
            sum += raw[i];
            double turned = sin * turnCos + cos * turnSin;
            cos = cos * turnCos - sin * turnSin;
            sin = turned;
        }
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (float) (raw[i] / sum);
        }
        return weights;
    }
}
