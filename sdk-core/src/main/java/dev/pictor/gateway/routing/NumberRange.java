package dev.pictor.gateway.routing;

/**
 * Numbers between two bounds. Immutable.
 *
 * @param atLeast the lower bound
 * @param above whether the lower bound itself is outside
 * @param below the upper bound, which is outside
 */
record NumberRange(double atLeast, boolean above, double below) {

    static final NumberRange ANY = new NumberRange(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY);

    boolean contains(double number) {
        return (above ? number > atLeast : number >= atLeast) && number < below;
    }
}
