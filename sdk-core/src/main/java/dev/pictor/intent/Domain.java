package dev.pictor.intent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The craft that serves a wish. More may come; keep a {@code default} branch. Its text and JSON form is lower case. */
public enum Domain {
    /** A scene as a camera would see it. */
    PHOTOGRAPHY,
    /** A scene as a hand would make it. */
    ART,
    /** Something to be read or understood. */
    DIAGRAMS,
    /** An object to be sold. */
    PRODUCTS;

    /**
     * Reads a domain.
     *
     * @param word its name in any case
     * @return the domain
     * @throws IllegalArgumentException if there is none of that name
     */
    @JsonCreator
    public static Domain parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
