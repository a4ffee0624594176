package dev.pictor.image.measure;

import dev.pictor.image.color.LabColor;
import dev.pictor.image.color.RgbColor;

/**
 * A colour in CIELAB that is set again and again, without new objects, and tells in some nanoseconds what would take
 * {@link LabColor#deltaE2000} a hundred. Set from light, it is within 0.01 of {@link LabColor} in each coordinate. Not
 * thread-safe.
 */
final class LabPoint {

    private static final int STEPS = 4096;

    /** The curve of CIELAB at each of the steps from 0 to 1, and once more. */
    private static final double[] CURVE = curve();

    /** From linear sRGB to XYZ over the XYZ of white: what red, green and blue give. */
    private static final double[] RED = ofPrimary(0xFF0000);

    private static final double[] GREEN = ofPrimary(0x00FF00);
    private static final double[] BLUE = ofPrimary(0x0000FF);

    /** The scale of lightness in CIEDE2000 is never above 1.75; this is 1 over its square. */
    private static final double LEAST_OF_LIGHTNESS = 0.3265;

    /** What the turn of blue leaves of a difference of chroma and hue at least, squared: it turns by up to 60 degrees. */
    private static final double LEAST_IN_BLUE = 0.1339;

    /** The same where the hues of both colours, and so the one between, are at least 85 degrees from that blue. */
    private static final double LEAST_FAR_FROM_BLUE = 0.999;

    private double l;
    private double a;
    private double b;
    private double chroma;

    void set(LabColor color) {
        set(color.l(), color.a(), color.b());
    }

    void set(LabPoint other) {
        l = other.l;
        a = other.a;
        b = other.b;
        chroma = other.chroma;
    }

    /** Takes the amounts of red, green and blue light, 0 to 1. */
    void setLight(double red, double green, double blue) {
        double x = compressed(RED[0] * red + GREEN[0] * green + BLUE[0] * blue);
        double y = compressed(RED[1] * red + GREEN[1] * green + BLUE[1] * blue);
        double z = compressed(RED[2] * red + GREEN[2] * green + BLUE[2] * blue);
        set(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    /**
     * Takes the amounts of red, green and blue light, unless the difference to another is certainly above a limit, of
     * which this takes the square, and tells whether it did.
     */
    boolean setLightUnlessFurther(double red, double green, double blue, LabPoint other, double squaredLimit) {
        double y = compressed(RED[1] * red + GREEN[1] * green + BLUE[1] * blue);
        double deltaL = 116 * y - 16 - other.l;
        if (LEAST_OF_LIGHTNESS * deltaL * deltaL > squaredLimit) {
            return false;
        }
        double x = compressed(RED[0] * red + GREEN[0] * green + BLUE[0] * blue);
        double z = compressed(RED[2] * red + GREEN[2] * green + BLUE[2] * blue);
        set(116 * y - 16, 500 * (x - y), 200 * (y - z));
        return !isFurtherSquared(other, squaredLimit);
    }

    private void set(double newL, double newA, double newB) {
        l = newL;
        a = newA;
        b = newB;
        chroma = Math.sqrt(a * a + b * b);
    }

    LabColor color() {
        return new LabColor(l, a, b);
    }

    /**
     * Tells whether the difference to another by CIEDE2000 is certainly above a limit. It compares the least that the
     * difference can be: with the largest scale for lightness, and the scale of chroma, which is the larger, for hue.
     */
    boolean isFurther(LabPoint other, double limit) {
        return isFurtherSquared(other, limit * limit);
    }

    private boolean isFurtherSquared(LabPoint other, double squaredLimit) {
        double deltaL = l - other.l;
        double deltaA = a - other.a;
        double deltaB = b - other.b;
        // CIEDE2000 stretches a, which makes a chroma larger by less than 6.5.
        double scale = 1 + 0.045 * ((chroma + other.chroma) / 2 + 6.5);
        double least = b >= 0 && other.b >= 0 ? LEAST_FAR_FROM_BLUE : LEAST_IN_BLUE;
        double room = squaredLimit - LEAST_OF_LIGHTNESS * deltaL * deltaL;
        return least * (deltaA * deltaA + deltaB * deltaB) > room * scale * scale;
    }

    /**
     * Tells whether the difference to another by CIEDE2000 is certainly within a limit. It compares the most that the
     * difference can be: no scale is below 1, a is stretched by up to 1.5, and the turn of blue adds up to 0.8661 of the
     * square.
     */
    boolean isWithin(LabPoint other, double limit) {
        double deltaL = l - other.l;
        double deltaA = 1.5 * (a - other.a);
        double deltaB = b - other.b;
        return deltaL * deltaL + 1.8661 * (deltaA * deltaA + deltaB * deltaB) <= limit * limit;
    }

    /** Returns the square of the straight distance. */
    double straightSquared(LabPoint other) {
        double deltaL = l - other.l;
        double deltaA = a - other.a;
        double deltaB = b - other.b;
        return deltaL * deltaL + deltaA * deltaA + deltaB * deltaB;
    }

    /** Returns about the square of the difference by CIEDE2000, good enough to tell which of several is the nearest. */
    double aboutSquared(LabPoint other) {
        double deltaL = l - other.l;
        double deltaA = a - other.a;
        double deltaB = b - other.b;
        double deltaC = chroma - other.chroma;
        double squaredH = deltaA * deltaA + deltaB * deltaB - deltaC * deltaC;
        double meanC = (chroma + other.chroma) / 2;
        double fromMiddle = Math.abs((l + other.l) / 2 - 50);
        double y = deltaL / (1 + 0.015 * fromMiddle);
        double z = deltaC / (1 + 0.045 * meanC);
        double scaleH = 1 + 0.015 * meanC;
        return y * y + z * z + squaredH / (scaleH * scaleH);
    }

    private static double compressed(double t) {
        double at = t * STEPS;
        int step = (int) at;
        return CURVE[step] + (CURVE[step + 1] - CURVE[step]) * (at - step);
    }

    private static double[] curve() {
        double[] curve = new double[STEPS + 2];
        for (int i = 0; i < curve.length; i++) {
            double t = (double) i / STEPS;
            curve[i] = t > 216 / 24_389.0 ? StrictMath.cbrt(t) : (24_389 / 27.0 * t + 16) / 116;
        }
        return curve;
    }

    private static double[] ofPrimary(int packed) {
        LabColor lab = LabColor.of(RgbColor.ofPacked(packed));
        double y = (lab.l() + 16) / 116;
        double x = y + lab.a() / 500;
        double z = y - lab.b() / 200;
        return new double[] {x * x * x, y * y * y, z * z * z};
    }
}
