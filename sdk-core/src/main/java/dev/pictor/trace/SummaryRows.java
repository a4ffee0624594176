package dev.pictor.trace;

import dev.pictor.model.Cost;
import dev.pictor.model.Usage;
import dev.pictor.trace.Evaluation.Verdict;
import org.jspecify.annotations.Nullable;

/** What metrics need of a run, row by row. A time of -1 means that it has not ended. */
final class SummaryRows {

    /** The time of what has not ended. */
    static final long NOT_ENDED = -1;

    record Stage(
            String path,
            @Nullable StageOutcome outcome,
            long nanos,
            @Nullable String errorType) {}

    record Call(
            String stage,
            String asked,
            @Nullable String served,
            int attempt,
            long nanos,
            @Nullable String errorType,
            Usage usage,
            Cost cost) {}

    record Answer(
            String stage,
            @Nullable String served,
            @Nullable String source,
            boolean isFallback,
            @Nullable String errorType) {}

    /** A score that is no number means that there is none. */
    record Check(String stage, String name, Verdict verdict, double score) {}

    private SummaryRows() {}
}
