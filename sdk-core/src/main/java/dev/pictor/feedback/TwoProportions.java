package dev.pictor.feedback;

/**
 * Whether two shares differ: the z-test with pooled variance, two-sided, and the interval of the difference by Newcombe's
 * hybrid score method without continuity correction (R. G. Newcombe, 1998, method 10). Immutable.
 *
 * @param z above 0 if the second is larger; 0 if nothing can be told
 * @param p how likely so large a difference is by chance, 0 to 1; 1 if nothing can be told
 */
record TwoProportions(double z, double p) {

    static TwoProportions of(Proportion first, Proportion second) {
        if (first.trials() == 0 || second.trials() == 0) {
            return new TwoProportions(0, 1);
        }
        double pooled = first.plus(second).rate().orElse(0);
        double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / first.trials() + 1.0 / second.trials()));
        if (deviation == 0) {
            return new TwoProportions(0, 1);
        }
        double z = difference(first, second) / deviation;
        return new TwoProportions(z, Statistics.twoSidedP(z));
    }

    static double difference(Proportion first, Proportion second) {
        return second.rate().orElse(0) - first.rate().orElse(0);
    }

    /** Returns the bounds of what the second has more than the first. */
    static Interval difference(Proportion first, Proportion second, double confidence) {
        Interval a = first.wilson(confidence);
        Interval b = second.wilson(confidence);
        double rateA = first.rate().orElse(0);
        double rateB = second.rate().orElse(0);
        if (first.trials() == 0 || second.trials() == 0) {
            return new Interval(-1, 1);
        }
        return new Interval(
                rateB - rateA - Math.hypot(rateB - b.low(), a.high() - rateA),
                rateB - rateA + Math.hypot(b.high() - rateB, rateA - a.low()));
    }
}
