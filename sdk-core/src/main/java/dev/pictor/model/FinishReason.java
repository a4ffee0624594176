package dev.pictor.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Why a model stopped. Open: a vendor's word that has no constant here is kept as it came. Immutable.
 *
 * @param value a word in lower case, such as {@code stop}
 */
public record FinishReason(@JsonValue String value) {

    /** The model was done: {@code stop}. */
    public static final FinishReason STOP = new FinishReason("stop");

    /** The answer reached its largest length: {@code length}. */
    public static final FinishReason LENGTH = new FinishReason("length");

    /** Checks that there is a word. */
    @JsonCreator
    public FinishReason {
        requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
