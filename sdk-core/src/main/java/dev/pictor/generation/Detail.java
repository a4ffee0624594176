package dev.pictor.generation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much craft is added to a wish. More may come; keep a {@code default} branch. Its text and JSON form is lower case. */
public enum Detail {
    /** One or two sentences. */
    BASIC,
    /** A paragraph. */
    DETAILED,
    /** A paragraph and a full specification, line by line. */
    EXPERT;

    /**
     * Reads a level of detail.
     *
     * @param word its name in any case
     * @return the level
     * @throws IllegalArgumentException if there is none of that name
     */
    @JsonCreator
    public static Detail parse(String word) {
        return Arrays.stream(values())
                .filter(detail -> detail.toString().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("detail must be one of " + List.of(values()) + ", was " + word));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
