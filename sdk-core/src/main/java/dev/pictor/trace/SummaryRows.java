package dev.pictor.trace;

import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.Usage;
import dev.pictor.trace.Evaluation.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a summary has several of, in as little room as it takes: an index has a hundred thousand of them in memory. A time
 * of -1 means that it has not ended. Immutable.
 */
record SummaryRows(
        Map<String, String> labels,
        List<String> assets,
        List<Sha256> artifacts,
        List<PromptUse> prompts,
        List<Stage> stages,
        List<Call> calls,
        List<Answer> answers,
        List<Check> checks,
        @Nullable LeftOut leftOut) {

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

    /** What calls took together that sampling left out. */
    record LeftOut(int calls, Usage usage, Cost cost) {}

    /** Rows that are being gathered. Not thread-safe. */
    static final class Draft {

        final Map<String, String> labels = new LinkedHashMap<>();
        final List<String> assets = new ArrayList<>();
        final List<Sha256> artifacts = new ArrayList<>();
        final List<PromptUse> prompts = new ArrayList<>();
        final List<Stage> stages = new ArrayList<>();
        final List<Call> calls = new ArrayList<>();
        final List<Answer> answers = new ArrayList<>();
        final List<Check> checks = new ArrayList<>();

        @Nullable
        LeftOut leftOut;

        /** Returns the rows; those that hardly differ from run to run are shared. */
        SummaryRows rows(Pool pool) {
            return new SummaryRows(
                    pool.of(Map.copyOf(labels)),
                    List.copyOf(assets),
                    List.copyOf(artifacts),
                    pool.of(List.copyOf(prompts)),
                    List.copyOf(stages),
                    List.copyOf(calls),
                    pool.of(List.copyOf(answers)),
                    pool.of(List.copyOf(checks)),
                    leftOut);
        }
    }
}
