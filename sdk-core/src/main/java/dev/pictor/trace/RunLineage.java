package dev.pictor.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** Of which past run a run is a replay or a fork. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = RunLineageBuilder.class)
public abstract class RunLineage {

    RunLineage() {}

    /**
     * The past run.
     *
     * @return its id
     */
    public abstract RunId of();

    /**
     * How it was run again.
     *
     * @return {@code cassette} with recorded answers, {@code fork} with something changed
     */
    public abstract String mode();

    /**
     * The stage from which on it was run anew.
     *
     * @return its path, of a fork
     */
    public abstract Optional<String> fromStage();

    /**
     * What was changed.
     *
     * @return each in words without content, of a fork
     */
    public abstract List<String> changes();
}
