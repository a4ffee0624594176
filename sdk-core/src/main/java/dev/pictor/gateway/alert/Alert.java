package dev.pictor.gateway.alert;

import java.time.Instant;
import org.immutables.value.Value;

/** Something began to be wrong, or is well again. Immutable. */
@Value.Immutable
public abstract class Alert {

    Alert() {}

    /** What is measured. More kinds may come; keep a {@code default} branch. */
    public enum Kind {
        /** How much of a budget is used: a share, 1 is all of it. */
        BUDGET_SHARE,
        /** How many of the calls to a model fail: a share, 1 is all of them. */
        ERROR_RATE,
        /** In what time 19 of 20 answers of a model come: milliseconds. */
        LATENCY_P95,
        /** How many calls to a model were turned away for their rate: a number. */
        RATE_LIMIT_STORM
    }

    /** Whether it is wrong or well again. */
    public enum State {
        /** The value has reached its bound. */
        RAISED,
        /** The value has been well below its bound for long enough. Comes at most once after each {@link #RAISED}. */
        CLEARED
    }

    static Alert of(Kind kind, State state, String subject, double value, double bound, Instant at) {
        return new AlertBuilder()
                .kind(kind)
                .state(state)
                .subject(subject)
                .value(value)
                .bound(bound)
                .at(at)
                .build();
    }

    /**
     * What is measured.
     *
     * @return the kind, which says the unit of value and bound
     */
    public abstract Kind kind();

    /**
     * Whether it is wrong or well again.
     *
     * @return the state
     */
    public abstract State state();

    /**
     * Whom it is about.
     *
     * @return the id of a candidate, or the name of a budget's account
     */
    public abstract String subject();

    /**
     * What was measured.
     *
     * @return in the kind's unit
     */
    public abstract double value();

    /**
     * From which value on it is wrong.
     *
     * @return in the kind's unit
     */
    public abstract double bound();

    /**
     * When it was measured.
     *
     * @return the time
     */
    public abstract Instant at();
}
