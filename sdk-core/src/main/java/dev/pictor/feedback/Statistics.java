package dev.pictor.feedback;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** The distributions that tests of significance need, all by the incomplete gamma function; good to at least 1e-9. */
final class Statistics {

    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };
    private static final double LANCZOS_G = 7;
    private static final int TERMS = 1_000;
    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-15;
    private static final double FARTHEST_Z = 40;

    private Statistics() {}

    /** Returns how likely a standard normal figure is above z. */
    static double aboveZ(double z) {
        double half = upperGamma(0.5, z * z / 2) / 2;
        return z >= 0 ? half : 1 - half;
    }

    /** Returns how likely a standard normal figure is as far from 0 as z or farther. */
    static double twoSidedP(double z) {
        return Math.min(1, 2 * aboveZ(Math.abs(z)));
    }

    /** Returns the z that so much of the standard normal distribution is below. */
    static double quantile(double probability) {
        checkOpen(probability, "probability");
        double low = -FARTHEST_Z;
        double high = FARTHEST_Z;
        for (int i = 0; i < 200 && high - low > PRECISION; i++) {
            double middle = (low + high) / 2;
            if (aboveZ(middle) > 1 - probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Returns the z within which, to both sides, so much of the standard normal distribution is. */
    static double twoSidedZ(double confidence) {
        return quantile(0.5 + checkOpen(confidence, "confidence") / 2);
    }

    /** Returns how likely a chi-square figure is at least so large by chance. */
    static double chiSquareP(double figure, int degrees) {
        return upperGamma(degrees / 2.0, figure / 2);
    }

    /** The regularised upper incomplete gamma function Q(a, x): a series for small x, else Lentz's continued fraction. */
    private static double upperGamma(double a, double x) {
        if (x <= 0) {
            return 1;
        }
        double front = Math.exp(-x + a * Math.log(x) - logGamma(a));
        if (x < a + 1) {
            double term = 1 / a;
            double sum = term;
            for (int n = 1; n < TERMS && Math.abs(term) > Math.abs(sum) * PRECISION; n++) {
                term *= x / (a + n);
                sum += term;
            }
            return 1 - sum * front;
        }
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double fraction = d;
        for (int n = 1; n < TERMS; n++) {
            double an = -n * (n - a);
            b += 2;
            d = 1 / notZero(an * d + b);
            c = notZero(b + an / c);
            fraction *= d * c;
            if (Math.abs(d * c - 1) < PRECISION) {
                break;
            }
        }
        return front * fraction;
    }

    private static double notZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static double logGamma(double x) {
        if (x < 0.5) {
            return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
        }
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (x - 1 + i);
        }
        double t = x + LANCZOS_G - 0.5;
        return Math.log(2 * Math.PI) / 2 + (x - 0.5) * Math.log(t) - t + Math.log(sum);
    }

    @CanIgnoreReturnValue
    static double checkOpen(double share, String name) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(name + " must be above 0 and below 1, was " + share);
        }
        return share;
    }
}
