package dev.pictor.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** A value in a journal: JSON, or the reason why there is none. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = JournaledValueBuilder.class)
public abstract class JournaledValue {

    JournaledValue() {}

    /**
     * Returns a kept value.
     *
     * @param json a map, list, string, number or boolean; pictures in it are artifact references
     * @return the value
     */
    public static JournaledValue of(Object json) {
        return new JournaledValueBuilder().json(json).build();
    }

    /**
     * Returns a value that was not kept.
     *
     * @param reason why not
     * @return no value, but the reason
     */
    public static JournaledValue withheld(String reason) {
        return new JournaledValueBuilder().withheldBecause(reason).build();
    }

    /**
     * The value.
     *
     * @return JSON as maps, lists and scalars, or empty if it was withheld
     */
    @Value.Redacted
    public abstract Optional<Object> json();

    /**
     * Why there is no value.
     *
     * @return a sentence, or empty if there is one
     */
    public abstract Optional<String> withheldBecause();

    /**
     * What was less than it could be when the value was made. Default: nothing.
     *
     * @return sentences
     */
    public abstract List<String> degradations();

    /**
     * Returns this value with what was less than it could be.
     *
     * @param degradations sentences
     * @return the value
     */
    public JournaledValue withDegradations(List<String> degradations) {
        return new JournaledValueBuilder().from(this).degradations(degradations).build();
    }

    @Value.Check
    void check() {
        if (json().isPresent() == withheldBecause().isPresent()) {
            throw new IllegalArgumentException("a journaled value is either kept or withheld with a reason");
        }
    }
}
