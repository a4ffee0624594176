package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** A run as its journal has it. Immutable. */
@Value.Immutable
public abstract class JournaledRun {

    JournaledRun() {}

    /**
     * Returns a builder for a run that has finished no stage.
     *
     * @param runId the run
     * @param pipeline the pipeline's name
     * @param definition the hash of the pipeline's definition
     * @param startedAt when it began
     * @param input what it was started with
     * @return a new builder
     */
    public static JournaledRunBuilder builder(
            RunId runId, String pipeline, Sha256 definition, Instant startedAt, JournaledValue input) {
        return new JournaledRunBuilder()
                .runId(runId)
                .pipeline(pipeline)
                .definition(definition)
                .startedAt(startedAt)
                .input(input);
    }

    /**
     * The run.
     *
     * @return its id
     */
    public abstract RunId runId();

    /**
     * The pipeline's name.
     *
     * @return its name
     */
    public abstract String pipeline();

    /**
     * The hash of the pipeline's definition: resuming with another one is refused.
     *
     * @return a SHA-256
     */
    public abstract Sha256 definition();

    /**
     * When the run began.
     *
     * @return by the wall clock
     */
    public abstract Instant startedAt();

    /**
     * What the run was started with.
     *
     * @return the pipeline's input
     */
    public abstract JournaledValue input();

    /**
     * The tenant it is for. Default: empty.
     *
     * @return the tenant's id
     */
    public abstract Optional<String> tenant();

    /**
     * The user it is for. Default: empty.
     *
     * @return the user's id
     */
    public abstract Optional<String> user();

    /**
     * What finished stages gave. Default: none.
     *
     * @return values by stage path, in the order in which the stages finished
     */
    public abstract Map<String, JournaledValue> stages();

    /**
     * Whether the run is over for good. Default: false.
     *
     * @return true if there is nothing to resume
     */
    @Value.Default
    public boolean isFinished() {
        return false;
    }

    /**
     * Whether it can go on after its process has ended. Default: true.
     *
     * @return false for a replay, and for a fork with changes that the journal does not keep: without them it is another run
     */
    @Value.Default
    public boolean isResumable() {
        return true;
    }

    /**
     * The number of the last telemetry event that is kept beside the journal. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public long lastSequence() {
        return 0;
    }
}
