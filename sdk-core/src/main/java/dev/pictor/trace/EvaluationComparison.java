package dev.pictor.trace;

import java.util.Optional;
import org.immutables.value.Value;

/** One check in two runs: of the same name, at the same stage, as often made before. Immutable. */
@Value.Immutable
public abstract class EvaluationComparison {

    EvaluationComparison() {}

    /**
     * What the first run has.
     *
     * @return it, or empty if only the second has it
     */
    public abstract Optional<EvaluationRecord> a();

    /**
     * What the second run has.
     *
     * @return it, or empty if only the first has it
     */
    public abstract Optional<EvaluationRecord> b();

    /**
     * Returns whether both found the same: verdict and score.
     *
     * @return false also if one run has it only
     */
    public final boolean isSameResult() {
        return a().isPresent()
                && b().isPresent()
                && a().get().evaluation().verdict() == b().get().evaluation().verdict()
                && a().get().score().equals(b().get().score());
    }
}
