package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/**
 * What lists and metrics need of a run: its record without content. A fold of the log like {@link RunRecord}, which an
 * index may keep as {@link #toJson()}. Immutable.
 */
@Value.Immutable
@ClosedStyle
public abstract class RunSummary {

    RunSummary() {}

    /**
     * Leaves out of a record what lists and metrics do not need.
     *
     * @param run the record
     * @return its summary
     */
    public static RunSummary of(RunRecord run) {
        return Summarizing.of(requireNonNull(run, "run"));
    }

    /**
     * Reads a summary.
     *
     * @param json what {@link #toJson()} of this or a later version gave; members that are not known are skipped
     * @return the summary
     * @throws IllegalArgumentException if it is something else
     */
    public static RunSummary parse(String json) {
        return SummaryJson.parse(requireNonNull(json, "json"));
    }

    /**
     * Returns the summary as JSON.
     *
     * @return one line
     */
    public final String toJson() {
        return SummaryJson.write(this);
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
     * @return its name, {@code unknown} if it is lost
     */
    public abstract String pipeline();

    /**
     * How it stands.
     *
     * @return the status
     */
    public abstract RunStatus status();

    /**
     * When it began.
     *
     * @return by the wall clock
     */
    public abstract Instant startedAt();

    /**
     * How long it took.
     *
     * @return the time, or empty if it has not ended
     */
    public abstract Optional<Duration> duration();

    /**
     * The tenant it is for.
     *
     * @return the tenant's id, or empty
     */
    public abstract Optional<String> tenant();

    /**
     * The user it is for.
     *
     * @return the user's id, or empty
     */
    public abstract Optional<String> user();

    /**
     * The caller's labels.
     *
     * @return values by name
     */
    public final Map<String, String> labels() {
        return rows().labels();
    }

    /**
     * The caller's ids of what it is about.
     *
     * @return in the caller's order
     */
    public final List<String> assets() {
        return rows().assets();
    }

    /**
     * The pictures and documents it took and made.
     *
     * @return their names, each once, in the order in which they were stored
     */
    public final List<Sha256> artifacts() {
        return rows().artifacts();
    }

    /**
     * The prompts it rendered.
     *
     * @return each once, in the order in which they were rendered first
     */
    public final List<PromptUse> prompts() {
        return rows().prompts();
    }

    /**
     * What its calls cost.
     *
     * @return the sum, as far as it is known
     */
    public abstract Cost cost();

    /**
     * The kind of failure that ended it.
     *
     * @return the name of an exception's class, or empty if it did not fail
     */
    public abstract Optional<String> errorType();

    /**
     * The stage that failed, and with it the run.
     *
     * @return its path, or empty if none did
     */
    public abstract Optional<String> failedStage();

    /**
     * How often it was taken up again after its process had ended. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int resumes() {
        return 0;
    }

    /**
     * How many events are missing from its log. Default: 0.
     *
     * @return 0 if nothing was lost
     */
    @Value.Default
    public long missingEvents() {
        return 0;
    }

    /**
     * How often it was noted that the result will be less than it could be. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int degradations() {
        return 0;
    }

    /**
     * Returns the models it asked and those that served it, from a cache too.
     *
     * @return their ids, in the order in which they came
     */
    public final Set<String> models() {
        Set<String> models = new LinkedHashSet<>();
        rows().calls().forEach(call -> {
            models.add(call.asked());
            if (call.served() != null) {
                models.add(call.served());
            }
        });
        rows().answers().forEach(answer -> {
            if (answer.served() != null) {
                models.add(answer.served());
            }
        });
        return models;
    }

    abstract SummaryRows rows();
}
