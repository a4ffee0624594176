package dev.pictor.intent;

/** Checks that values share. */
final class Checks {

    private Checks() {}

    static void unit(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1, was " + value);
        }
    }
}
