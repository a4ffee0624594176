package dev.pictor.trace;

import java.util.Optional;
import org.immutables.value.Value;

/** What of a run is recorded. Immutable. */
@Value.Immutable
public abstract class TraceRules {

    private static final TraceRules DEFAULTS = builder().build();

    TraceRules() {}

    /**
     * Returns the defaults.
     *
     * @return all content, the default redaction, a trace of its own
     */
    public static TraceRules ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static TraceRulesBuilder builder() {
        return new TraceRulesBuilder();
    }

    /**
     * How much content is recorded. Default: {@link ContentLevel#FULL}.
     *
     * @return the level
     */
    @Value.Default
    public ContentLevel content() {
        return ContentLevel.FULL;
    }

    /**
     * What is left out. Default: {@link Redaction#ofDefaults()}.
     *
     * @return the redaction
     */
    @Value.Default
    public Redaction redaction() {
        return Redaction.ofDefaults();
    }

    /**
     * Of which runs everything is kept. Default: {@link Sampling#all()}.
     *
     * @return the sampling
     */
    @Value.Default
    public Sampling sampling() {
        return Sampling.all();
    }

    /**
     * The caller's trace that the run is part of. Default: empty, which means a trace of its own.
     *
     * @return the caller's trace and span
     */
    public abstract Optional<TraceParent> traceParent();
}
