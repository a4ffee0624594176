package dev.pictor.generation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a wish becomes a prompt. More may come; keep a {@code default} branch. Its text and JSON form is lower case. */
public enum Enhancement {
    /** Not at all: the model gets the wish as it is. */
    NONE,
    /** The template of its craft and style adds to it. */
    TEMPLATE,
    /** A reasoning model writes the prompt; the template does where that fails or a stated fact is lost. */
    MODEL,
    /** A reasoning model writes it, and the template adds to that. */
    BOTH;

    /**
     * Reads a way.
     *
     * @param word its name in any case
     * @return the way
     * @throws IllegalArgumentException if there is none of that name
     */
    @JsonCreator
    public static Enhancement parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
