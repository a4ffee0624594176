package dev.pictor.intent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who said what a wish asks for, from the surest to the last resort. Its text and JSON form is lower case. */
public enum IntentTier {
    /** The words leave no doubt; nobody was asked. */
    KEYWORDS,
    /** A reasoning model read it. */
    MODEL,
    /** A reasoning model read the same wish before, or one that is nearly the same. */
    CACHED_ANALYSIS,
    /** The words tell something, and nobody could tell more. */
    UNSURE_KEYWORDS,
    /** Nothing tells anything: what the user mostly wishes for, else a scene as a camera would see it. */
    DEFAULT;

    /**
     * Reads a tier.
     *
     * @param word its name in any case
     * @return the tier
     * @throws IllegalArgumentException if there is none of that name
     */
    @JsonCreator
    public static IntentTier parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
