package dev.pictor.trace;

import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/**
 * Figures of one pipeline, stage, model, prompt version or tenant. What is counted, {@link MetricsGrouping} says. All
 * numbers are exact: nothing is sampled, nothing estimated. Immutable.
 */
@Value.Immutable
@ClosedStyle
public abstract class MetricsRow {

    /** What failed runs count as whose process is gone. */
    static final String CRASHED = "crashed";

    MetricsRow() {}

    /**
     * What the figures are of.
     *
     * @return a name; of a prompt such as {@code generation/enhance.art@1.2}
     */
    public abstract String key();

    /**
     * How many there were.
     *
     * @return 0 or more, those under way among them
     */
    public abstract long count();

    /**
     * How many did their work. Of stages also those whose fallback took over.
     *
     * @return 0 or more
     */
    public abstract long succeeded();

    /**
     * How many did not. Those that were cancelled are neither, nor are those under way.
     *
     * @return 0 or more; runs that crashed are among them
     */
    public abstract long failed();

    /**
     * The failures by kind.
     *
     * @return counts by kind, the most frequent first; {@code crashed} for runs whose process is gone, {@code unknown} for
     *     what does not say
     */
    public abstract Map<String, Long> errors();

    /**
     * The time within which half of them ended.
     *
     * @return the nearest rank, exact, over all that ended, in whatever way; empty if none did
     */
    public abstract Optional<Duration> p50();

    /**
     * The time within which 95 of 100 ended.
     *
     * @return the nearest rank, exact, over all that ended, in whatever way; empty if none did
     */
    public abstract Optional<Duration> p95();

    /**
     * The time within which 99 of 100 ended.
     *
     * @return the nearest rank, exact, over all that ended, in whatever way; empty if none did
     */
    public abstract Optional<Duration> p99();

    /**
     * Tokens by kind, and pictures.
     *
     * @return the sums of what vendors reported
     */
    public abstract Usage usage();

    /**
     * What calls cost, as far as it is known.
     *
     * @return sums by currency
     */
    public abstract Map<String, Money> costs();

    /**
     * How many calls have a cost that is fully known.
     *
     * @return 0 or more
     */
    public abstract long pricedCalls();

    /**
     * How many calls have a cost that is not fully known. What is known of it is in {@link #costs()}.
     *
     * @return 0 or more; where runs are counted, one more for each that lost events
     */
    public abstract long unpricedCalls();

    /**
     * Where answers came from.
     *
     * @return counts by source, such as {@code MODEL} or {@code MEMORY_CACHE}
     */
    public abstract Map<String, Long> answers();

    /**
     * How many answers are of another model than the first choice, which failed.
     *
     * @return 0 or more
     */
    public abstract long fallbacks();

    /**
     * How many calls were another attempt at the same model.
     *
     * @return 0 or more
     */
    public abstract long retries();

    /**
     * How often less came out than could be: of runs what was noted as such, of stages how often a fallback took over.
     *
     * @return 0 or more; always 0 for models
     */
    public abstract long degradations();

    /**
     * What checks found.
     *
     * @return figures by the name of the check; none for models
     */
    public abstract Map<String, EvaluationFigures> evaluations();

    /**
     * Returns the share of those that did their work among those that did or failed.
     *
     * @return 0 to 1, or empty if there is none
     */
    public final OptionalDouble successRate() {
        return share(succeeded(), succeeded() + failed());
    }

    /**
     * Returns the share of answers that are of another model than the first choice.
     *
     * @return 0 to 1, or empty if there is no answer
     */
    public final OptionalDouble fallbackRate() {
        return share(fallbacks(), allAnswers());
    }

    /**
     * Returns the share of answers that came from there.
     *
     * @param source such as {@code MEMORY_CACHE}
     * @return 0 to 1, or empty if there is no answer
     */
    public final OptionalDouble answerRate(String source) {
        return share(answers().getOrDefault(source, 0L), allAnswers());
    }

    private long allAnswers() {
        return answers().values().stream().mapToLong(Long::longValue).sum();
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
