package dev.pictor.testkit;

import static dev.pictor.testkit.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.Gateway;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.Message;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record is made of whatever is left of a log: filtered, stripped, out of order, or written by a later version. */
class RunRecordProperties {

    private static RunId runId;
    private static List<TraceEvent> whole;

    @BeforeAll
    static void recordARunWithEveryKindOfEvent() {
        StageKey<ImageBytes> draw = StageKey.of("draw", ImageBytes.class);
        StageKey<String> ask = StageKey.of("ask", String.class);
        MemoryRunStore store = new MemoryRunStore();
        FakeReasoningModel reasoner = FakeReasoningModel.create().thenFail(Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME);
        Gateway gateway = Gateway.builder(FakeImageModel.create())
                .reasoningModel(reasoner)
                .build();
        Pipeline<String, ImageBytes> pipeline = Pipeline.named("rich", String.class)
                .stage(draw, (run, in) -> {
                    run.evaluate(Evaluation.of("picture.size", Evaluation.Verdict.WARN, "smaller than asked for"));
                    return gateway.generate(run, ImageRequest.builder(in).build())
                            .result()
                            .images()
                            .get(0);
                })
                .stage(
                        ask,
                        (run, in) -> gateway.reason(
                                        run,
                                        ReasoningRequest.builder(List.of(Message.user(in)))
                                                .build())
                                .result()
                                .text())
                .fallback((run, in, failure) -> "nothing")
                .returning(draw);
        try (PipelineRunner runner = PipelineRunner.builder()
                .traceSink(store)
                .journal(store)
                .artifacts(store)
                .build()) {
            runId = runner.run(pipeline, "a lamp").runId();
        }
        whole = store.events(runId);
        assertThat(RunRecord.of(whole))
                .hasStatus(RunStatus.SUCCEEDED)
                .hasCalls(2)
                .hasUnknownCosts();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pictor.testkit.Seeds#hundreds")
    void isMadeOfWhateverIsLeft(long seed) {
        Random random = new Random(seed);
        List<TraceEvent> left = new ArrayList<>();
        for (TraceEvent event : whole) {
            if (random.nextInt(10) > 0) {
                left.add(random.nextBoolean() ? event : changed(event, random));
            }
        }
        left.add(whole.get(random.nextInt(whole.size()))); // one may come twice
        Collections.shuffle(left, random);

        RunRecord record = RunRecord.of(left);

        assertThat(record.runId()).as("seed %s", seed).isEqualTo(runId);
        assertThat(record.missingEvents()).as("seed %s", seed).isBetween(0L, (long) whole.size());
    }

    private static TraceEvent changed(TraceEvent event, Random random) {
        return TraceEvent.builder(event.runId(), event.type(), event.time())
                .sequence(event.sequence())
                .elapsedNanos(event.elapsedNanos())
                .spanId(event.spanId())
                .parentSpanId(event.parentSpanId())
                .attributes(changed(event.attributes(), random))
                .body(changed(event.body(), random))
                .build();
    }

    private static Map<String, Object> changed(Map<String, Object> members, Random random) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        for (String name : members.keySet()) {
            switch (random.nextInt(4)) {
                case 0 -> changed.remove(name);
                case 1 -> changed.put(name, "a word of a later version");
                case 2 -> changed.put(name, Map.of("later", List.of(1)));
                default -> {} // as it was
            }
        }
        return changed;
    }
}
