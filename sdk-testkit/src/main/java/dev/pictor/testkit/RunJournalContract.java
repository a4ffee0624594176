package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.image.Sha256;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.JournaledRunBuilder;
import dev.pictor.trace.JournaledValue;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.StoredRunException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link RunJournal} passes that keeps something. Extend it and give the journal. Not thread-safe.
 */
public abstract class RunJournalContract {

    private static final Instant START = Instant.parse("2026-11-20T08:15:30.123456789Z");
    private static final Sha256 DEFINITION = Sha256.of(new byte[] {1, 2, 3});
    private static final int STAGES_A_THREAD = 25;

    /** For subclasses. */
    protected RunJournalContract() {}

    /**
     * Returns the journal under test.
     *
     * @return the same journal until {@link #reopen()}; the subclass closes it
     */
    protected abstract RunJournal journal();

    /**
     * Closes the journal and opens it again, as another process would; {@link #journal()} is the new one from then on. A
     * journal that does not outlive its process does nothing.
     */
    protected abstract void reopen();

    @Test
    void givesBackWhatARunWasStartedWith() {
        JournaledRun run = run(RunId.create()).tenant("acme").user("ada").build();

        journal().begin(run);

        assertThat(journal().read(run.runId())).contains(run);
        letGoAndReopen(run.runId());
        assertThat(journal().read(run.runId())).contains(run);
    }

    @Test
    void hasNothingOfARunThatNobodyKnows() {
        assertThat(journal().read(RunId.create())).isEmpty();
    }

    @Test
    void givesBackTheOutputsOfFinishedStagesInTheirOrder() {
        RunId runId = RunId.create();
        Map<String, JournaledValue> outputs = new LinkedHashMap<>();
        outputs.put("z", JournaledValue.of("a lamp"));
        outputs.put("audit/colours", JournaledValue.of(List.of(1, "two", Map.of("three", 3.5))));
        outputs.put("a", JournaledValue.of(42));

        journal().begin(run(runId).build());
        outputs.forEach((stage, output) -> journal().stageFinished(runId, stage, output));
        letGoAndReopen(runId);

        JournaledRun read = journal().read(runId).orElseThrow();
        assertThat(read.stages()).containsExactlyEntriesOf(outputs);
        assertThat(read.isFinished()).isFalse();
    }

    @Test
    void keepsValuesThatAreEmptyAndThoseWithNothingInThem() {
        RunId runId = RunId.create();
        List<Object> values = List.of(
                "", List.of(), Map.of(), 0, false, Map.of("in", List.of("")), Collections.singletonMap("none", null));
        journal().begin(run(runId).build());

        for (int i = 0; i < values.size(); i++) {
            journal().stageFinished(runId, "s" + i, JournaledValue.of(values.get(i)));
        }
        letGoAndReopen(runId);

        Map<String, JournaledValue> stages = journal().read(runId).orElseThrow().stages();
        for (int i = 0; i < values.size(); i++) {
            assertThat(stages.get("s" + i)).isEqualTo(JournaledValue.of(values.get(i)));
        }
    }

    @Test
    void saysWhyAValueWasWithheld() {
        RunId runId = RunId.create();
        JournaledValue input = JournaledValue.withheld("it holds a secret");
        JournaledValue output = JournaledValue.withheld("it has no JSON form");

        journal()
                .begin(JournaledRun.builder(runId, "sample", DEFINITION, START, input)
                        .build());
        journal().stageFinished(runId, "draw", output);
        letGoAndReopen(runId);

        JournaledRun read = journal().read(runId).orElseThrow();
        assertThat(read.input()).isEqualTo(input);
        assertThat(read.stages()).containsExactly(Map.entry("draw", output));
    }

    @Test
    void keepsWhatWasLessThanItCouldBe() {
        RunId runId = RunId.create();
        JournaledValue output = JournaledValue.of("a lamp")
                .withDegradations(List.of("the fallback took over", "smaller than asked for"));
        journal().begin(run(runId).build());

        journal().stageFinished(runId, "draw", output);
        letGoAndReopen(runId);

        assertThat(journal().read(runId).orElseThrow().stages()).containsExactly(Map.entry("draw", output));
    }

    @Test
    void refusesARunThatIsUnderWay() {
        RunId runId = RunId.create();
        JournaledRun run = run(runId).build();
        journal().begin(run);

        assertThatExceptionOfType(StoredRunException.class)
                .isThrownBy(() -> journal().begin(run))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.IN_USE));

        journal().end(runId, true);
        journal().begin(run);
        assertThat(journal().read(runId)).isPresent();
    }

    @Test
    void changesNothingWhenARunIsBegunAgain() {
        RunId runId = RunId.create();
        JournaledRun run = run(runId).build();
        journal().begin(run);
        journal().stageFinished(runId, "draw", JournaledValue.of("a lamp"));
        JournaledRun before = journal().read(runId).orElseThrow();

        journal().end(runId, true);
        journal().begin(run);
        assertThat(journal().read(runId)).contains(before);
        letGoAndReopen(runId);
        journal()
                .begin(JournaledRun.builder(runId, "other", DEFINITION, START.plusSeconds(1), JournaledValue.of("x"))
                        .putStages("check", JournaledValue.of("ignored"))
                        .build());

        assertThat(journal().read(runId)).contains(before);
    }

    @Test
    void isFinishedWhenItIsOverForGoodAndOnlyThen() {
        RunId runId = RunId.create();
        journal().begin(run(runId).build());
        journal().end(runId, true);
        assertThat(journal().read(runId)).map(JournaledRun::isFinished).contains(false);

        journal().begin(run(runId).build());
        journal().end(runId, false);

        assertThat(journal().read(runId)).map(JournaledRun::isFinished).contains(true);
        reopen();
        assertThat(journal().read(runId)).map(JournaledRun::isFinished).contains(true);
    }

    @Test
    void losesNothingOfManyThreadsAtOnce() throws Exception {
        RunId shared = RunId.create();
        journal().begin(run(shared).build());
        List<RunId> own = new ArrayList<>();
        for (int i = 0; i < SideBySide.THREADS; i++) {
            own.add(RunId.create());
        }

        SideBySide.run(thread -> {
            RunId runId = own.get(thread);
            journal().begin(run(runId).build());
            for (int i = 0; i < STAGES_A_THREAD; i++) {
                journal().stageFinished(shared, "s" + thread + "/" + i, JournaledValue.of(i));
                journal().stageFinished(runId, "s" + i, JournaledValue.of(thread));
            }
            journal().end(runId, false);
        });
        letGoAndReopen(shared);

        assertThat(journal().read(shared).orElseThrow().stages()).hasSize(SideBySide.THREADS * STAGES_A_THREAD);
        for (RunId runId : own) {
            JournaledRun read = journal().read(runId).orElseThrow();
            assertThat(read.stages()).hasSize(STAGES_A_THREAD);
            assertThat(read.isFinished()).isTrue();
        }
    }

    @Test
    void givesAKeyToWhoeverClaimsItFirst() {
        Sha256 key = Sha256.of(new byte[] {4});
        RunId first = RunId.create();
        RunId second = RunId.create();

        assertThat(journal().claim(key, first)).isEqualTo(first);
        assertThat(journal().claim(key, second)).isEqualTo(first);
        assertThat(journal().claim(Sha256.of(new byte[] {5}), second)).isEqualTo(second);
        reopen();

        assertThat(journal().claim(key, first)).isEqualTo(first);
        assertThat(journal().claim(key, RunId.create())).isEqualTo(first);
    }

    @Test
    void beginsNoRunThatAKeyIsClaimedFor() {
        RunId runId = RunId.create();

        assertThat(journal().claim(Sha256.of(new byte[] {6}), runId)).isEqualTo(runId);

        assertThat(journal().read(runId)).isEmpty();
        journal().begin(run(runId).build());
        assertThat(journal().read(runId)).isPresent();
    }

    @Test
    void givesAKeyToOneOfManyThreadsAtOnce() throws Exception {
        int keys = STAGES_A_THREAD;
        Map<Integer, Set<RunId>> holders = new ConcurrentHashMap<>();

        SideBySide.run(thread -> {
            for (int i = 0; i < keys; i++) {
                RunId holder = journal().claim(Sha256.of(new byte[] {7, (byte) i}), RunId.create());
                holders.computeIfAbsent(i, key -> ConcurrentHashMap.newKeySet()).add(holder);
            }
        });

        assertThat(holders)
                .hasSize(keys)
                .allSatisfy((key, holder) -> assertThat(holder).hasSize(1));
    }

    @Test
    void claimsAKeyOnAThreadThatIsInterrupted() {
        RunId runId = RunId.create();
        Sha256 key = Sha256.of(new byte[] {8});

        Thread.currentThread().interrupt();
        assertThat(journal().claim(key, runId)).isEqualTo(runId);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(journal().claim(key, RunId.create())).isEqualTo(runId);
    }

    private void letGoAndReopen(RunId runId) {
        journal().end(runId, true);
        reopen();
    }

    private static JournaledRunBuilder run(RunId runId) {
        return JournaledRun.builder(
                runId, "sample", DEFINITION, START, JournaledValue.of(Map.of("prompt", "a lamp", "count", 2)));
    }
}
