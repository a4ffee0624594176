package dev.pictor.trace;

import java.util.Optional;
import org.immutables.value.Value;

/** One question in two runs: of the same kind, at the same stage, as often asked before. Immutable. */
@Value.Immutable
public abstract class DecisionComparison {

    DecisionComparison() {}

    /**
     * What the first run has.
     *
     * @return it, or empty if only the second has it
     */
    public abstract Optional<DecisionRecord> a();

    /**
     * What the second run has.
     *
     * @return it, or empty if only the first has it
     */
    public abstract Optional<DecisionRecord> b();

    /**
     * Returns whether both chose the same.
     *
     * @return false also if only one run had to decide
     */
    public final boolean isSameChoice() {
        return a().isPresent()
                && b().isPresent()
                && a().get().decision().chosen().equals(b().get().decision().chosen());
    }
}
