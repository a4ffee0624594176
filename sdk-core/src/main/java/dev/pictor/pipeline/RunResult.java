package dev.pictor.pipeline;

import dev.pictor.trace.RunId;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * What a run gave. Immutable.
 *
 * @param <O> what the pipeline gives
 */
@Value.Immutable
public abstract class RunResult<O> {

    RunResult() {}

    static <O> RunResult<O> of(RunId runId, O value, List<Degradation> degradations, Duration duration) {
        return new RunResultBuilder<O>()
                .runId(runId)
                .value(value)
                .degradations(degradations)
                .duration(duration)
                .build();
    }

    /**
     * The run.
     *
     * @return its id, for looking it up in a store
     */
    public abstract RunId runId();

    /**
     * What the pipeline gave.
     *
     * @return the output of its result stage
     */
    public abstract O value();

    /**
     * What is less than it could be, and why.
     *
     * @return in order, empty if nothing is
     */
    public abstract List<Degradation> degradations();

    /**
     * How long it took.
     *
     * @return from start to end, in this process
     */
    public abstract Duration duration();
}
