package dev.pictor.image.color;

/**
 * CIEDE2000 with the cosines of hues worked out from a and b instead of from angles: an angle is only needed where blue is
 * turned, which keeps a difference at a few square roots. Square roots and {@link StrictMath} are equal on every JVM.
 */
final class ColorDifference {

    private static final double COS_30 = cos(30);
    private static final double SIN_30 = sin(30);
    private static final double COS_6 = cos(6);
    private static final double SIN_6 = sin(6);
    private static final double COS_63 = cos(63);
    private static final double SIN_63 = sin(63);
    private static final double COS_275 = cos(275);
    private static final double SIN_275 = sin(275);

    /** Further than this from a hue of 275 degrees, the turn of blue is below 1e-9 degrees. */
    private static final double COS_FAR_FROM_BLUE = cos(125);

    private static final double POW_25_7 = 6_103_515_625.0;

    /** Of the product of two chromas: nearer to opposite hues than this, halfway is decided by the angles. */
    private static final double OPPOSITE = 1e-9;

    private ColorDifference() {}

    static double ciede2000(LabColor one, LabColor two) {
        double stretch = 1 + 0.5 * (1 - weight((chroma(one.a(), one.b()) + chroma(two.a(), two.b())) / 2));
        double a1 = one.a() * stretch;
        double a2 = two.a() * stretch;
        double b1 = one.b();
        double b2 = two.b();
        double c1 = chroma(a1, b1);
        double c2 = chroma(a2, b2);

        double deltaL = two.l() - one.l();
        double deltaC = c2 - c1;
        double deltaH = hueDifference(a1, b1, a2, b2, c1 * c2);

        double meanL = (one.l() + two.l()) / 2;
        double meanC = (c1 + c2) / 2;
        double fromMiddle = (meanL - 50) * (meanL - 50);
        double scaleL = 1 + 0.015 * fromMiddle / Math.sqrt(20 + fromMiddle);
        double scaleC = 1 + 0.045 * meanC;
        double scaleH = 1 + 0.015 * meanC;
        double turn = 0;
        if (c1 * c2 > 0) {
            double[] hue = meanHue(a1, b1, a2, b2, c1, c2);
            scaleH = 1 + 0.015 * meanC * hueWeight(hue[0], hue[1]);
            turn = turnOfBlue(hue[0], hue[1], meanC);
        } else {
            // One colour is grey: the hue is that of the other, and of two greys it does not matter.
            double c = c1 + c2;
            if (c > 0) {
                scaleH = 1 + 0.015 * meanC * hueWeight((a1 + a2) / c, (b1 + b2) / c);
            }
        }
        double x = deltaL / scaleL;
        double y = deltaC / scaleC;
        double z = deltaH / scaleH;
        return Math.sqrt(Math.max(0, x * x + y * y + z * z + turn * y * z));
    }

    /** Returns 2 sqrt(c1 c2) sin(dh / 2), signed, in the form that loses no digits. */
    private static double hueDifference(double a1, double b1, double a2, double b2, double product) {
        double cross = a1 * b2 - a2 * b1;
        double dot = a1 * a2 + b1 * b2;
        if (dot > 0) {
            return cross / Math.sqrt((product + dot) / 2);
        }
        double sign = cross != 0 ? cross : degrees(a2, b2) - degrees(a1, b1);
        return Math.copySign(Math.sqrt(2 * (product - dot)), sign);
    }

    /** Returns cosine and sine of the hue halfway along the shorter way around. */
    private static double[] meanHue(double a1, double b1, double a2, double b2, double c1, double c2) {
        if (c1 * c2 + a1 * a2 + b1 * b2 > OPPOSITE * c1 * c2) {
            double x = a1 / c1 + a2 / c2;
            double y = b1 / c1 + b2 / c2;
            double length = chroma(x, y);
            return new double[] {x / length, y / length};
        }
        double h1 = degrees(a1, b1);
        double h2 = degrees(a2, b2);
        double mean = (h1 + h2) / 2;
        if (Math.abs(h1 - h2) > 180) {
            mean += h1 + h2 < 360 ? 180 : -180;
        }
        return new double[] {cos(mean), sin(mean)};
    }

    private static double hueWeight(double cos, double sin) {
        double cos2 = cos * cos - sin * sin;
        double sin2 = 2 * sin * cos;
        double cos3 = cos2 * cos - sin2 * sin;
        double sin3 = sin2 * cos + cos2 * sin;
        double cos4 = cos2 * cos2 - sin2 * sin2;
        double sin4 = 2 * sin2 * cos2;
        return 1
                - 0.17 * (cos * COS_30 + sin * SIN_30)
                + 0.24 * cos2
                + 0.32 * (cos3 * COS_6 - sin3 * SIN_6)
                - 0.20 * (cos4 * COS_63 + sin4 * SIN_63);
    }

    private static double turnOfBlue(double cos, double sin, double meanC) {
        if (cos * COS_275 + sin * SIN_275 < COS_FAR_FROM_BLUE) {
            return 0;
        }
        double from = (degrees(cos, sin) - 275) / 25;
        double angle = 30 * StrictMath.exp(-from * from);
        return -2 * weight(meanC) * sin(2 * angle);
    }

    /** Returns the root of c^7 over c^7 + 25^7. */
    private static double weight(double c) {
        double c2 = c * c;
        double c7 = c2 * c2 * c2 * c;
        return Math.sqrt(c7 / (c7 + POW_25_7));
    }

    private static double chroma(double a, double b) {
        return Math.sqrt(a * a + b * b);
    }

    /** Returns the angle from 0 up to 360. */
    private static double degrees(double x, double y) {
        double angle = StrictMath.toDegrees(StrictMath.atan2(y, x));
        return angle < 0 ? angle + 360 : angle;
    }

    private static double cos(double degrees) {
        return StrictMath.cos(StrictMath.toRadians(degrees));
    }

    private static double sin(double degrees) {
        return StrictMath.sin(StrictMath.toRadians(degrees));
    }
}
