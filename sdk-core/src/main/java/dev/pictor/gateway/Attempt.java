package dev.pictor.gateway;

import dev.pictor.model.Cost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** One attempt at a model: one request at most. Immutable. */
@Value.Immutable
public abstract class Attempt {

    Attempt() {}

    /** What attempts cost together. */
    static Cost costOf(List<Attempt> attempts) {
        Cost sum = Cost.nothing();
        for (Attempt attempt : attempts) {
            sum = sum.plus(attempt.cost());
        }
        return sum;
    }

    /**
     * The model that was asked.
     *
     * @return its id
     */
    public abstract String model();

    /**
     * What went wrong.
     *
     * @return such as {@code unavailable}, or empty if nothing did
     */
    public abstract Optional<String> error();

    /**
     * What it cost. An attempt whose outcome is unknown may have cost something.
     *
     * @return the cost
     */
    public abstract Cost cost();

    /**
     * How long the model took.
     *
     * @return from the call of the adapter to its return
     */
    public abstract Duration latency();
}
