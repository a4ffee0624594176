package dev.pictor.generation;

import dev.pictor.error.PictorException;
import dev.pictor.model.Cost;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** What came of one request of a {@link GenerationBatch}. Immutable. */
@Value.Immutable
public abstract class GenerationLine {

    GenerationLine() {}

    /**
     * What was wished for.
     *
     * @return the request
     */
    public abstract GenerationRequest request();

    /**
     * What came of it.
     *
     * @return the outcome
     */
    public abstract LineOutcome outcome();

    /**
     * The pictures.
     *
     * @return what its run gave, or empty if it gave nothing
     */
    public abstract Optional<GeneratedImages> images();

    /**
     * What its run failed with.
     *
     * @return the failure, which names run and stage; empty if there are pictures, no run was begun, or something of the
     *     program's own failed, such as a limiter: {@link #reason()} says what
     */
    public abstract Optional<PictorException> failure();

    /**
     * Why there are no pictures.
     *
     * @return a message, or empty if there are
     */
    public abstract Optional<String> reason();

    /**
     * What it cost.
     *
     * @return of a run that failed what its failure tells, which is not complete: the whole is in its trace; nothing if no
     *     run was begun
     */
    public abstract Cost cost();

    /**
     * How long its run took.
     *
     * @return from start to end, or empty if it gave no pictures
     */
    public abstract Optional<Duration> duration();
}
