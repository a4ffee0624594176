package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.FeedbackStore;
import dev.pictor.trace.RunFeedback;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How ratings and regenerations are kept with runs: a rating is feedback named {@value #RATING} with a score, and one named
 * {@value #REASON} for each reason, all of the same moment; a run that is another try says whose in its label
 * {@value #REGENERATES}. Feedback named {@code thumbs} with the label {@code up} or {@code down} counts as a rating too.
 */
public final class Ratings {

    /** The name of feedback that is a rating. */
    public static final String RATING = "rating";

    /** The name of feedback that is a reason of a rating. */
    public static final String REASON = "rating.reason";

    /** The label of a run that is another try: the id of the run whose pictures were not wanted. */
    public static final String REGENERATES = "regenerates";

    private static final String THUMBS = "thumbs";

    private Ratings() {}

    /**
     * Keeps a rating. A user may rate again: the last rating counts.
     *
     * @param store where the run is kept
     * @param runId the run
     * @param rating what the user thinks of its pictures
     * @throws dev.pictor.trace.StoredRunException if the run is not there or the rating cannot be kept
     */
    public static void rate(FeedbackStore store, RunId runId, Rating rating) {
        Instant time = rating.time().orElseGet(Instant::now).truncatedTo(ChronoUnit.MILLIS);
        // the reasons first: a rating without them is whole, reasons without a rating mean nothing
        for (String reason : rating.reasons()) {
            store.feedback(
                    runId,
                    RunFeedback.builder(REASON, RunFeedback.Source.USER)
                            .label(reason)
                            .time(time)
                            .build());
        }
        store.feedback(
                runId,
                RunFeedback.builder(RATING, RunFeedback.Source.USER)
                        .score(rating.score())
                        .label(rating.isSatisfied() ? "up" : "down")
                        .comment(rating.comment())
                        .time(time)
                        .build());
    }

    /**
     * Returns options for a run that is another try at what a run was asked for.
     *
     * @param runId the run whose pictures were not wanted; it counts only if it is the same user's
     * @param options whom the new run is for
     * @return the options with the label {@value #REGENERATES}
     * @throws IllegalArgumentException if the options have as many labels as they may
     */
    public static RunOptions regenerating(RunId runId, RunOptions options) {
        Map<String, String> labels = new HashMap<>(options.labels());
        labels.put(REGENERATES, requireNonNull(runId, "runId").value());
        return RunOptions.builder().from(options).labels(labels).build();
    }

    /**
     * Returns the rating of a run.
     *
     * @param run a run
     * @return the last one that a user gave, or empty if none did
     */
    public static Optional<Rating> of(RunRecord run) {
        List<RunFeedback> said = run.feedback();
        RunFeedback last = null;
        for (RunFeedback each : said) {
            if (score(each).isPresent() && (last == null || !time(each).isBefore(time(last)))) {
                last = each;
            }
        }
        if (last == null) {
            return Optional.empty();
        }
        RunFeedback rating = last;
        Set<String> reasons = new LinkedHashSet<>();
        said.stream()
                .filter(each -> each.name().equals(REASON) && time(each).equals(time(rating)))
                .limit(Rating.MAX_REASONS)
                .forEach(each -> each.label().ifPresent(reasons::add));
        return Optional.of(Rating.builder(score(rating).orElseThrow())
                .reasons(reasons)
                .comment(rating.comment())
                .time(rating.time())
                .build());
    }

    private static Optional<Double> score(RunFeedback said) {
        if (said.source() != RunFeedback.Source.USER) {
            return Optional.empty();
        }
        if (said.name().equals(RATING)
                && said.score().isPresent()
                && said.score().getAsDouble() >= 0
                && said.score().getAsDouble() <= 1) {
            return Optional.of(said.score().getAsDouble());
        }
        if (said.name().equals(RATING) || said.name().equals(THUMBS)) {
            return switch (said.label().orElse("").toLowerCase(Locale.ROOT)) {
                case "up" -> Optional.of(1.0);
                case "down" -> Optional.of(0.0);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Instant time(RunFeedback said) {
        return said.time().orElse(Instant.MIN);
    }
}
