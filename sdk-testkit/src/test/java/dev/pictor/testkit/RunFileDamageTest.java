package dev.pictor.testkit;

import static dev.pictor.testkit.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run's file when a machine or a disk has failed. */
class RunFileDamageTest {

    private static final StageKey<String> A = StageKey.of("a", String.class);
    private static final long SEED = 20261120;

    @TempDir
    Path directory;

    private RunId runId;
    private Path file;
    private byte[] content;
    private List<TraceEvent> written;
    /** Where each line begins, and the end of the last. */
    private final List<Integer> bounds = new ArrayList<>(List.of(0));

    @BeforeEach
    void writeOneRun() throws IOException {
        Pipeline<String, String> pipeline =
                Pipeline.named("small", String.class).stage(A, (run, in) -> in).returning(A);
        try (DirectoryRunStore store = DirectoryRunStore.open(directory);
                PipelineRunner runner =
                        PipelineRunner.builder().traceSink(store).journal(store).build()) {
            runId = runner.run(pipeline, "x").runId();
            written = store.events(runId);
        }
        try (Stream<Path> files = Files.walk(directory.resolve("runs"))) {
            file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        content = Files.readAllBytes(file);
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                bounds.add(i + 1);
            }
        }
        assertThat(written).hasSize(bounds.size() - 1).hasSize(7);
    }

    @Test
    void aTornTailIsCutOffAndSaidToBeAndTheLogGoesOn() throws IOException {
        for (int length = 0; length <= content.length; length++) {
            Files.write(file, Arrays.copyOf(content, length));
            int whole = wholeLines(length);
            int torn = length - bounds.get(whole);

            assertThat(damagedLines()).as("torn at %s", length).isEqualTo(whole > 0 && torn > 0 ? 1 : 0);

            List<TraceEvent> events = appendAndRead();

            List<TraceEvent> expected = new ArrayList<>(written.subList(0, whole));
            if (torn > 0) {
                assertThat(events).as("torn at %s", length).hasSize(whole + 2);
                TraceEvent recovered = events.get(whole);
                assertThat(recovered.type()).isEqualTo(TraceEvent.RECOVERED);
                assertThat(recovered.attributes()).isEqualTo(Map.of("pictor.recovered.bytes", torn));
                expected.add(recovered);
            }
            expected.add(tick());
            assertThat(events).as("torn at %s", length).isEqualTo(expected);
        }
    }

    @Test
    void aDamagedByteCostsItsLineAndNoOther() throws IOException {
        try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
            damageEachByte(store);
        }
    }

    private void damageEachByte(DirectoryRunStore store) throws IOException {
        Random random = new Random(SEED);
        for (int at = 0; at < content.length; at++) {
            byte[] damaged = content.clone();
            damaged[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, damaged);
            int line = wholeLines(at);
            boolean joinsTwo = content[at] == '\n';

            List<TraceEvent> events = store.events(runId);

            List<TraceEvent> without = new ArrayList<>(written);
            without.subList(line, Math.min(written.size(), line + (joinsTwo ? 2 : 1)))
                    .clear();
            assertThat(events).as("byte %s is damaged, seed %s", at, SEED).isIn(without, written);
            assertThat(store.find(runId).orElseThrow().damagedLines())
                    .as("byte %s is damaged, seed %s", at, SEED)
                    .isEqualTo(events.equals(written) ? 0 : damagedLines(at, damaged));
            if (!events.equals(written) && !joinsTwo) {
                TraceEvent lost = written.get(line);
                boolean leavesAGap = lost.sequence() > 0 && !lost.type().equals(TraceEvent.RUN_END);
                assertThat(RunRecord.of(events).missingEvents())
                        .as("byte %s is damaged, seed %s", at, SEED)
                        .isEqualTo(leavesAGap ? 1 : 0);
            }
        }
    }

    @Test
    void aLogWithADamagedLineGoesOnAfterIt() throws IOException {
        for (int line = 0; line < written.size(); line++) {
            byte[] damaged = content.clone();
            damaged[bounds.get(line) + 5] ^= 1;
            Files.write(file, damaged);

            List<TraceEvent> events = appendAndRead();

            List<TraceEvent> expected = new ArrayList<>(written);
            expected.remove(line);
            if (line == written.size() - 1) { // the last line is as good as torn
                TraceEvent recovered = events.get(line);
                assertThat(recovered.type()).isEqualTo(TraceEvent.RECOVERED);
                expected.add(recovered);
            }
            expected.add(tick());
            assertThat(events).as("line %s is damaged", line).isEqualTo(expected);
        }
    }

    @Test
    void aLogThatIsWholeHasNothingMissing() {
        assertThat(RunRecord.of(written)).hasNoMissingEvents();
    }

    /** A byte that became a line break makes two lines of one. */
    private static int damagedLines(int at, byte[] damaged) {
        return damaged[at] == '\n' ? 2 : 1;
    }

    private int damagedLines() {
        try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
            return store.find(runId).map(RunRecord::damagedLines).orElse(0);
        }
    }

    /** How many lines are whole within so many bytes. */
    private int wholeLines(int length) {
        return (int) bounds.stream().filter(end -> end > 0 && end <= length).count();
    }

    private List<TraceEvent> appendAndRead() {
        try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
            store.accept(tick());
            return store.events(runId);
        }
    }

    private TraceEvent tick() {
        return TraceEvent.builder(runId, "acme.tick", Instant.EPOCH)
                .sequence(100)
                .build();
    }
}
