package dev.pictor.trace;

import org.immutables.value.Value;

/** Something was left out of a run's log. Immutable. */
@Value.Immutable
public abstract class RedactionRecord {

    RedactionRecord() {}

    /**
     * The number of the event.
     *
     * @return 0 for the journal's lines and feedback
     */
    public abstract long sequence();

    /**
     * The type of the event.
     *
     * @return such as {@code model_call.start}
     */
    public abstract String eventType();

    /**
     * Where in it, and why.
     *
     * @return the place and the rule
     */
    public abstract RedactedField field();
}
