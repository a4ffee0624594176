package dev.pictor.image.color;

/**
 * A colour in Oklab, in which straight distances go with what the eye sees well enough to group colours, at a fraction of
 * the work of {@link LabColor#deltaE2000}. Immutable. All results are equal on every JVM.
 *
 * <p>Source: B. Ottosson, "A perceptual color space for image processing", with the matrices of 2021-01-25.
 *
 * @param l lightness, 0 (black) to 1 (white)
 * @param a from green (negative) to red, about -0.24 to 0.28 within sRGB
 * @param b from blue (negative) to yellow, about -0.32 to 0.20 within sRGB
 */
public record OklabColor(double l, double a, double b) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    public OklabColor {
        if (!Double.isFinite(l) || !Double.isFinite(a) || !Double.isFinite(b)) {
            throw new IllegalArgumentException("l, a and b must be finite, were " + l + ", " + a + ", " + b);
        }
    }

    /**
     * Returns a colour of sRGB.
     *
     * @param color any colour
     * @return the same in Oklab
     */
    public static OklabColor of(RgbColor color) {
        double red = Srgb.toLinear(color.red());
        double green = Srgb.toLinear(color.green());
        double blue = Srgb.toLinear(color.blue());
        double l = StrictMath.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
        double m = StrictMath.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
        double s = StrictMath.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
        return new OklabColor(
                0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
    }

    /**
     * Returns the colour in sRGB.
     *
     * @return the same, each channel rounded; a channel outside 0 to 255 is taken as the nearer end
     */
    public RgbColor toRgb() {
        double long3 = cube(l + 0.3963377774 * a + 0.2158037573 * b);
        double medium3 = cube(l - 0.1055613458 * a - 0.0638541728 * b);
        double short3 = cube(l - 0.0894841775 * a - 1.2914855480 * b);
        return new RgbColor(
                Srgb.fromLinear(4.0767416621 * long3 - 3.3077115913 * medium3 + 0.2309699292 * short3),
                Srgb.fromLinear(-1.2684380046 * long3 + 2.6097574011 * medium3 - 0.3413193965 * short3),
                Srgb.fromLinear(-0.0041960863 * long3 - 0.7034186147 * medium3 + 1.7076147010 * short3));
    }

    /**
     * Returns the straight distance to another colour. About 0.02 is just noticeable.
     *
     * @param other another colour
     * @return 0 for equal colours, 1 for black and white
     */
    public double distance(OklabColor other) {
        double dl = l - other.l;
        double da = a - other.a;
        double db = b - other.b;
        return Math.sqrt(dl * dl + da * da + db * db);
    }

    private static double cube(double value) {
        return value * value * value;
    }
}
