package dev.pictor.trace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of a directory is derived: whatever happens to it, lists say what the logs say. */
class RunIndexTest {

    @TempDir
    Path directory;

    private DirectoryRunStore store;

    @BeforeEach
    void open() {
        store = DirectoryRunStore.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static TraceEvent event(RunId runId, long sequence, String type, String status) {
        return TraceEvent.builder(runId, type, runId.createdAt().plusMillis(sequence))
                .sequence(sequence)
                .elapsedNanos(sequence * 1_000_000)
                .spanId("0123456789abcdef")
                .attributes(Map.of(TraceAttributes.WORKFLOW, "small", TraceAttributes.STATUS, status))
                .build();
    }

    private static void start(DirectoryRunStore to, RunId runId) {
        to.accept(event(runId, 1, TraceEvent.RUN_START, ""));
    }

    @CanIgnoreReturnValue
    private static RunId finish(DirectoryRunStore to, String status) {
        RunId runId = RunId.create();
        start(to, runId);
        to.accept(event(runId, 2, TraceEvent.RUN_END, status));
        return runId;
    }

    private Map<RunId, RunStatus> listed(DirectoryRunStore from) {
        Map<RunId, RunStatus> runs = new TreeMap<>();
        from.list(RunQuery.builder().limit(1_000).build()).runs().forEach(run -> runs.put(run.runId(), run.status()));
        return runs;
    }

    private Map<RunId, RunStatus> folded() {
        Map<RunId, RunStatus> runs = new TreeMap<>();
        for (RunId runId : store.newest(1_000)) {
            runs.put(runId, store.find(runId).orElseThrow().status());
        }
        return runs;
    }

    private List<Path> indexFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("index"))) {
            return files.sorted().toList();
        }
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : indexFiles()) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines.stream().sorted().toList();
    }

    private Path log(RunId runId) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("runs"))) {
            return files.filter(file -> file.getFileName().toString().equals(runId + ".jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** As if nobody had touched it lately: a store may believe that it did not change since it was listed. */
    private void age(Path folder) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }

    @Test
    void hasALineForEachFinishedRunAndNoneForOthers() throws IOException {
        finish(store, "succeeded");
        finish(store, "failed");
        start(store, RunId.create());

        assertThat(lines()).hasSize(2);
        assertThat(indexFiles())
                .extracting(file -> file.getFileName().toString())
                .isEqualTo(Stream.of(RunId.create())
                        .map(now -> now.createdAt().atZone(ZoneOffset.UTC).toLocalDate() + ".jsonl")
                        .toList());
        assertThat(listed(store)).isEqualTo(folded()).hasSize(3);
    }

    @Test
    void isMadeAgainWhenItIsMissing() throws IOException {
        finish(store, "succeeded");
        finish(store, "cancelled");
        List<String> before = lines();
        assertThat(listed(store)).hasSize(2);
        for (Path file : indexFiles()) {
            Files.delete(file);
        }

        assertThat(listed(store)).isEqualTo(folded());
        assertThat(lines()).isEqualTo(before);
    }

    @Test
    void isTheSameMadeAtOnceAsMadeBitByBit() throws IOException {
        for (String status : List.of("succeeded", "failed", "cancelled", "succeeded")) {
            finish(store, status);
        }
        List<String> bitByBit = lines();
        Files.writeString(indexFiles().get(0), "nonsense\n", StandardOpenOption.APPEND);

        store.rebuildIndex();

        assertThat(lines()).isEqualTo(bitByBit).hasSize(4);
        assertThat(listed(store)).isEqualTo(folded());
    }

    @Test
    void saysWhatTheLogsSayWhateverIsLeftOfIt() throws IOException {
        finish(store, "succeeded");
        finish(store, "failed");
        finish(store, "cancelled");
        Path file = indexFiles().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertSaysWhatTheLogsSay("cut off at " + length);
        }
        for (int at = 0; at < whole.length; at += 11) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            assertSaysWhatTheLogsSay("damaged at " + at);
        }
    }

    private void assertSaysWhatTheLogsSay(String how) {
        try (DirectoryRunStore other = DirectoryRunStore.open(directory)) {
            RunId added = finish(other, "failed"); // appended to whatever is left
            assertThat(listed(other)).as(how).isEqualTo(folded()).containsKey(added);
            assertThat(listed(store)).as(how).isEqualTo(folded());
        }
    }

    @Test
    void doesNotBelieveLinesOfLogsThatWentOn() throws IOException {
        RunId runId = finish(store, "failed");
        close();
        TraceEvent resumed = event(runId, 3, TraceEvent.RUN_RESUME, "");
        TraceEvent end = event(runId, 4, TraceEvent.RUN_END, "succeeded");
        for (TraceEvent event : List.of(resumed, end)) { // by a program that knows of no index
            Files.write(log(runId), TraceJson.line(event), StandardOpenOption.APPEND);
            Files.writeString(log(runId), "\n", StandardOpenOption.APPEND);
        }
        open();

        assertThat(listed(store)).isEqualTo(Map.of(runId, RunStatus.SUCCEEDED));
    }

    @Test
    void followsARunThatIsTakenUpAgain() {
        RunId runId = finish(store, "failed");
        try (DirectoryRunStore reader = DirectoryRunStore.open(directory)) {
            assertThat(listed(reader)).isEqualTo(Map.of(runId, RunStatus.FAILED));

            store.accept(event(runId, 3, TraceEvent.RUN_RESUME, ""));
            assertThat(listed(reader)).isEqualTo(Map.of(runId, RunStatus.RUNNING));
            assertThat(reader.find(runId)).map(RunRecord::status).contains(RunStatus.RUNNING);

            store.accept(event(runId, 4, TraceEvent.RUN_END, "succeeded"));
            assertThat(listed(reader)).isEqualTo(Map.of(runId, RunStatus.SUCCEEDED));
        }
    }

    @Test
    void isSharedByStoresThatReadAndWriteSideBySide() {
        try (DirectoryRunStore other = DirectoryRunStore.open(directory)) {
            for (int i = 0; i < 20; i++) {
                finish(i % 2 == 0 ? store : other, i % 3 == 0 ? "failed" : "succeeded");

                assertThat(listed(store)).hasSize(i + 1).isEqualTo(folded());
                assertThat(listed(other)).isEqualTo(folded());
            }
        }
    }

    @Test
    void tellsRunsUnderWayFromThoseWhoseProcessIsGone() {
        RunId runId = RunId.create();
        try (DirectoryRunStore gone = DirectoryRunStore.open(directory)) {
            start(gone, runId);
            assertThat(listed(store)).isEqualTo(Map.of(runId, RunStatus.RUNNING));
            assertThat(store.find(runId)).map(RunRecord::status).contains(RunStatus.RUNNING);
        }

        assertThat(listed(store)).isEqualTo(Map.of(runId, RunStatus.CRASHED));
        assertThat(store.find(runId)).map(RunRecord::status).contains(RunStatus.CRASHED);
        MetricsRow total =
                store.metrics(RunQuery.all(), MetricsGrouping.PIPELINE).total();
        assertThat(total.failed()).isEqualTo(1);
        assertThat(total.errors()).isEqualTo(Map.of("crashed", 1L));

        store.accept(event(runId, 2, TraceEvent.RUN_RESUME, ""));
        assertThat(listed(store)).isEqualTo(Map.of(runId, RunStatus.RUNNING));
    }

    @Test
    void isNotAskedForTheLogOfARunThatDidNotChange() throws IOException {
        RunId crashed = RunId.create();
        try (DirectoryRunStore gone = DirectoryRunStore.open(directory)) {
            start(gone, crashed);
        }
        RunId finished = finish(store, "succeeded");
        assertThat(listed(store)).hasSize(2);
        for (RunId runId : List.of(crashed, finished)) { // as long as before, but not to be read
            Files.write(log(runId), new byte[(int) Files.size(log(runId))]);
        }

        assertThat(listed(store)).isEqualTo(Map.of(crashed, RunStatus.CRASHED, finished, RunStatus.SUCCEEDED));
    }

    @Test
    void leavesOutRunsThatWereDeleted() throws IOException {
        RunId first = finish(store, "succeeded");
        RunId second = finish(store, "failed");
        RunId third = finish(store, "failed");
        assertThat(listed(store)).hasSize(3);

        Files.delete(log(first));
        assertThat(listed(store).keySet()).isEqualTo(Set.of(second, third));

        Files.delete(log(second));
        store.index().forget(List.of(first, second));
        assertThat(lines()).hasSize(1);
        assertThat(listed(store).keySet()).isEqualTo(Set.of(third));

        Path folder = requireNonNull(log(third).getParent());
        Files.delete(log(third));
        store.index().forget(List.of(third));
        assertThat(indexFiles()).isEmpty();
        assertThat(listed(store)).isEmpty();
        age(folder);
        assertThat(listed(store)).isEmpty();
    }

    @Test
    void noticesNewRunsInAFolderThatWasQuiet() throws IOException {
        RunId first = finish(store, "succeeded");
        age(requireNonNull(log(first).getParent()));
        assertThat(listed(store)).hasSize(1);
        assertThat(listed(store)).hasSize(1);

        finish(store, "succeeded");

        assertThat(listed(store)).hasSize(2).isEqualTo(folded());
    }

    @Test
    void hasRunsOfWhichOnlyTheJournalIsKept() {
        RunId runId = RunId.create();
        JournaledRun run = JournaledRun.builder(
                        runId, "quiet", Sha256.of(new byte[0]), runId.createdAt(), JournaledValue.of("x"))
                .tenant("acme")
                .build();
        store.begin(run);
        assertThat(listed(store)).isEqualTo(Map.of(runId, RunStatus.RUNNING));

        store.end(runId, false);

        assertThat(store.list(RunQuery.all()).runs())
                .extracting(
                        RunSummary::status,
                        RunSummary::pipeline,
                        summary -> summary.tenant().orElse(""))
                .containsExactly(tuple(RunStatus.SUCCEEDED, "quiet", "acme"));
    }

    @Test
    void isWrittenByInterruptedThreadsToo() throws IOException {
        Thread.currentThread().interrupt();
        finish(store, "cancelled");
        Map<RunId, RunStatus> whileInterrupted = listed(store);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lines()).hasSize(1);
        assertThat(whileInterrupted).isEqualTo(folded());
    }

    @Test
    void canBeReadWhenTheStoreIsClosed() {
        finish(store, "succeeded");
        store.close();

        assertThat(listed(store).values()).containsExactly(RunStatus.SUCCEEDED);
    }
}
