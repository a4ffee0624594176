package dev.pictor.trace;

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
}
