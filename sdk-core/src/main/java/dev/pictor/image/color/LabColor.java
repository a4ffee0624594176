package dev.pictor.image.color;

/**
 * A colour in CIELAB under D65, the white of sRGB, 2 degree observer. Immutable. All results are equal on every JVM.
 *
 * <p>Source: CIE 15:2018; the way from sRGB is that of IEC 61966-2-1 with the primaries and the white written as
 * fractions, so that white is exactly 100, 0, 0 up to rounding.
 *
 * @param l lightness, 0 (black) to 100 (white)
 * @param a from green (negative) to red, about -86 to 98 within sRGB
 * @param b from blue (negative) to yellow, about -108 to 94 within sRGB
 */
public record LabColor(double l, double a, double b) {

    /** From linear sRGB to XYZ over the XYZ of white: each row adds up to 1. */
    private static final double[][] TO_XYZ = {
        {1_013_504 / 2_335_869.0, 878_810 / 2_335_869.0, 443_555 / 2_335_869.0},
        {87_098 / 409_605.0, 175_762 / 245_763.0, 12_673 / 175_545.0},
        {15_836 / 892_167.0, 878_810 / 8_029_503.0, 7_008_169 / 8_029_503.0}
    };

    /** From XYZ to linear sRGB. */
    private static final double[][] FROM_XYZ = {
        {12_831 / 3_959.0, -329 / 214.0, -1_974 / 3_959.0},
        {-851_781 / 878_810.0, 1_648_619 / 878_810.0, 36_519 / 878_810.0},
        {705 / 12_673.0, -2_585 / 12_673.0, 705 / 667.0}
    };

    private static final double WHITE_X = 3_127 / 3_290.0;
    private static final double WHITE_Z = 3_583 / 3_290.0;

    private static final double EPSILON = 216 / 24_389.0;
    private static final double KAPPA = 24_389 / 27.0;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    public LabColor {
        if (!Double.isFinite(l) || !Double.isFinite(a) || !Double.isFinite(b)) {
            throw new IllegalArgumentException("l, a and b must be finite, were " + l + ", " + a + ", " + b);
        }
    }

    /**
     * Returns a colour of sRGB.
     *
     * @param color any colour
     * @return the same in CIELAB
     */
    public static LabColor of(RgbColor color) {
        double red = Srgb.toLinear(color.red());
        double green = Srgb.toLinear(color.green());
        double blue = Srgb.toLinear(color.blue());
        double x = compressed(dot(TO_XYZ[0], red, green, blue));
        double y = compressed(dot(TO_XYZ[1], red, green, blue));
        double z = compressed(dot(TO_XYZ[2], red, green, blue));
        return new LabColor(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    /**
     * Returns the colour in sRGB.
     *
     * @return the same, each channel rounded; a channel outside 0 to 255 is taken as the nearer end
     */
    public RgbColor toRgb() {
        double fy = (l + 16) / 116;
        double x = expanded(fy + a / 500) * WHITE_X;
        double y = l > KAPPA * EPSILON ? fy * fy * fy : l / KAPPA;
        double z = expanded(fy - b / 200) * WHITE_Z;
        return new RgbColor(
                Srgb.fromLinear(dot(FROM_XYZ[0], x, y, z)),
                Srgb.fromLinear(dot(FROM_XYZ[1], x, y, z)),
                Srgb.fromLinear(dot(FROM_XYZ[2], x, y, z)));
    }

    /**
     * Returns the difference to another colour as the eye sees it, CIEDE2000 with all weights 1. About 1 is just
     * noticeable side by side, 5 is plain.
     *
     * <p>Source: CIE 142-2001, in the form of G. Sharma, W. Wu, E. Dalal, Color Research and Application 30 (2005).
     *
     * @param other another colour
     * @return 0 for equal colours, 100 for black and white; the same both ways
     */
    public double deltaE2000(LabColor other) {
        return ColorDifference.ciede2000(this, other);
    }

    private static double compressed(double t) {
        return t > EPSILON ? StrictMath.cbrt(t) : (KAPPA * t + 16) / 116;
    }

    private static double expanded(double f) {
        double cube = f * f * f;
        return cube > EPSILON ? cube : (116 * f - 16) / KAPPA;
    }

    private static double dot(double[] row, double x, double y, double z) {
        return row[0] * x + row[1] * y + row[2] * z;
    }
}
