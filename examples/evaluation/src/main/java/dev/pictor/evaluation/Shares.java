package dev.pictor.evaluation;

import java.util.Locale;

/** Parts of a whole, for tables. */
final class Shares {

    private Shares() {}

    /** A line such as {@code hit rate   77.1% (7710/10000)}. */
    static String line(String what, long part, long whole) {
        return String.format(Locale.ROOT, "%-36s %s", what, of(part, whole));
    }

    static String of(long part, long whole) {
        return whole == 0 ? "none" : String.format(Locale.ROOT, "%5.1f%% (%d/%d)", 100.0 * part / whole, part, whole);
    }
}
