package dev.pictor.testkit;

import static dev.pictor.testkit.TraceAssertions.assertThat;
import static dev.pictor.testkit.TraceAssertions.assertThatEvents;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.JournaledRun;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.RunSummary;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment leaves everything it was told is kept, and runs that can go on. */
@Timeout(120)
class KilledProcessTest {

    private static final int ROUNDS = 10;
    private static final int MOST_LINES = 150;
    private static final long SEED = 20261120;

    @TempDir
    Path directory;

    @Test
    void leavesAllThatWasAcknowledgedAndRunsThatGoOn() throws Exception {
        Random random = new Random(SEED);
        int resumed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<String[]> acknowledged = linesUntilKilled(1 + random.nextInt(MOST_LINES));
            assertThat(acknowledged).as("round %s, seed %s", round, SEED).isNotEmpty();
            try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
                for (Map.Entry<RunId, Acknowledged> run : byRun(acknowledged).entrySet()) {
                    assertKept(store, run.getKey(), run.getValue());
                    if (resume(store, run.getKey())) {
                        resumed++;
                    }
                }
            }
        }
        try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
            assertThat(statuses(store))
                    .hasSameSizeAs(store.newest(1_000))
                    .as("seed %s", SEED)
                    .containsOnly(RunStatus.SUCCEEDED);
        }
        assertThat(resumed).as("runs that were under way, seed %s", SEED).isPositive();
    }

    @Test
    void holdsItsRunUntilItIsKilled() throws Exception {
        Process process = start("hold");
        RunId held;
        try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
            String[] line = parse(out.readLine());
            while (!line[0].equals("held")) {
                line = parse(out.readLine());
            }
            held = new RunId(line[1]);
            try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
                assertThatThrownBy(() -> resume(store, held))
                        .isInstanceOfSatisfying(
                                StoredRunException.class,
                                refusal -> assertThat(refusal.reason()).isEqualTo(StoredRunException.Reason.IN_USE));
                assertThat(store.newest(10)).containsExactly(held);
                assertThat(statuses(store)).containsExactly(RunStatus.RUNNING);
            }
        } finally {
            kill(process);
        }
        try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
            assertThat(statuses(store)).containsExactly(RunStatus.CRASHED);
            assertThat(store.find(held)).map(RunRecord::status).contains(RunStatus.CRASHED);
            assertThat(resume(store, held)).isTrue();
            assertThat(statuses(store)).containsExactly(RunStatus.SUCCEEDED);
        }
    }

    private static List<RunStatus> statuses(DirectoryRunStore store) {
        return store.list(RunQuery.builder().limit(1_000).build()).runs().stream()
                .map(RunSummary::status)
                .toList();
    }

    private static void assertKept(DirectoryRunStore store, RunId runId, Acknowledged acknowledged) {
        assertThat(store.events(runId))
                .as("events of run %s, seed %s", runId, SEED)
                .extracting(TraceEvent::sequence)
                .containsAll(acknowledged.events());
        Set<String> stages = store.read(runId).orElseThrow().stages().keySet();
        assertThat(stages).as("stages of run %s, seed %s", runId, SEED).containsAll(acknowledged.stages());
    }

    /** Returns whether there was something to resume. */
    private static boolean resume(DirectoryRunStore store, RunId runId) {
        JournaledRun saved = store.read(runId).orElseThrow();
        if (saved.isFinished()) {
            return false;
        }
        Set<String> worked = new TreeSet<>();
        try (PipelineRunner runner = PipelineRunner.builder()
                .traceSink(store)
                .journal(store)
                .artifacts(store)
                .build()) {
            String result = runner.resume(
                            CrashingProgram.pipeline((id, path) -> worked.add(path)), runId, RunOptions.ofDefaults())
                    .value();
            assertThat(result).isEqualTo(CrashingProgram.RESULT);
        }
        worked.retainAll(saved.stages().keySet());
        assertThat(worked).as("stages that worked again, seed %s", SEED).isEmpty();
        assertThat(store.read(runId)).map(JournaledRun::isFinished).contains(true);
        assertThat(store.find(runId).orElseThrow())
                .hasStatus(RunStatus.SUCCEEDED)
                .hasNoMissingEvents();
        assertThatEvents(store.events(runId)).isWellFormed();
        return true;
    }

    /** Starts the program, kills it after so many lines, and returns all lines that it had written by then. */
    private List<String[]> linesUntilKilled(int count) throws IOException, InterruptedException {
        Process process = start("run");
        List<String[]> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.US_ASCII)) {
            for (int i = 0; i < count; i++) {
                lines.add(parse(out.readLine()));
            }
            kill(process);
            for (String line = out.readLine(); line != null && line.endsWith(" ."); line = out.readLine()) {
                lines.add(parse(line));
            }
        } finally {
            kill(process);
        }
        return lines;
    }

    private Process start(String mode) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingProgram.class.getName(),
                        directory.toString(),
                        mode)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void kill(Process process) throws InterruptedException {
        process.toHandle().destroyForcibly(); // leaves what it wrote readable, which the process's own method does not
        assertThat(process.waitFor(30, SECONDS)).as("the process ended").isTrue();
    }

    private static String[] parse(@Nullable String line) {
        if (line == null) {
            throw new AssertionError("the program ended by itself");
        }
        return line.split(" ");
    }

    private record Acknowledged(List<Long> events, List<String> stages) {}

    private static Map<RunId, Acknowledged> byRun(List<String[]> lines) {
        Map<RunId, Acknowledged> runs = new LinkedHashMap<>();
        for (String[] line : lines) {
            Acknowledged run = runs.computeIfAbsent(
                    new RunId(line[1]), id -> new Acknowledged(new ArrayList<>(), new ArrayList<>()));
            if (line[0].equals("event")) {
                run.events().add(Long.valueOf(line[2]));
            } else {
                run.stages().add(line[2]);
            }
        }
        return runs;
    }
}
