package dev.pictor.image.color;

/**
 * The transfer curve of sRGB: between the numbers in a file and amounts of light. Thread-safe.
 *
 * <p>Source: IEC 61966-2-1:1999 with its amendment 1. {@link StrictMath} keeps the results equal on every JVM.
 */
public final class Srgb {

    private static final double[] LINEAR = new double[256];

    static {
        for (int value = 0; value < 256; value++) {
            LINEAR[value] = decoded(value / 255.0);
        }
    }

    private Srgb() {}

    /**
     * Returns the amount of light of a number.
     *
     * @param value 0 to 255
     * @return 0 (none) to 1 (white)
     * @throws IndexOutOfBoundsException if the number is outside that range
     */
    public static double toLinear(int value) {
        return LINEAR[value];
    }

    /**
     * Returns the number nearest to an amount of light.
     *
     * @param light 0 (none) to 1 (white); what is outside is taken as the nearer end
     * @return 0 to 255
     */
    public static int fromLinear(double light) {
        return (int) Math.floor(encoded(Math.max(0, Math.min(1, light))) * 255 + 0.5);
    }

    private static double decoded(double value) {
        return value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double encoded(double light) {
        return light <= 0.0031308 ? light * 12.92 : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
    }
}
