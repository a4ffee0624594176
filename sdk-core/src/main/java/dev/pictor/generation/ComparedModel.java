package dev.pictor.generation;

import dev.pictor.model.Money;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/** A line of a {@link ModelComparison}. Immutable. */
@Value.Immutable
public abstract class ComparedModel {

    ComparedModel() {}

    /**
     * The model that was asked.
     *
     * @return its name, as it was given
     */
    public abstract String model();

    /**
     * What came of it.
     *
     * @return the pictures, or why there are none, and what it cost
     */
    public abstract GenerationLine line();

    /**
     * How good its pictures are: as they were judged if those of all models were, else as they were expected to be. The two
     * are no figures of one kind, so they are never set beside each other.
     *
     * @return 0 to 1, 1 is best; empty if it is unknown or there are no pictures
     */
    public abstract OptionalDouble quality();

    /**
     * What its pictures cost.
     *
     * @return all of it, or empty if there are none or a price is unknown
     */
    public final Optional<Money> cost() {
        return line().outcome() == LineOutcome.SUCCEEDED && line().cost().isComplete()
                ? line().cost().amount()
                : Optional.empty();
    }

    /**
     * How long its run took.
     *
     * @return from start to end, or empty if it gave no pictures
     */
    public final Optional<Duration> latency() {
        return line().duration();
    }

    /**
     * How much quality there is for a unit of money.
     *
     * @return 0 or more, more is better, infinite if it cost nothing; empty if quality or cost is unknown
     */
    public final OptionalDouble value() {
        if (quality().isEmpty() || cost().isEmpty()) {
            return OptionalDouble.empty();
        }
        double quality = quality().getAsDouble();
        return OptionalDouble.of(quality == 0 ? 0 : quality / (cost().get().nanos() / 1e9));
    }

    @Value.Check
    void check() {
        if (quality().isPresent() && !(quality().getAsDouble() >= 0 && quality().getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "quality must be 0 to 1, was " + quality().getAsDouble());
        }
    }
}
