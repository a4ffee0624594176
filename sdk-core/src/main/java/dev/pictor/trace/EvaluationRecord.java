package dev.pictor.trace;

import java.util.OptionalDouble;
import org.immutables.value.Value;

/** A check and its outcome. Immutable. */
@Value.Immutable
public abstract class EvaluationRecord {

    EvaluationRecord() {}

    /**
     * The stage that checked.
     *
     * @return its path
     */
    public abstract String stage();

    /**
     * What was checked and found.
     *
     * @return the evaluation
     */
    public abstract Evaluation evaluation();

    /**
     * How good it was found. Default: empty.
     *
     * @return a score by the scale of the check, or empty if it gave none
     */
    public abstract OptionalDouble score();
}
