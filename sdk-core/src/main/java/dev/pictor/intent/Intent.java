package dev.pictor.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.model.Cost;
import java.util.List;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/** What a wish asks for, who said so and how sure that is. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = IntentBuilder.class)
public abstract class Intent {

    Intent() {}

    /**
     * What the wish asks for.
     *
     * @return an understanding with a domain
     */
    public abstract Understanding understanding();

    /**
     * Who said so.
     *
     * @return the tier
     */
    public abstract IntentTier tier();

    /**
     * How often an intent of this tier that is as sure as this one is right, by the {@link Calibration} of the tier.
     *
     * @return 0 to 1
     */
    public abstract double confidence();

    /**
     * What {@link #confidence()} was calibrated from: the probability of the domain by the words, or how sure the model says it
     * is. Learning from ratings goes by it.
     *
     * @return 0 to 1, or empty if something else decided how sure it is
     */
    public abstract OptionalDouble rawConfidence();

    /**
     * How much the wish asks of a model.
     *
     * @return its complexity
     */
    public abstract Complexity complexity();

    /**
     * What finding out cost.
     *
     * @return nothing, unless a model was asked
     */
    public abstract Cost cost();

    /**
     * What is less sure than it could be, and why.
     *
     * @return sentences; empty if the tier is the one that should have answered
     */
    public abstract List<String> problems();

    @Value.Check
    void check() {
        Checks.unit(confidence(), "confidence");
    }
}
