package dev.pictor.adapter.embedded;

import java.util.Locale;

/** The kinds of picture that are told apart, those that win a tie first. */
enum Domain {
    DIAGRAMS("flat"),
    PRODUCTS("studio"),
    ART("painterly"),
    PHOTOGRAPHY("natural");

    /** The style of a wish that names none. */
    final String usualStyle;

    Domain(String usualStyle) {
        this.usualStyle = usualStyle;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
