package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.Sha256;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.FsyncPolicy;
import dev.pictor.trace.RetentionPolicy;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.TraceEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that write into one store side by side and are killed at any moment. {@code -Dpictor.kills=200} kills more of
 * them.
 */
@Timeout(1_200)
class KilledWritersTest {

    private static final int KILLS = Integer.getInteger("pictor.kills", 24);
    private static final int AT_ONCE = 2;
    private static final int MOST_LINES = 200;
    private static final long SEED = 20261130;

    @TempDir
    Path directory;

    @Test
    void leaveAllThatWasAcknowledgedAndNothingThatCannotBeRead() throws Exception {
        Random random = new Random(SEED);
        int acknowledged = 0;
        int torn = 0;
        for (int killed = 0; killed < KILLS; killed += AT_ONCE) {
            List<Process> writers = new ArrayList<>();
            List<List<String[]>> said = new ArrayList<>();
            try {
                for (int i = 0; i < AT_ONCE; i++) {
                    FsyncPolicy policy = i % 2 == 0 ? FsyncPolicy.EVERY : FsyncPolicy.MILESTONES;
                    writers.add(start(policy, random.nextLong(), "run"));
                }
                for (Process writer : writers) {
                    said.add(linesUntilKilled(writer, 1 + random.nextInt(MOST_LINES)));
                }
            } finally {
                for (Process writer : writers) {
                    kill(writer);
                }
            }
            try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
                for (List<String[]> lines : said) {
                    acknowledged += lines.size();
                    assertKept(store, lines);
                }
                for (RunId runId : store.newest(Integer.MAX_VALUE)) {
                    torn += assertReadable(store, runId);
                }
            }
        }
        System.getLogger(KilledWritersTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        KILLS + " kills, " + acknowledged + " lines were acknowledged, " + torn + " were torn");
        assertThat(acknowledged).isGreaterThan(KILLS);
    }

    @Test
    @Timeout(240)
    void keepPicturesThatAnotherProcessSweepsAsSoonAsItMay() throws Exception {
        Process writer = start(FsyncPolicy.NONE, SEED, "keep");
        try (DirectoryRunStore store = DirectoryRunStore.open(directory);
                BufferedReader out = writer.inputReader(StandardCharsets.US_ASCII)) {
            RetentionPolicy policy = RetentionPolicy.builder().build();
            int swept = 0;
            while (writer.isAlive() && !out.ready()) {
                swept += store.prune(policy).removedArtifacts();
            }
            String said = out.readLine();
            assertThat(said).as("what the writer said").startsWith("kept ");
            assertThat(said).as("pictures that were kept and gone at once").endsWith(" 0 .");
            assertThat(swept).as("pictures that were swept meanwhile").isPositive();
        } finally {
            kill(writer);
        }
    }

    private void assertKept(DirectoryRunStore store, List<String[]> lines) {
        Map<RunId, Set<String>> events = new LinkedHashMap<>();
        Map<RunId, Set<String>> stages = new LinkedHashMap<>();
        for (String[] line : lines) {
            Map<RunId, Set<String>> of = line[0].equals("event") ? events : stages;
            of.computeIfAbsent(new RunId(line[1]), id -> new TreeSet<>()).add(line[2]);
        }
        events.forEach((runId, numbers) -> assertThat(store.events(runId))
                .as("events of run %s, seed %s", runId, SEED)
                .extracting(event -> String.valueOf(event.sequence()))
                .containsAll(numbers));
        stages.forEach((runId, paths) -> assertThat(
                        store.read(runId).orElseThrow().stages().keySet())
                .as("stages of run %s, seed %s", runId, SEED)
                .containsAll(paths));
    }

    /** Returns how many lines were torn, after which the next writer has healed them. */
    private int assertReadable(DirectoryRunStore store, RunId runId) {
        Optional<RunRecord> found = store.find(runId);
        int torn = found.map(RunRecord::damagedLines).orElse(0);
        assertThat(torn).as("run %s, seed %s", runId, SEED).isLessThanOrEqualTo(1);
        for (TraceEvent event : store.events(runId)) {
            if (event.body().get("artifact") instanceof Map<?, ?> artifact) {
                Sha256 name = new Sha256(String.valueOf(artifact.get("sha256")));
                ByteBuffer bytes =
                        store.get(name).orElseThrow(() -> new AssertionError("run " + runId + " names " + name));
                assertThat(Sha256.of(bytes)).as("run %s, seed %s", runId, SEED).isEqualTo(name);
            }
            if (event.type().equals("acme.long")) {
                assertThat(event.body()).containsEntry(StoreWriterProgram.TEXT, StoreWriterProgram.LONG_TEXT);
            }
        }
        boolean isOver =
                store.events(runId).stream().anyMatch(event -> event.type().equals(TraceEvent.JOURNAL_END));
        if (!isOver) {
            TraceEvent healed = TraceEvent.builder(runId, TraceEvent.JOURNAL_END, Instant.EPOCH)
                    .build();
            store.accept(healed);
            assertThat(store.events(runId))
                    .as("run %s, seed %s", runId, SEED)
                    .last()
                    .isEqualTo(healed);
            assertThat(store.find(runId).orElseThrow().damagedLines())
                    .as("run %s, seed %s", runId, SEED)
                    .isZero();
        }
        return torn;
    }

    /** Kills a process after so many lines, and returns all that it had written by then. */
    private static List<String[]> linesUntilKilled(Process writer, int count) throws Exception {
        List<String[]> lines = new ArrayList<>();
        try (BufferedReader out = writer.inputReader(StandardCharsets.US_ASCII)) {
            for (int i = 0; i < count; i++) {
                String line = out.readLine();
                assertThat(line).as("the program ended by itself").isNotNull();
                lines.add(line.split(" ", -1));
            }
            kill(writer);
            for (String line = out.readLine(); line != null && line.endsWith(" ."); line = out.readLine()) {
                lines.add(line.split(" ", -1));
            }
        }
        return lines;
    }

    private Process start(FsyncPolicy policy, long seed, String mode) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreWriterProgram.class.getName(),
                        directory.toString(),
                        policy.name(),
                        String.valueOf(seed),
                        mode)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void kill(Process process) throws InterruptedException {
        process.toHandle().destroyForcibly(); // leaves what it wrote readable, which the process's own method does not
        assertThat(process.waitFor(60, SECONDS)).as("the process ended").isTrue();
    }
}
