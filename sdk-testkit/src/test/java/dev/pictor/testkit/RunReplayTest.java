package dev.pictor.testkit;

import static dev.pictor.pipeline.Needs.needs;
import static dev.pictor.testkit.TraceAssertions.assertThat;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.RecordedFailureException;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunResult;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.MemoryPromptSource;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.replay.RunReplay;
import dev.pictor.replay.UnmatchedCallException;
import dev.pictor.testkit.ReplayScene.Sheet;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceEvent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorded run, replayed from its record: the same result, and no call. */
@Timeout(120)
class RunReplayTest {

    private final ReplayScene scene = new ReplayScene();
    private final RunReplay replay = RunReplay.of(scene.runner, scene.store);

    @AfterEach
    void close() {
        scene.close();
    }

    private RunResult<Sheet> recorded() {
        return scene.runner.run(
                scene.pipeline(),
                "a lamp",
                RunOptions.builder().tenant("acme").user("ada").build());
    }

    @Test
    void givesTheSameResultByteByByteWithoutACall() {
        RunResult<Sheet> past = recorded();
        List<Integer> requests = scene.requests();
        var pastHero = Objects.requireNonNull(scene.heroAnswer);
        var pastContinuation = scene.continued;
        assertThat(requests).containsExactly(2, 4, 1, 1, 1);

        RunResult<Sheet> again = replay.replay(scene.pipeline(), past.runId());

        assertThat(scene.requests()).isEqualTo(requests);
        assertThat(again.value()).isEqualTo(past.value());
        assertThat(again.runId()).isNotEqualTo(past.runId());
        var hero = Objects.requireNonNull(scene.heroAnswer);
        assertThat(hero.result()).isEqualTo(pastHero.result());
        assertThat(scene.continued).isEqualTo(pastContinuation).isNotNull();
        assertThat(hero.source()).isEqualTo(AnswerSource.REPLAY);
        assertThat(hero.isFallback()).isTrue();
        assertThat(hero.cost()).isEqualTo(Cost.nothing());
        assertThat(hero.attempts()).isEmpty();
        assertThat(hero.warnings()).isEqualTo(pastHero.warnings());
    }

    @Test
    void keepsWhatEveryStageGaveTheSame() {
        RunId past = recorded().runId();

        RunId again = replay.replay(scene.pipeline(), past).runId();

        assertThat(scene.store.read(again).orElseThrow().stages())
                .isEqualTo(scene.store.read(past).orElseThrow().stages());
    }

    @Test
    void isARunOfItsOwnThatNamesThePastOneAndCostsNothing() {
        RunId past = recorded().runId();

        RunId again = replay.replay(scene.pipeline(), past).runId();

        RunRecord record = scene.store.find(again).orElseThrow();
        assertThat(record).hasStatus(RunStatus.SUCCEEDED);
        assertThat(record.calls()).isEmpty();
        assertThat(record.cost()).isEqualTo(Cost.nothing());
        assertThat(record.tenant()).contains("acme");
        assertThat(record.user()).contains("ada");
        assertThat(start(again).attributes())
                .containsEntry("pictor.replay.of_run_id", past.toString())
                .containsEntry("pictor.replay.mode", "cassette");
        assertThatEvents(scene.store.events(again)).isWellFormed();
    }

    private TraceEvent start(RunId runId) {
        return scene.store.events(runId).stream()
                .filter(event -> event.type().equals(TraceEvent.RUN_START))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void canBeReplayedItself() {
        RunResult<Sheet> past = recorded();
        List<Integer> requests = scene.requests();
        RunId again = replay.replay(scene.pipeline(), past.runId()).runId();

        RunResult<Sheet> third = replay.replay(scene.pipeline(), again);

        assertThat(third.value()).isEqualTo(past.value());
        assertThat(scene.requests()).isEqualTo(requests);
    }

    @Test
    void replaysARunThatWasResumedAsIfNothingHadHappened() {
        scene.remover.thenFail(Reason.BLOCKED_BY_POLICY, Billed.REJECTED);
        RunId past = failed(this::recorded);
        RunResult<Sheet> resumed = scene.runner.resume(scene.pipeline(), past, RunOptions.ofDefaults());
        List<Integer> requests = scene.requests();

        RunResult<Sheet> again = replay.replay(scene.pipeline(), past);

        assertThat(again.value()).isEqualTo(resumed.value());
        assertThat(scene.requests()).isEqualTo(requests);
    }

    private static RunId failed(Supplier<RunResult<?>> start) {
        try {
            throw new AssertionError("the run did not fail: " + start.get().runId());
        } catch (PictorException e) {
            return new RunId(e.runId().orElseThrow());
        }
    }

    @Test
    void findsWhatAnotherProcessRecorded(@TempDir Path directory) {
        RunResult<Sheet> past;
        try (DirectoryRunStore store = DirectoryRunStore.open(directory);
                PipelineRunner runner = runner(store)) {
            past = runner.run(scene.pipeline(), "a lamp");
        }
        List<Integer> requests = scene.requests();
        try (DirectoryRunStore store = DirectoryRunStore.open(directory);
                PipelineRunner runner = runner(store)) {

            RunResult<Sheet> again = RunReplay.of(runner, store).replay(scene.pipeline(), past.runId());

            assertThat(again.value()).isEqualTo(past.value());
        }
        assertThat(scene.requests()).isEqualTo(requests);
    }

    private static PipelineRunner runner(DirectoryRunStore store) {
        return PipelineRunner.builder()
                .traceSink(store)
                .journal(store)
                .artifacts(store)
                .build();
    }

    /** An answer from a cache has no attempt in its run: the answer itself has the result then. */
    @Test
    void replaysAnswersThatCameFromACache() {
        StageKey<ImageBytes> drawn = StageKey.of("drawn", ImageBytes.class);
        FakeImageModel model = GatewayCalls.model("first", "0.01");
        try (Gateway cached =
                Gateway.builder(model).cache(CacheSettings.builder().build()).build()) {
            Pipeline<String, ImageBytes> pipeline = Pipeline.named("drawing", String.class)
                    .stage(
                            drawn,
                            (run, wish) -> cached.generate(
                                            run, ImageRequest.builder(wish).build())
                                    .result()
                                    .images()
                                    .get(0))
                    .returning(drawn);
            ImageBytes picture = scene.runner.run(pipeline, "a lamp").value();
            RunId hit = scene.runner.run(pipeline, "a lamp").runId();
            assertThat(model.requests()).hasSize(1);

            assertThat(replay.replay(pipeline, hit).value()).isEqualTo(picture);

            assertThat(model.requests()).hasSize(1);
            assertThat(scene.store.find(hit).orElseThrow().artifacts()).hasSize(1);
        }
    }

    /** More pictures than the model draws at once: no single attempt has the whole answer. */
    @Test
    void replaysAnswersThatWereJoinedFromParts() {
        StageKey<List<ImageBytes>> drawn = StageKey.listOf("drawn", ImageBytes.class);
        FakeImageModel model = FakeImageModel.create()
                .profile(GatewayCalls.profile("first", "0.01").toBuilder()
                        .maxCount(1)
                        .build())
                .thenReturn(ReplayScene.picture(1))
                .thenReturn(ReplayScene.picture(2));
        try (Gateway single = Gateway.builder(model).build()) {
            Pipeline<String, List<ImageBytes>> pipeline = Pipeline.named("drawing", String.class)
                    .stage(
                            drawn,
                            (run, wish) -> single.generate(
                                            run,
                                            ImageRequest.builder(wish).count(2).build())
                                    .result()
                                    .images())
                    .returning(drawn);
            RunResult<List<ImageBytes>> past = scene.runner.run(pipeline, "a lamp");
            assertThat(past.value()).hasSize(2);

            assertThat(replay.replay(pipeline, past.runId()).value()).isEqualTo(past.value());

            assertThat(model.requests()).hasSize(2);
        }
    }

    @Nested
    class OfAFailure {

        private final StageKey<String> drawn = StageKey.of("drawn", String.class);

        private Pipeline<String, String> pipeline(Gateway gateway) {
            return Pipeline.named("drawing", String.class)
                    .stage(
                            drawn,
                            (run, wish) -> gateway.generate(
                                            run, ImageRequest.builder(wish).build())
                                    .result()
                                    .servedBy())
                    .returning(drawn);
        }

        @Test
        void throwsTheModelsFailureAgain() {
            FakeImageModel model = GatewayCalls.model("first", "0.01")
                    .thenThrow(new ModelException(
                            ModelFailure.builder("first", Reason.BLOCKED_BY_POLICY, Billed.REJECTED, "first refused")
                                    .refusal(ModelFailure.Refusal.BLOCKED_INPUT)
                                    .httpStatus(400)
                                    .retryAfter(Duration.ofSeconds(2))
                                    .vendorRequestId("req-9")
                                    .build()));
            try (Gateway gateway = Gateway.builder(model).build()) {
                RunId past = failed(() -> scene.runner.run(pipeline(gateway), "x"));

                assertThatThrownBy(() -> replay.replay(pipeline(gateway), past))
                        .isInstanceOfSatisfying(ModelException.class, again -> {
                            assertThat(again.modelId()).isEqualTo("first");
                            assertThat(again.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
                            assertThat(again.billed()).isEqualTo(Billed.REJECTED);
                            assertThat(again.refusal()).contains(ModelFailure.Refusal.BLOCKED_INPUT);
                            assertThat(again.httpStatus()).hasValue(400);
                            assertThat(again.retryAfter()).contains(Duration.ofSeconds(2));
                            assertThat(again.vendorRequestId()).contains("req-9");
                            assertThat(again.getMessage()).startsWith("first refused [run ");
                            assertThat(again.runId()).isPresent().get().isNotEqualTo(past.toString());
                        });
                assertThat(model.requests()).hasSize(1);
            }
        }

        @Test
        void saysWhatItWasWhereItCannotBeMadeAgain() {
            FakeImageModel model = GatewayCalls.model("first", "0.01");
            try (Gateway gateway = Gateway.builder(model)
                    .budgets(Budgets.builder(MemoryLedger.create())
                            .add(Budget.usd("0.001"))
                            .build())
                    .build()) {
                RunId past = failed(() -> scene.runner.run(pipeline(gateway), "x"));

                assertThatThrownBy(() -> replay.replay(pipeline(gateway), past))
                        .isInstanceOfSatisfying(RecordedFailureException.class, again -> {
                            assertThat(again.errorType()).isEqualTo("BudgetExceededException");
                            assertThat(again.isRetryable()).isFalse();
                        })
                        .hasMessageContaining("the budget of");
            }
        }
    }

    @Nested
    class FindsNoAnswer {

        @Test
        void toARequestThatIsAnotherOneAndSaysWhichPartsOfItAre() {
            RunId past = recorded().runId();
            Map<String, String> changed = new HashMap<>(scene.files);
            changed.put("hero.dark.prompt", "Darker than my secret {{what}}");
            scene.prompts = PromptRegistry.of(MemoryPromptSource.of(changed));

            assertThatThrownBy(() -> replay.replay(scene.pipeline(), past))
                    .isInstanceOfSatisfying(UnmatchedCallException.class, mismatch -> {
                        assertThat(mismatch.path()).isEqualTo("hero");
                        assertThat(mismatch.operation()).isEqualTo("generate_content");
                        assertThat(mismatch.differences()).containsExactly("messages[0]");
                        assertThat(mismatch)
                                .hasMessageStartingWith("stage hero asked for generate_content, but not for what run "
                                        + past + " was answered there: messages[0] is not as recorded")
                                .hasMessageNotContaining("secret");
                    });
        }

        @Test
        void andSaysSoEvenWhereAStagesFallbackTakesOver() {
            RunId past = recorded().runId();
            Map<String, String> changed = new HashMap<>(scene.files);
            changed.put("read.prompt", "Read with care: {{wish}}");
            scene.prompts = PromptRegistry.of(MemoryPromptSource.of(changed));

            assertThatThrownBy(() -> replay.replay(scene.pipeline(), past))
                    .isInstanceOfSatisfying(
                            UnmatchedCallException.class,
                            mismatch -> assertThat(mismatch.path()).isEqualTo("read"));
        }

        @Test
        void toOneCallMoreThanWasRecorded() {
            StageKey<String> drawn = StageKey.of("drawn", String.class);
            int[] calls = {1};
            Pipeline<String, String> pipeline = Pipeline.named("drawing", String.class)
                    .stage(drawn, (run, wish) -> {
                        for (int i = 0; i < calls[0]; i++) {
                            var unused = scene.gateway.generate(
                                    run, ImageRequest.builder(wish).build());
                        }
                        return "done";
                    })
                    .returning(drawn);
            RunId past = scene.runner.run(pipeline, "x").runId();
            calls[0] = 2;

            assertThatThrownBy(() -> replay.replay(pipeline, past))
                    .isInstanceOfSatisfying(
                            UnmatchedCallException.class,
                            mismatch -> assertThat(mismatch.differences()).isEmpty())
                    .hasMessageContaining("was answered no such call there that is left");
        }
    }

    @Nested
    class Refuses {

        private void assertRefused(RunReplay over, RunId past, StoredRunException.Reason reason, String... words) {
            List<Integer> requests = scene.requests();
            int runs = scene.store.newest(100).size();

            assertThatThrownBy(() -> over.replay(scene.pipeline(), past))
                    .isInstanceOfSatisfying(StoredRunException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(reason);
                        assertThat(refusal).hasMessageContainingAll(words);
                    });

            assertThat(scene.requests()).isEqualTo(requests);
            assertThat(scene.store.newest(100)).hasSize(runs);
        }

        private RunReplay seen(Function<TraceEvent, TraceEvent> through) {
            RunStore changed = new RunStore() {
                @Override
                public List<TraceEvent> events(RunId runId) {
                    return scene.store.events(runId).stream().map(through).toList();
                }

                @Override
                public List<RunId> newest(int limit) {
                    return scene.store.newest(limit);
                }
            };
            return RunReplay.of(scene.runner, changed, scene.store, scene.store);
        }

        private TraceEvent withBody(TraceEvent event, Map<String, Object> body) {
            return TraceEvent.builder(event.runId(), event.type(), event.time())
                    .sequence(event.sequence())
                    .elapsedNanos(event.elapsedNanos())
                    .spanId(event.spanId())
                    .parentSpanId(event.parentSpanId())
                    .attributes(event.attributes())
                    .body(body)
                    .build();
        }

        @Test
        void aRunThatNobodyKnows() {
            assertRefused(replay, RunId.create(), StoredRunException.Reason.NOT_FOUND, "is not in the journal");
        }

        @Test
        void aRunOfAnotherDefinition() {
            StageKey<Sheet> sheet = ReplayScene.SHEET;
            StageKey<Sheet> same = StageKey.of("same", Sheet.class);
            RunId past = recorded().runId();
            Pipeline<String, Sheet> other = Pipeline.named("sheet", String.class)
                    .stage(sheet, (run, wish) -> {
                        throw new AssertionError("no stage runs");
                    })
                    .stage(same, needs(sheet), (run, wish, made) -> made)
                    .returning(same);

            assertThatThrownBy(() -> replay.replay(other, past))
                    .isInstanceOfSatisfying(
                            StoredRunException.class,
                            refusal ->
                                    assertThat(refusal.reason()).isEqualTo(StoredRunException.Reason.OTHER_DEFINITION));
        }

        @Test
        void aRunThatHasNotEnded() {
            RunId past = recorded().runId();
            RunReplay before = seen(event -> event.type().equals(TraceEvent.RUN_END)
                    ? TraceEvent.builder(event.runId(), "later.end", event.time())
                            .sequence(event.sequence())
                            .build()
                    : event);

            assertRefused(before, past, StoredRunException.Reason.NOT_ENDED, "has not ended");
        }

        @Test
        void aRunWhosePictureIsGone() {
            RunResult<Sheet> past = recorded();
            Sha256 gone = past.value().hero().sha256();
            ArtifactStore holed = new ArtifactStore() {
                @Override
                public void put(Sha256 sha256, ByteBuffer bytes) {
                    scene.store.put(sha256, bytes);
                }

                @Override
                public Optional<ByteBuffer> get(Sha256 sha256) {
                    return sha256.equals(gone) ? Optional.empty() : scene.store.get(sha256);
                }
            };

            assertRefused(
                    RunReplay.of(scene.runner, scene.store, scene.store, holed),
                    past.runId(),
                    StoredRunException.Reason.ARTIFACT_MISSING,
                    "stage hero",
                    gone.hex());
        }

        @Test
        void aRunWhoseContentWasNotRecorded() {
            RunId past = recorded().runId();
            RunReplay lean = seen(event -> event.type().equals(TraceEvent.MODEL_CALL_END)
                    ? withBody(event, Map.of("pictor.cost", Cost.nothing()))
                    : event);

            assertRefused(lean, past, StoredRunException.Reason.NOT_RECORDED, "without its content");
        }

        @Test
        void aRunWhoseRequestsWereNotRecorded() {
            RunId past = recorded().runId();
            RunReplay lean = seen(event -> event.type().equals(TraceEvent.ANSWER) ? withBody(event, Map.of()) : event);

            assertRefused(lean, past, StoredRunException.Reason.NOT_RECORDED, "without its request");
        }

        @Test
        void aRunOfWhichOnlyStartAndEndWereKept() {
            RunId past = recorded().runId();
            RunStore sampled = new RunStore() {
                @Override
                public List<TraceEvent> events(RunId runId) {
                    List<TraceEvent> ends = scene.store.events(runId).stream()
                            .filter(event -> event.type().equals(TraceEvent.RUN_START)
                                    || event.type().equals(TraceEvent.RUN_END))
                            .toList();
                    return List.of(renumbered(ends.get(0), 1), renumbered(ends.get(1), 2));
                }

                @Override
                public List<RunId> newest(int limit) {
                    return List.of();
                }
            };

            assertRefused(
                    RunReplay.of(scene.runner, sampled, scene.store, scene.store),
                    past,
                    StoredRunException.Reason.NOT_RECORDED,
                    "no more than its start and end");
        }

        private TraceEvent renumbered(TraceEvent event, long sequence) {
            return TraceEvent.builder(event.runId(), event.type(), event.time())
                    .sequence(sequence)
                    .attributes(event.attributes())
                    .build();
        }

        @Test
        void aRunWithLostEvents() {
            RunId past = recorded().runId();
            RunReplay holed = seen(event -> event.sequence() == 5 ? renumbered(event, 6) : event);

            assertRefused(holed, past, StoredRunException.Reason.NOT_RECORDED, "1 of its events are lost");
        }

        @Test
        void aRunWithRedactedAnswers() {
            RunId past = recorded().runId();
            RunReplay redacted = seen(event -> {
                if (!event.type().equals(TraceEvent.MODEL_CALL_END)
                        || !(event.body().get("response") instanceof Map<?, ?> response)
                        || response.get("text") == null) {
                    return event;
                }
                Map<String, Object> body = new HashMap<>(event.body());
                body.put("response", Map.of("text", "it is __REDACTED__"));
                return withBody(event, body);
            });

            assertRefused(redacted, past, StoredRunException.Reason.REDACTED, "was redacted");
        }
    }

    @Test
    void callsModelsAgainAfterAReplay() {
        RunId past = recorded().runId();
        var unused = replay.replay(scene.pipeline(), past);
        List<Integer> before = scene.requests();

        var anew = scene.runner.run(scene.pipeline(), "a lamp");

        assertThat(anew.runId()).isNotEqualTo(past);
        assertThat(scene.requests()).isNotEqualTo(before);
    }
}
