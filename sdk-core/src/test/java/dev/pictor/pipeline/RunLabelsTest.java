package dev.pictor.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunSummary;
import dev.pictor.trace.TraceEvent;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What callers say of their runs, to find them again. */
class RunLabelsTest {

    private static final StageKey<String> ASK = StageKey.of("ask", String.class);
    private static final StageKey<String> DRAW = StageKey.of("draw", String.class);

    private final MemoryRunStore store = new MemoryRunStore();
    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(store).journal(store).build();

    private RunId run(Pipeline<String, String> pipeline, RunOptions options) {
        Throwable failure = catchThrowable(
                () -> assertThat(runner.run(pipeline, "x", options).value()).isNotEmpty());
        assertThat(failure == null || failure instanceof StageException).isTrue();
        return store.newest(1).get(0);
    }

    private static Pipeline<String, String> pipeline(Stage.Of0<String, String> stage) {
        return Pipeline.named("small", String.class).stage(DRAW, stage).returning(DRAW);
    }

    @Test
    void areInItsRecordAndFindIt() {
        RunId runId = run(
                pipeline((run, in) -> in),
                RunOptions.builder()
                        .putLabels("campaign", "spring")
                        .labels(Map.of("tier", "free"))
                        .putLabels("campaign", "spring")
                        .addAssets("sku-1", "sku-2")
                        .build());

        RunRecord record = store.find(runId).orElseThrow();
        assertThat(record.labels()).isEqualTo(Map.of("campaign", "spring", "tier", "free"));
        assertThat(record.assets()).containsExactly("sku-1", "sku-2");
        assertThat(store.list(RunQuery.builder()
                                .asset("sku-2")
                                .putLabels("tier", "free")
                                .build())
                        .runs())
                .extracting(RunSummary::runId)
                .containsExactly(runId);
        assertThat(store.list(RunQuery.builder().asset("sku-3").build()).runs()).isEmpty();
    }

    @Test
    void areNotInTheTraceIfThereAreNone() {
        RunId runId = run(pipeline((run, in) -> in), RunOptions.ofDefaults());

        TraceEvent start = store.events(runId).stream()
                .filter(event -> event.type().equals(TraceEvent.RUN_START))
                .findFirst()
                .orElseThrow();
        assertThat(start.attributes().keySet()).noneMatch(name -> name.contains("label") || name.contains("assets"));
    }

    @Test
    void stayWhenTheRunIsResumedAndMayBecomeMore() {
        boolean[] broken = {true};
        Pipeline<String, String> pipeline = pipeline((run, in) -> {
            if (broken[0]) {
                throw new IOException("out of luck");
            }
            return in;
        });
        RunId runId = run(
                pipeline,
                RunOptions.builder()
                        .putLabels("campaign", "spring")
                        .addAssets("sku-1")
                        .build());
        broken[0] = false;

        assertThat(runner.resume(
                                pipeline,
                                runId,
                                RunOptions.builder()
                                        .putLabels("by", "hand")
                                        .addAssets("sku-1", "sku-2")
                                        .build())
                        .value())
                .isEqualTo("x");

        RunRecord record = store.find(runId).orElseThrow();
        assertThat(record.labels()).isEqualTo(Map.of("campaign", "spring", "by", "hand"));
        assertThat(record.assets()).containsExactly("sku-1", "sku-2");
        assertThat(record.failedStage()).isEmpty();
        assertThat(record.errorType()).isEmpty();
    }

    @Test
    void areBounded() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= RunOptions.MAX_LABELS; i++) {
            many.put("label " + i, "");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.builder().labels(many).build())
                .withMessage("there must be at most 32 labels, were 33");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.builder().putLabels("", "x").build())
                .withMessage("the name of a label must have 1 to 64 characters, had 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RunOptions.builder().putLabels("a", "x".repeat(257)).build())
                .withMessage("the value of label a must have 0 to 256 characters, had 257");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.builder().addAssets("").build())
                .withMessage("the id of an asset must have 1 to 256 characters, had 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.builder()
                        .addAllAssets(Collections.nCopies(65, "sku"))
                        .build())
                .withMessage("there must be at most 64 assets, were 65");
    }

    @Test
    void tellTheStageThatFailedAndTheFallbacksThatTookOver() {
        Pipeline<String, String> child = Pipeline.named("child", String.class)
                .stage(DRAW, (run, in) -> {
                    throw new IOException("out of luck");
                })
                .returning(DRAW);
        Pipeline<String, String> saved = Pipeline.named("saved", String.class)
                .pipeline(ASK, child, (run, in) -> in)
                .fallback((run, in, failure) -> "nothing")
                .returning(ASK);
        Pipeline<String, String> lost = Pipeline.named("lost", String.class)
                .pipeline(ASK, child, (run, in) -> in)
                .returning(ASK);

        RunSummary good =
                RunSummary.of(store.find(run(saved, RunOptions.ofDefaults())).orElseThrow());
        RunSummary bad =
                RunSummary.of(store.find(run(lost, RunOptions.ofDefaults())).orElseThrow());

        assertThat(good.failedStage()).isEmpty();
        assertThat(good.degradations()).isEqualTo(1);
        assertThat(bad.failedStage()).contains("ask/draw");
        assertThat(bad.errorType()).contains("StageException");
        assertThat(bad.degradations()).isZero();
    }
}
