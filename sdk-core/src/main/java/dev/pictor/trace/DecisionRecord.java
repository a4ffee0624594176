package dev.pictor.trace;

import org.immutables.value.Value;

/** One of several ways was taken. Immutable. */
@Value.Immutable
public abstract class DecisionRecord {

    DecisionRecord() {}

    /**
     * The stage that decided.
     *
     * @return its path
     */
    public abstract String stage();

    /**
     * What it was.
     *
     * @return the decision
     */
    public abstract Decision decision();
}
