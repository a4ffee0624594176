package dev.pictor.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Map;
import org.immutables.value.Value;

/** How much a prompt asks of a model. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = ComplexityBuilder.class)
public abstract class Complexity {

    Complexity() {}

    /**
     * How much is asked.
     *
     * @return 0 for a bare subject to 1 for a long specification; about 0.5 for a scene with style and light
     */
    public abstract double score();

    /**
     * What was counted, by name, before it is weighed.
     *
     * @return such as {@code words} and {@code constraints}, each 0 or more
     */
    public abstract Map<String, Double> features();

    @Value.Check
    void check() {
        Checks.unit(score(), "score");
    }
}
