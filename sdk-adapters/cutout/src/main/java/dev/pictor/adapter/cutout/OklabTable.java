package dev.pictor.adapter.cutout;

import dev.pictor.image.color.Srgb;

/**
 * Oklab of eight-bit colours by tables, equal on every JVM, to about 0.0001 of {@link dev.pictor.image.color.OklabColor},
 * but for one thing: a flare of 0.2 % of white lies over everything, as on a screen. Without it, the noise of a black
 * background would count for more than a product.
 */
final class OklabTable {

    private static final float FLARE = 0.002f;
    private static final int STEPS = 4096;
    private static final int DARK = 64;

    private static final float[] LIGHT = new float[256];
    private static final float[] ROOTS = new float[STEPS + 2];
    private static final float[] DARK_ROOTS = new float[STEPS + 2];

    static {
        for (int value = 0; value < LIGHT.length; value++) {
            LIGHT[value] = (float) (FLARE + (1 - FLARE) * Srgb.toLinear(value));
        }
        for (int i = 0; i < ROOTS.length; i++) {
            ROOTS[i] = (float) StrictMath.cbrt((double) i / STEPS);
            DARK_ROOTS[i] = (float) StrictMath.cbrt((double) i / STEPS / DARK);
        }
    }

    private OklabTable() {}

    /** Writes lightness, a and b of a colour. */
    @SuppressWarnings("FloatingPointLiteralPrecision") // as published
    static void put(int red, int green, int blue, float[] into, int at) {
        float r = LIGHT[red];
        float g = LIGHT[green];
        float b = LIGHT[blue];
        float l = root(0.41222147f * r + 0.53633254f * g + 0.05144599f * b);
        float m = root(0.21190350f * r + 0.68069954f * g + 0.10739696f * b);
        float s = root(0.08830246f * r + 0.28171884f * g + 0.62997870f * b);
        into[at] = 0.21045426f * l + 0.79361779f * m - 0.00407205f * s;
        into[at + 1] = 1.97799850f * l - 2.42859220f * m + 0.45059371f * s;
        into[at + 2] = 0.02590404f * l + 0.78277177f * m - 0.80867577f * s;
    }

    /** Returns the red, green or blue number of a colour, not rounded: 0 to 255. */
    static void toRgb(float lightness, float a, float b, float[] into) {
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        into[0] = number(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        into[1] = number(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        into[2] = number(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static float number(double light) {
        double own = (light - FLARE) / (1 - FLARE);
        if (own <= 0.0031308) {
            return (float) (255 * 12.92 * Math.max(0, own));
        }
        return (float) (255 * Math.min(1, 1.055 * StrictMath.pow(own, 1 / 2.4) - 0.055));
    }

    private static double cube(double value) {
        return value * value * value;
    }

    private static float root(float light) {
        boolean dark = light * DARK < 1;
        float[] roots = dark ? DARK_ROOTS : ROOTS;
        float at = Math.min(1, dark ? light * DARK : light) * STEPS;
        int below = (int) at;
        return roots[below] + (at - below) * (roots[below + 1] - roots[below]);
    }
}
