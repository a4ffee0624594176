package dev.pictor.image.measure;

/** The rule that shares keep to. */
final class Shares {

    private Shares() {}

    static void check(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1, was " + share);
        }
    }
}
