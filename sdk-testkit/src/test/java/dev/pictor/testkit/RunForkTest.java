package dev.pictor.testkit;

import static dev.pictor.pipeline.Needs.needs;
import static dev.pictor.testkit.TraceAssertions.assertThat;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.error.PictorException;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Sha256;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunResult;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.PromptException;
import dev.pictor.replay.BatchOptions;
import dev.pictor.replay.ForkBatch;
import dev.pictor.replay.ForkOutcome;
import dev.pictor.replay.ForkedRun;
import dev.pictor.replay.RunChanges;
import dev.pictor.replay.RunReplay;
import dev.pictor.testkit.ReplayScene.Sheet;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.StageRecord;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A past run, forked: from a stage on, with something changed. */
@Timeout(120)
class RunForkTest {

    private final ReplayScene scene = new ReplayScene();
    private final RunReplay replay = RunReplay.of(scene.runner, scene.store);

    @AfterEach
    void close() {
        scene.close();
    }

    private RunResult<Sheet> past() {
        return scene.runner.run(
                scene.pipeline(),
                "a lamp",
                RunOptions.builder().tenant("acme").user("ada").build());
    }

    private RunRecord record(RunId runId) {
        return scene.store.find(runId).orElseThrow();
    }

    private static List<String> restored(RunRecord record) {
        return record.stages().stream()
                .filter(stage -> stage.outcome().orElseThrow() == StageOutcome.RESTORED)
                .map(StageRecord::path)
                .sorted()
                .toList();
    }

    private static RunChanges prompt(String name, String text) {
        return RunChanges.builder().putPrompts(name, text).build();
    }

    @Test
    void runsAnewFromTheFirstStageThatAChangeTouches() {
        RunResult<Sheet> past = past();
        ImageBytes other = ReplayScene.picture(0x112233);
        scene.first.thenReturn(other);

        RunResult<Sheet> fork = replay.fork(scene.pipeline(), past.runId(), prompt("hero.dark", "Light {{what}}"));

        assertThat(fork.runId()).isNotEqualTo(past.runId());
        assertThat(fork.value().hero()).isEqualTo(other);
        assertThat(restored(record(fork.runId()))).containsExactly("read", "vector", "words");
        assertThat(scene.requests()).containsExactly(3, 7, 1, 2, 1);
        assertThat(scene.first.requests().get(2).prompt()).isEqualTo("Light " + FakeReasoningModel.DEFAULT_TEXT);
    }

    @Test
    void saysWhatItIsAndWhatItDoesOtherwise() {
        RunId past = past().runId();

        RunId fork = replay.fork(
                        scene.pipeline(),
                        past,
                        RunChanges.builder()
                                .putPrompts("hero.dark", "Light my secret {{what}}")
                                .putModels("details", "first")
                                .putParameters("hero", Map.of("seed", 8))
                                .build())
                .runId();

        TraceEvent start = scene.store.events(fork).stream()
                .filter(event -> event.type().equals(TraceEvent.RUN_START))
                .findFirst()
                .orElseThrow();
        assertThat(start.attributes())
                .containsEntry("pictor.replay.of_run_id", past.toString())
                .containsEntry("pictor.replay.mode", "fork")
                .containsEntry("pictor.replay.from_stage", "hero")
                .containsEntry(
                        "pictor.replay.changes",
                        List.of("prompt hero.dark", "model of details to first", "parameter seed of hero"));
        RunRecord record = record(fork);
        assertThat(record).hasStatus(RunStatus.SUCCEEDED);
        assertThat(record.tenant()).contains("acme");
        assertThat(record.lineage()).hasValueSatisfying(lineage -> {
            assertThat(lineage.of()).isEqualTo(past);
            assertThat(lineage.mode()).isEqualTo("fork");
            assertThat(lineage.fromStage()).contains("hero");
            assertThat(lineage.changes()).contains("prompt hero.dark");
        });
        assertThat(record.prompts())
                .filteredOn(prompt -> prompt.name().equals("hero"))
                .singleElement()
                .satisfies(prompt -> {
                    assertThat(prompt.rule()).contains("override");
                    assertThat(prompt.origin()).isEqualTo("fork of run " + past);
                });
        assertThat(record.decisions())
                .filteredOn(decision -> decision.decision().kind().equals("prompt_select"))
                .singleElement()
                .satisfies(decision -> assertThat(decision.decision().reason())
                        .startsWith("fork of run " + past + ", in place of what would have served by default"));
        assertThat(start.attributes().toString()).doesNotContain("secret");
        assertThatEvents(scene.store.events(fork)).isWellFormed();
    }

    @Test
    void changesAPromptWhateverItsVariantWhenNoneIsNamed() {
        RunId past = past().runId();

        var unused = replay.fork(scene.pipeline(), past, prompt("hero", "Plain {{what}}"));

        assertThat(scene.first.requests().get(2).prompt()).startsWith("Plain ");
    }

    @Test
    void forcesAModelAndSetsParametersOfTheCallsOfAStage() {
        RunId past = past().runId();

        var unused = replay.fork(
                scene.pipeline(),
                past,
                RunChanges.builder()
                        .putModels("hero", "second")
                        .putParameters("hero", Map.of("seed", 11, "quality", "high"))
                        .putParameters("read", Map.of("temperature", 0.9, "maxOutputTokens", 99, "seed", 5))
                        .build());

        assertThat(scene.first.requests()).hasSize(2);
        var hero = scene.second.requests().get(4);
        assertThat(hero.seed()).hasValue(11);
        assertThat(scene.reader.requests()).hasSize(2);
        var read = scene.reader.requests().get(1);
        assertThat(read.temperature()).hasValue(0.9);
        assertThat(read.maxOutputTokens()).hasValue(99);
        assertThat(read.seed()).hasValue(5);
    }

    @Test
    void pinsAVersionOfAPrompt() {
        RunId past = past().runId();
        String version = record(past).prompts().stream()
                .filter(prompt -> prompt.name().equals("hero"))
                .findFirst()
                .orElseThrow()
                .version();

        RunId fork = replay.fork(
                        scene.pipeline(),
                        past,
                        RunChanges.builder().putPins("hero", version).build())
                .runId();

        assertThat(record(fork).prompts())
                .singleElement()
                .satisfies(prompt -> assertThat(prompt.rule()).contains("pin"));
        assertThatThrownBy(() -> replay.fork(
                        scene.pipeline(),
                        past,
                        RunChanges.builder().putPins("hero", "99").build()))
                .isInstanceOfAny(PromptException.class, dev.pictor.pipeline.StageException.class);
    }

    @Test
    void runsAllAnewWithAnotherInput() {
        RunId past = past().runId();

        RunResult<Sheet> fork = replay.fork(
                scene.pipeline(), past, RunChanges.builder().input("a chair").build());

        assertThat(fork.value().read()).isEqualTo("a chair");
        assertThat(restored(record(fork.runId()))).isEmpty();
        assertThat(scene.store.read(fork.runId()).orElseThrow().input()).isEqualTo(JournaledValue.of("a chair"));
    }

    @Test
    void runsAnewFromAStageWithNothingChanged() {
        RunId past = past().runId();

        RunResult<Sheet> fork = replay.fork(
                scene.pipeline(), past, RunChanges.builder().fromStage("cut").build());

        assertThat(scene.requests()).containsExactly(2, 4, 1, 2, 1);
        assertThat(restored(record(fork.runId())))
                .containsExactly("details", "hero", "parts", "read", "vector", "words");
    }

    @Test
    void canBeReplayedAndResumedAndForkedItself() {
        RunId past = past().runId();
        scene.remover.thenFail(Reason.BLOCKED_BY_POLICY, Billed.REJECTED);
        RunChanges changes = RunChanges.builder().fromStage("hero").build();
        RunId[] failed = new RunId[1];
        assertThatThrownBy(() -> replay.fork(scene.pipeline(), past, changes))
                .isInstanceOfSatisfying(
                        dev.pictor.error.PictorException.class,
                        e -> failed[0] = new RunId(e.runId().orElseThrow()));

        RunResult<Sheet> resumed = scene.runner.resume(scene.pipeline(), failed[0], RunOptions.ofDefaults());
        List<Integer> requests = scene.requests();
        assertThat(requests.get(2)).isEqualTo(1);
        assertThat(replay.replay(scene.pipeline(), failed[0]).value()).isEqualTo(resumed.value());
        assertThat(scene.requests()).isEqualTo(requests);

        RunId again = replay.fork(
                        scene.pipeline(),
                        failed[0],
                        RunChanges.builder().fromStage("cut").build())
                .runId();
        assertThat(restored(record(again))).contains("hero", "read");
    }

    @Test
    void runsStagesAnewThatThePastRunDidNotFinish() {
        scene.remover.thenFail(Reason.BLOCKED_BY_POLICY, Billed.REJECTED);
        RunId[] failed = new RunId[1];
        assertThatThrownBy(this::past)
                .isInstanceOfSatisfying(
                        dev.pictor.error.PictorException.class,
                        e -> failed[0] = new RunId(e.runId().orElseThrow()));

        RunResult<Sheet> fork = replay.fork(
                scene.pipeline(),
                failed[0],
                RunChanges.builder().putModels("details", "second").build());

        assertThat(fork.value().hero()).isEqualTo(ReplayScene.picture(0x204060));
        assertThat(restored(record(fork.runId()))).contains("hero", "read");
    }

    @Test
    void takesOverTheFinishedStagesOfAPipelineInside() {
        StageKey<String> a = StageKey.of("a", String.class);
        StageKey<String> b = StageKey.of("b", String.class);
        StageKey<String> inner = StageKey.of("inner", String.class);
        StageKey<String> outer = StageKey.of("outer", String.class);
        List<String> ran = new ArrayList<>();
        Pipeline<String, String> child = Pipeline.named("child", String.class)
                .stage(a, (run, in) -> {
                    ran.add("a");
                    return in + "a";
                })
                .stage(b, needs(a), (run, in, before) -> {
                    ran.add("b");
                    return before + "b";
                })
                .returning(b);
        Pipeline<String, String> parent = Pipeline.named("parent", String.class)
                .pipeline(inner, child, (run, in) -> in)
                .stage(outer, needs(inner), (run, in, before) -> {
                    ran.add("outer");
                    return before + "!";
                })
                .returning(outer);
        RunId past = scene.runner.run(parent, "x").runId();
        ran.clear();

        String value = replay.fork(
                        parent, past, RunChanges.builder().fromStage("inner/b").build())
                .value();

        assertThat(value).isEqualTo("xab!");
        assertThat(ran).containsExactly("b", "outer");
        assertThat(parent.affectedBy(Set.of("inner/b"))).containsExactly("inner", "inner/b", "outer");
        assertThat(parent.affectedBy(Set.of("inner"))).containsExactly("inner", "inner/a", "inner/b", "outer");
    }

    @Nested
    class Refuses {

        @Test
        void toResumeAForkWhoseChangesTheJournalDoesNotKeep() {
            RunId past = past().runId();
            scene.remover.thenFail(Reason.BLOCKED_BY_POLICY, Billed.REJECTED);
            PictorException thrown = catchThrowableOfType(
                    PictorException.class,
                    () -> replay.fork(scene.pipeline(), past, prompt("hero.dark", "Light {{what}}")));
            RunId failed = new RunId(thrown.runId().orElseThrow());

            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> scene.runner.resume(scene.pipeline(), failed, RunOptions.ofDefaults()))
                    .withMessageContaining("is a replay or a fork whose changes are not in the journal: make it again")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.NOT_RECORDED));
        }

        private void assertNotAllowed(RunChanges changes, String message) {
            RunId past = past().runId();
            List<Integer> requests = scene.requests();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> replay.fork(scene.pipeline(), past, changes))
                    .withMessageContaining(message.replace("{past}", past.toString()));

            assertThat(scene.requests()).isEqualTo(requests);
        }

        @Test
        void aForkThatChangesNothing() {
            assertNotAllowed(
                    RunChanges.builder().build(),
                    "a fork of run {past} needs a change, or fromStage to say from where on it runs anew");
        }

        @Test
        void toReplayAForkWhoseChangesAreNotKept() {
            RunId fork = replay.fork(scene.pipeline(), past().runId(), prompt("hero.dark", "Light {{what}}"))
                    .runId();

            assertThatThrownBy(() -> replay.replay(scene.pipeline(), fork))
                    .isInstanceOfSatisfying(
                            StoredRunException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(StoredRunException.Reason.NOT_RECORDED))
                    .hasMessageContaining("is a fork whose changes are not kept ([prompt hero.dark])");
        }

        @Test
        void aPromptThatTheRunDidNotRender() {
            assertNotAllowed(prompt("hero.light", "x"), "run {past} rendered no prompt hero.light");
        }

        @Test
        void aStageThatThePipelineDoesNotHave() {
            assertNotAllowed(
                    RunChanges.builder().putModels("heroes", "second").build(), "pipeline sheet has no stage heroes");
        }

        @Test
        void aChangeBeforeTheStageToBeginAt() {
            assertNotAllowed(
                    RunChanges.builder()
                            .fromStage("cut")
                            .putPrompts("hero.dark", "x")
                            .build(),
                    "fromStage cut is behind hero, which the changes touch");
        }

        @Test
        void anInputOfAnotherType() {
            assertNotAllowed(
                    RunChanges.builder().input(7).build(),
                    "input of pipeline sheet must be a java.lang.String, was a java.lang.Integer");
        }

        @Test
        void aNumberThatIsNone() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RunChanges.builder()
                            .putParameters("hero", Map.of("seed", "eight"))
                            .build())
                    .withMessage("parameter seed of stage hero must be a number, was a String");
        }

        private RunJournal changed(UnaryOperator<JournaledRun> through) {
            return new RunJournal() {
                @Override
                public void begin(JournaledRun run) {
                    throw new AssertionError("only read");
                }

                @Override
                public void stageFinished(RunId runId, String stage, JournaledValue output) {
                    throw new AssertionError("only read");
                }

                @Override
                public void end(RunId runId, boolean resumable) {
                    throw new AssertionError("only read");
                }

                @Override
                public RunId claim(Sha256 key, RunId runId) {
                    throw new AssertionError("only read");
                }

                @Override
                public Optional<JournaledRun> read(RunId runId) {
                    return scene.store.read(runId).map(through);
                }
            };
        }

        private void assertRefused(RunReplay over, StoredRunException.Reason reason, String... words) {
            RunId past = scene.store.newest(1).get(0);
            int runs = scene.store.newest(100).size();

            assertThatThrownBy(() -> over.fork(
                            scene.pipeline(),
                            past,
                            RunChanges.builder().fromStage("cut").build()))
                    .isInstanceOfSatisfying(StoredRunException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(reason);
                        assertThat(refusal).hasMessageContainingAll(words);
                    });

            assertThat(scene.store.newest(100)).hasSize(runs);
        }

        private RunReplay withHero(JournaledValue hero) {
            var unused = past();
            return RunReplay.of(
                    scene.runner,
                    scene.store,
                    changed(run -> JournaledRun.builder(
                                    run.runId(), run.pipeline(), run.definition(), run.startedAt(), run.input())
                            .from(run)
                            .stages(replaced(run.stages(), hero))
                            .build()),
                    scene.store);
        }

        private Map<String, JournaledValue> replaced(Map<String, JournaledValue> stages, JournaledValue hero) {
            Map<String, JournaledValue> changed = new java.util.LinkedHashMap<>(stages);
            changed.put("hero", hero);
            return changed;
        }

        @Test
        void aValueThatWasWithheldAndSaysWhich() {
            assertRefused(
                    withHero(JournaledValue.withheld("it holds a secret")),
                    StoredRunException.Reason.WITHHELD,
                    "the output of stage hero was withheld: it holds a secret");
        }

        @Test
        void aValueThatWasRedactedAndSaysWhich() {
            assertRefused(
                    withHero(JournaledValue.of(Map.of("sha256", "__REDACTED__"))),
                    StoredRunException.Reason.REDACTED,
                    "the output of stage hero");
        }

        @Test
        void aPictureThatIsNotStoredAndSaysOfWhichStage() {
            RunResult<Sheet> past = past();
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
            try (PipelineRunner runner = PipelineRunner.builder()
                    .traceSink(scene.store)
                    .journal(scene.store)
                    .artifacts(holed)
                    .build()) {
                assertRefused(
                        RunReplay.of(runner, scene.store),
                        StoredRunException.Reason.ARTIFACT_MISSING,
                        "the output of stage hero");
            }
        }
    }

    @Nested
    class OfMany {

        private final RunChanges changes = prompt("hero.dark", "Light {{what}}");

        private List<RunId> pastRuns(int count) {
            List<RunId> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                runs.add(past().runId());
            }
            return runs;
        }

        @Test
        void givesALineForEachInTheirOrder() {
            List<RunId> past = pastRuns(3);

            ForkBatch batch = replay.forkAll(
                    scene.pipeline(),
                    past,
                    changes,
                    BatchOptions.builder().concurrency(3).build());

            assertThat(batch.runs()).extracting(ForkedRun::pastRunId).containsExactlyElementsOf(past);
            assertThat(batch.count(ForkOutcome.SUCCEEDED)).isEqualTo(3);
            assertThat(batch.runs()).allSatisfy(run -> {
                assertThat(run.before().orElseThrow().runId()).isEqualTo(run.pastRunId());
                assertThat(run.after().orElseThrow()).hasStatus(RunStatus.SUCCEEDED);
                assertThat(run.after().orElseThrow().runId()).isNotEqualTo(run.pastRunId());
                assertThat(run.reason()).isEmpty();
            });
            assertThat(batch.cost().isComplete()).isTrue();
        }

        @Test
        void goesOnAfterOneThatFailsAndOneThatIsRefused() {
            List<RunId> past = new ArrayList<>(pastRuns(2));
            RunId unknown = RunId.create();
            past.add(1, unknown);
            scene.remover.thenFail(Reason.BLOCKED_BY_POLICY, Billed.REJECTED);

            ForkBatch batch = replay.forkAll(
                    scene.pipeline(),
                    past,
                    changes,
                    BatchOptions.builder().concurrency(1).build());

            assertThat(batch.runs())
                    .extracting(ForkedRun::outcome)
                    .containsExactly(ForkOutcome.FAILED, ForkOutcome.REFUSED, ForkOutcome.SUCCEEDED);
            assertThat(batch.runs().get(0).after().orElseThrow()).hasStatus(RunStatus.FAILED);
            assertThat(batch.runs().get(0).reason().orElseThrow()).contains("stage cut");
            assertThat(batch.runs().get(1).before()).isEmpty();
            assertThat(batch.runs().get(1).reason()).contains("run " + unknown + " is not in the journal");
        }

        @Test
        void goesOnAfterOneWhoseLimiterBreaks() {
            List<RunId> past = pastRuns(2);
            AtomicInteger admitted = new AtomicInteger();
            try (PipelineRunner limited = PipelineRunner.builder()
                    .traceSink(scene.store)
                    .journal(scene.store)
                    .artifacts(scene.store)
                    .limiter(options -> {
                        if (admitted.incrementAndGet() == 1) {
                            throw new IllegalStateException("the counter is gone");
                        }
                    })
                    .build()) {
                ForkBatch batch = RunReplay.of(limited, scene.store)
                        .forkAll(
                                scene.pipeline(),
                                past,
                                changes,
                                BatchOptions.builder().concurrency(1).build());

                assertThat(batch.runs())
                        .extracting(ForkedRun::outcome)
                        .containsExactly(ForkOutcome.FAILED, ForkOutcome.SUCCEEDED);
                assertThat(batch.runs().get(0).reason()).contains("java.lang.IllegalStateException");
            }
        }

        /** Each past run cost 8 cents: four pictures of 2 cents. */
        @Test
        void startsNoMoreThanItsCostAllows() {
            List<RunId> past = pastRuns(3);

            ForkBatch batch = replay.forkAll(
                    scene.pipeline(),
                    past,
                    changes,
                    BatchOptions.builder()
                            .concurrency(1)
                            .maxCost(GatewayCalls.usd("0.15"))
                            .build());

            assertThat(batch.runs())
                    .extracting(ForkedRun::outcome)
                    .containsExactly(ForkOutcome.SUCCEEDED, ForkOutcome.SUCCEEDED, ForkOutcome.NOT_STARTED);
            assertThat(batch.runs().get(2).reason()).contains("one more run might cost more than maxCost allows");
        }

        @Test
        void findsRunsByAFilter() {
            List<RunId> past = pastRuns(3);

            ForkBatch batch = replay.forkAll(
                    scene.pipeline(),
                    record -> !record.runId().equals(past.get(1)),
                    10,
                    changes,
                    BatchOptions.builder().maxRuns(1).build());

            assertThat(batch.runs()).extracting(ForkedRun::pastRunId).containsExactly(past.get(2));
        }

        @Test
        void stopsWhenItsCallerIsInterrupted() throws Exception {
            List<RunId> past = pastRuns(3);
            scene.remover.thenStall();
            ForkBatch[] batch = new ForkBatch[1];
            boolean[] interrupted = new boolean[1];
            Thread caller = new Thread(() -> {
                batch[0] = replay.forkAll(
                        scene.pipeline(),
                        past,
                        changes,
                        BatchOptions.builder().concurrency(1).build());
                interrupted[0] = Thread.interrupted();
            });
            caller.start();
            scene.remover.awaitRequests(4, java.time.Duration.ofSeconds(60));

            caller.interrupt();
            caller.join(60_000);

            assertThat(caller.isAlive()).isFalse();
            assertThat(interrupted[0]).isTrue();
            assertThat(batch[0].runs())
                    .extracting(ForkedRun::outcome)
                    .containsExactly(ForkOutcome.FAILED, ForkOutcome.NOT_STARTED, ForkOutcome.NOT_STARTED);
        }

        @Test
        void hasBoundsForWhatItIsToldToDo() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BatchOptions.builder().concurrency(33).build())
                    .withMessage("concurrency must be 1 to 32, was 33");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BatchOptions.builder().maxRuns(0).build())
                    .withMessage("maxRuns must be 1 to 10000, was 0");
        }
    }
}
