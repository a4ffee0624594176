package dev.pictor.trace;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts towards one row of metrics. Not thread-safe. */
final class MetricsTally {

    private static final String CANCELLED = "cancelled";
    private static final String UNKNOWN = "unknown";

    private long count;
    private long succeeded;
    private long failed;
    private final Map<String, Long> errors = new HashMap<>();
    private long[] nanos = new long[16];
    private int ended;
    private final Sum inputText = new Sum();
    private final Sum inputImage = new Sum();
    private final Sum cachedText = new Sum();
    private final Sum cachedImage = new Sum();
    private final Sum outputText = new Sum();
    private final Sum outputImage = new Sum();
    private int images;
    private final Map<String, Money> costs = new TreeMap<>();
    private long pricedCalls;
    private long unpricedCalls;
    private final Map<String, Long> answers = new TreeMap<>();
    private long fallbacks;
    private long retries;
    private long degradations;
    private final Map<String, Checks> checks = new TreeMap<>();

    /** Counts a run with all it did. */
    void run(RunSummary run) {
        count++;
        switch (run.status()) {
            case SUCCEEDED -> succeeded++;
            case FAILED -> failed(run.errorType().orElse(UNKNOWN));
            case CRASHED -> failed(MetricsRow.CRASHED);
            case CANCELLED, RUNNING, WAITING -> {}
        }
        run.duration().ifPresent(duration -> ended(duration.toNanos()));
        run.rows().calls().forEach(this::spent);
        run.rows().answers().forEach(this::answer);
        run.rows().checks().forEach(this::check);
        SummaryRows.LeftOut leftOut = run.rows().leftOut();
        if (leftOut != null) {
            add(leftOut.usage());
            add(leftOut.cost(), leftOut.calls());
        }
        degradations += run.degradations();
        if (run.missingEvents() > 0) {
            unpricedCalls++;
        }
    }

    void stage(SummaryRows.Stage stage) {
        count++;
        if (stage.outcome() == StageOutcome.FAILED) {
            failed(stage.errorType());
        } else if (stage.outcome() != null) {
            succeeded++;
        }
        if (stage.outcome() == StageOutcome.FALLBACK) {
            degradations++;
        }
        ended(stage.nanos());
    }

    void call(SummaryRows.Call call) {
        count++;
        if (call.errorType() == null) {
            succeeded += call.nanos() == SummaryRows.NOT_ENDED ? 0 : 1;
        } else if (!call.errorType().equals(CANCELLED)) {
            failed(call.errorType());
        }
        ended(call.nanos());
        spent(call);
    }

    /** Counts what a call took, but not the call. */
    void spent(SummaryRows.Call call) {
        add(call.usage());
        retries += call.attempt() > 1 ? 1 : 0;
        add(call.cost(), 1);
    }

    private void add(Usage usage) {
        inputText.add(usage.inputTextTokens());
        inputImage.add(usage.inputImageTokens());
        cachedText.add(usage.cachedTextTokens());
        cachedImage.add(usage.cachedImageTokens());
        outputText.add(usage.outputTextTokens());
        outputImage.add(usage.outputImageTokens());
        images += usage.images();
    }

    private void add(Cost cost, int calls) {
        if (cost.isComplete()) {
            pricedCalls += calls;
        } else {
            unpricedCalls += calls;
        }
        if (cost.amount().isPresent()) {
            costs.merge(cost.amount().get().currency(), cost.amount().get(), Money::plus);
        }
    }

    void answer(SummaryRows.Answer answer) {
        if (answer.source() != null) {
            answers.merge(answer.source(), 1L, Long::sum);
            fallbacks += answer.isFallback() ? 1 : 0;
        }
    }

    void check(SummaryRows.Check check) {
        checks.computeIfAbsent(check.name(), unseen -> new Checks()).add(check);
    }

    private void failed(@Nullable String type) {
        failed++;
        errors.merge(type == null ? UNKNOWN : type, 1L, Long::sum);
    }

    private void ended(long time) {
        if (time == SummaryRows.NOT_ENDED) {
            return;
        }
        if (ended == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * ended);
        }
        nanos[ended++] = time;
    }

    MetricsRow row(String key) {
        long[] sorted = Arrays.copyOf(nanos, ended);
        Arrays.sort(sorted);
        MetricsRowBuilder row = new MetricsRowBuilder()
                .key(key)
                .count(count)
                .succeeded(succeeded)
                .failed(failed)
                .p50(rank(sorted, 50))
                .p95(rank(sorted, 95))
                .p99(rank(sorted, 99))
                .usage(usage())
                .costs(costs)
                .pricedCalls(pricedCalls)
                .unpricedCalls(unpricedCalls)
                .answers(answers)
                .fallbacks(fallbacks)
                .retries(retries)
                .degradations(degradations);
        errors.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(error -> row.putErrors(error.getKey(), error.getValue()));
        checks.forEach((name, found) -> row.putEvaluations(name, found.figures()));
        return row.build();
    }

    /** The smallest time that so many of a hundred did not take longer than. */
    private static Optional<Duration> rank(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return Optional.empty();
        }
        long rank = (sorted.length * (long) percent + 99) / 100;
        return Optional.of(Duration.ofNanos(sorted[(int) rank - 1]));
    }

    private Usage usage() {
        UsageBuilder usage = Usage.builder().images(images);
        inputText.ifReported(usage::inputTextTokens);
        inputImage.ifReported(usage::inputImageTokens);
        cachedText.ifReported(usage::cachedTextTokens);
        cachedImage.ifReported(usage::cachedImageTokens);
        outputText.ifReported(usage::outputTextTokens);
        outputImage.ifReported(usage::outputImageTokens);
        return usage.build();
    }

    /** A count is reported if any call reports it. */
    private static final class Sum {

        private long sum;
        private boolean isReported;

        void add(OptionalLong count) {
            sum += count.orElse(0);
            isReported |= count.isPresent();
        }

        void ifReported(Consumer<OptionalLong> taker) {
            if (isReported) {
                taker.accept(OptionalLong.of(sum));
            }
        }
    }

    private static final class Checks {

        private long passed;
        private long warned;
        private long failed;
        private long scores;
        private double sum;

        void add(SummaryRows.Check check) {
            switch (check.verdict()) {
                case PASS -> passed++;
                case WARN -> warned++;
                case FAIL -> failed++;
            }
            if (Double.isFinite(check.score())) {
                scores++;
                sum += check.score();
            }
        }

        EvaluationFigures figures() {
            return new EvaluationFiguresBuilder()
                    .passed(passed)
                    .warned(warned)
                    .failed(failed)
                    .meanScore(scores == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / scores))
                    .build();
        }
    }
}
