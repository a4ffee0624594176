package dev.pictor.testkit;

import static dev.pictor.testkit.TraceAssertions.assertThat;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.Gateway;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TraceAssertionsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final RecordingTraceSink sink = RecordingTraceSink.create();
    private final ManualClock clock = ManualClock.at(NOON);
    private final RunId runId = RunId.create();

    private TraceSpan run(long lastSequence) {
        return TraceSpan.ofRun(runId, sink, clock, () -> 0, Duration.ZERO, lastSequence);
    }

    private static void assertFails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContaining(message);
    }

    @Nested
    class OnEvents {

        /** Returns the log of a run with a stage with a call, after a change. */
        private List<TraceEvent> log(Consumer<List<TraceEvent>> change) {
            TraceSpan run = run(0);
            TraceSpan stage = run.child();
            TraceSpan call = stage.child();
            run.emit(TraceEvent.RUN_START, Map.of());
            stage.emit(TraceEvent.STAGE_START, Map.of());
            call.emit(TraceEvent.MODEL_CALL_START, Map.of());
            clock.advance(Duration.ofSeconds(2));
            stage.emit(TraceEvent.ARTIFACT, Map.of("role", "output"), Map.of("text", "a secret"));
            call.emit(TraceEvent.MODEL_CALL_END, Map.of());
            stage.emit(TraceEvent.STAGE_END, Map.of());
            run.emit(TraceEvent.RUN_END, Map.of());
            List<TraceEvent> log = new ArrayList<>(sink.events(runId));
            change.accept(log);
            return log;
        }

        private void renumber(List<TraceEvent> log) {
            for (int i = 0; i < log.size(); i++) {
                TraceEvent event = log.get(i);
                log.set(
                        i,
                        TraceEvent.builder(event.runId(), event.type(), event.time())
                                .from(event)
                                .sequence(i + 1)
                                .build());
            }
        }

        @Test
        void acceptAWholeLogInAnyOrder() {
            List<TraceEvent> log = log(Collections::reverse);

            assertThatEvents(log)
                    .isWellFormed()
                    .hasTypes(
                            "run.start",
                            "stage.start",
                            "model_call.start",
                            "artifact",
                            "model_call.end",
                            "stage.end",
                            "run.end")
                    .doNotMention("password");
            assertThat(log.get(0).time()).isEqualTo(NOON.plusSeconds(2));
        }

        @Test
        void findOtherTypes() {
            assertFails(() -> assertThatEvents(log(log -> {})).hasTypes("run.start", "run.end"), "types of events");
        }

        @Test
        void findWhatMustNotBeThere() {
            List<TraceEvent> log = log(whole -> {});

            assertFails(() -> assertThatEvents(log).doNotMention("a secret"), "artifact");
            assertFails(() -> assertThatEvents(log).doNotMention("output"), "artifact");
        }

        @Test
        void findAGapInTheNumbers() {
            assertFails(() -> assertThatEvents(log(log -> log.remove(3))).isWellFormed(), "number 5 is in place 4");
        }

        @Test
        void findALogWithoutItsBeginningOrItsEnd() {
            String message = "it does not go from run.start to run.end";
            assertFails(() -> assertThatEvents(List.of()).isWellFormed(), message);
            assertFails(() -> assertThatEvents(log(log -> log.remove(6))).isWellFormed(), message);
        }

        @Test
        void findAStageThatDoesNotEnd() {
            assertFails(
                    () -> assertThatEvents(log(log -> {
                                log.remove(5);
                                renumber(log);
                            }))
                            .isWellFormed(),
                    "leaves open");
        }

        @Test
        void findAStageThatStartsTwice() {
            assertFails(
                    () -> assertThatEvents(log(log -> {
                                log.add(2, log.get(1));
                                renumber(log);
                            }))
                            .isWellFormed(),
                    "starts a second time");
        }

        @Test
        void findAnEndWithoutAStart() {
            assertFails(
                    () -> assertThatEvents(log(log -> {
                                log.remove(1);
                                renumber(log);
                            }))
                            .isWellFormed(),
                    "ends what is not open");
        }

        @Test
        void findWhatHappensOutsideASpan() {
            assertFails(
                    () -> assertThatEvents(log(log -> {
                                Collections.swap(log, 3, 5);
                                renumber(log);
                            }))
                            .isWellFormed(),
                    "happens outside an open span");
        }

        @Test
        void findACallOutsideItsStage() {
            assertFails(
                    () -> assertThatEvents(log(log -> {
                                Collections.swap(log, 1, 2);
                                renumber(log);
                            }))
                            .isWellFormed(),
                    "starts outside an open span");
        }

        @Test
        void findEventsOfAnotherRun() {
            assertFails(
                    () -> assertThatEvents(log(log -> log.set(
                                    3,
                                    TraceEvent.builder(RunId.create(), "decision", NOON)
                                            .from(log.get(3))
                                            .runId(RunId.create())
                                            .build())))
                            .isWellFormed(),
                    "the log of more than one run");
        }

        @Test
        void acceptWhatAnEndedProcessLeftOpenIfTheRunWasResumed() {
            TraceSpan first = run(0);
            first.emit(TraceEvent.RUN_START, Map.of());
            first.child().emit(TraceEvent.STAGE_START, Map.of());
            assertFails(() -> assertThatEvents(sink.events()).isWellFormed(), "it does not go");
            TraceSpan second = run(2);
            second.emit(TraceEvent.RUN_RESUME, Map.of());
            second.emit(TraceEvent.RUN_END, Map.of());

            assertThatEvents(sink.events()).isWellFormed();
        }
    }

    @Nested
    class OnARun {

        private final RunRecord record = record();

        private RunRecord record() {
            StageKey<String> draw = StageKey.of("draw", String.class);
            FakeImageModel painter = FakeImageModel.create()
                    .profile(ModelProfile.builder("unpriced", "acme").build());
            Gateway gateway = Gateway.builder(painter)
                    .retry(dev.pictor.gateway.resilience.RetryPolicy.none())
                    .build();
            painter.thenFail(Reason.UNAVAILABLE, Billed.NOT_SENT);
            ImageRequest request = ImageRequest.builder("a lamp").build();
            Pipeline<String, String> pipeline = Pipeline.named("sample", String.class)
                    .stage(
                            draw,
                            (run, in) -> gateway.generate(run, request).result().servedBy())
                    .fallback((run, in, failure) ->
                            gateway.generate(run, request).result().servedBy())
                    .returning(draw);
            try (PipelineRunner runner =
                    PipelineRunner.builder().traceSink(sink).build()) {
                return sink.record(runner.run(pipeline, "x").runId());
            }
        }

        @Test
        void acceptWhatHolds() {
            assertThat(record)
                    .hasStatus(RunStatus.SUCCEEDED)
                    .hasStages("draw")
                    .hasStage("draw", StageOutcome.FALLBACK)
                    .hasCalls(2)
                    .servedBy("unpriced")
                    .hasFailedCalls("unavailable")
                    .hasDecision("fallback", "yes")
                    .hasUnknownCosts()
                    .hasNoMissingEvents();
        }

        @Test
        void refuseWhatDoesNot() {
            List<ThrowingCallable> wrong = List.of(
                    () -> assertThat(record).hasStatus(RunStatus.FAILED),
                    () -> assertThat(record).hasStages("draw", "ask"),
                    () -> assertThat(record).hasStage("draw", StageOutcome.EXECUTED),
                    () -> assertThat(record).hasStage("ask", StageOutcome.EXECUTED),
                    () -> assertThat(record).hasCalls(1),
                    () -> assertThat(record).servedBy(),
                    () -> assertThat(record).hasFailedCalls(),
                    () -> assertThat(record).hasDecision("fallback", "no"),
                    () -> assertThat(record).costs(Money.usd(0)),
                    () -> assertThat(RunRecord.of(List.of(TraceEvent.builder(runId, "acme.tick", NOON)
                                    .sequence(1)
                                    .build())))
                            .hasUnknownCosts(),
                    () -> assertThat(RunRecord.of(List.of(TraceEvent.builder(runId, "acme.tick", NOON)
                                    .sequence(2)
                                    .build())))
                            .hasNoMissingEvents());
            assertThat(wrong)
                    .allSatisfy(assertion -> assertThatThrownBy(assertion).isInstanceOf(AssertionError.class));
            assertThat(record.cost()).isEqualTo(Cost.nothing().plus(Cost.unknown()));
        }
    }
}
