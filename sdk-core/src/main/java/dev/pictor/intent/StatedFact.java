package dev.pictor.intent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import org.immutables.value.Value;

/** Something that a wish states and the picture must keep. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = StatedFactBuilder.class)
public abstract class StatedFact {

    /** What a fact is about. More may come; keep a {@code default} branch. Its text and JSON form is lower case. */
    public enum Kind {
        /** A number of things. */
        COUNT,
        /** A thing and its colour. */
        COLOUR,
        /** A person, a place or a make. */
        NAME,
        /** Words to be shown. */
        TEXT,
        /** What must not be seen. */
        EXCLUSION,
        /** Anything else, such as a size, a material, a position or a time. */
        OTHER;

        /** Reads a kind; one that is not known is {@link #OTHER}. */
        @JsonCreator
        static Kind parse(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.toString().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElse(OTHER);
        }

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    StatedFact() {}

    /**
     * Returns a fact.
     *
     * @param kind what it is about
     * @param quote the words of the wish
     * @return the fact, without a count
     */
    public static StatedFact of(Kind kind, String quote) {
        return new StatedFactBuilder().kind(kind).quote(quote).build();
    }

    /**
     * What the fact is about.
     *
     * @return the kind
     */
    public abstract Kind kind();

    /**
     * The words of the wish.
     *
     * @return letter for letter; of an exclusion, only what is excluded
     */
    @Value.Redacted
    public abstract String quote();

    /**
     * How many, if that is what is stated.
     *
     * @return 0 or more, or empty
     */
    public abstract OptionalInt count();
}
