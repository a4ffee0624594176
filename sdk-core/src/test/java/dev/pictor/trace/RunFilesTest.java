package dev.pictor.trace;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of runs: packed, talked about, damaged or in the way. */
class RunFilesTest {

    @TempDir
    Path folder;

    private DirectoryRunStore store;
    private final RunId runId = RunId.create();

    @BeforeEach
    void open() {
        store = DirectoryRunStore.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Nested
    class Packed {

        @Test
        void areReadAsBefore() throws IOException {
            List<TraceEvent> taken = finish();

            assertThat(store.compress(Duration.ZERO)).isEqualTo(1);

            assertThat(names()).containsExactly(runId + ".jsonl.gz");
            assertThat(store.events(runId)).isEqualTo(taken);
            assertThat(store.newest(10)).containsExactly(runId);
            assertThat(store.find(runId)).map(RunRecord::status).contains(RunStatus.SUCCEEDED);
            assertThat(store.compress(Duration.ZERO)).isZero();
        }

        @Test
        void areUnpackedWhenTheyGoOn() throws IOException {
            List<TraceEvent> taken = finish();
            assertThat(store.compress(Duration.ZERO)).isEqualTo(1);

            store.accept(event(9, "acme.late"));

            assertThat(names()).containsExactly(runId + ".jsonl");
            assertThat(store.events(runId))
                    .startsWith(taken.toArray(TraceEvent[]::new))
                    .hasSize(3);
        }

        @Test
        void areThoseThatAreOverAndLongEnoughAgo() throws IOException {
            store.accept(event(1, TraceEvent.RUN_START));
            assertThat(store.compress(Duration.ZERO)).as("under way").isZero();
            close();
            open();
            assertThat(store.compress(Duration.ZERO)).as("never ended").isZero();
            store.accept(event(2, TraceEvent.RUN_END));

            assertThat(store.compress(Duration.ofDays(1))).as("too young").isZero();
            assertThat(names()).containsExactly(runId + ".jsonl");
        }

        @Test
        void areNotThoseThatCanBeResumed() {
            store.begin(journaled());
            store.accept(event(1, TraceEvent.RUN_START));
            store.accept(event(2, TraceEvent.RUN_END));
            store.end(runId, true);

            assertThat(store.compress(Duration.ZERO)).isZero();

            store.begin(journaled());
            store.end(runId, false);
            assertThat(store.compress(Duration.ZERO)).isEqualTo(1);
            assertThat(store.read(runId)).map(JournaledRun::isFinished).contains(true);
        }

        @Test
        void areWholeWhenTheProcessEndsBeforeThePlainFilesAreGone() throws IOException {
            List<TraceEvent> taken = finish();
            Path plain = file();
            byte[] content = Files.readAllBytes(plain);
            assertThat(store.compress(Duration.ZERO)).isEqualTo(1);
            Files.write(plain, Arrays.copyOf(content, 10));

            assertThat(store.events(runId)).isEqualTo(taken);
            assertThat(store.newest(10)).containsExactly(runId);
            assertThat(store.compress(Duration.ZERO)).isEqualTo(1);
            assertThat(names()).containsExactly(runId + ".jsonl.gz");
        }

        @Test
        void areReadAsFarAsTheyCanBeUnpacked() throws IOException {
            List<TraceEvent> taken = finish();
            assertThat(store.compress(Duration.ZERO)).isEqualTo(1);
            byte[] whole = Files.readAllBytes(file());

            for (int length = 0; length < whole.length; length++) {
                Files.write(file(), Arrays.copyOf(whole, length));
                List<TraceEvent> read = store.events(runId);
                assertThat(read).as("cut to %s", length).isEqualTo(taken.subList(0, read.size()));
                store.find(runId)
                        .ifPresent(run -> assertThat(run.damagedLines()).isPositive());
            }
        }

        @Test
        void haveTheirLossCountedWhicheverBitIsWrong() throws IOException {
            List<TraceEvent> taken = finish();
            assertThat(store.compress(Duration.ZERO)).isEqualTo(1);
            byte[] whole = Files.readAllBytes(file());

            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(file(), damaged);
                List<TraceEvent> read = store.events(runId);
                assertThat(taken).as("bit %s", bit).containsAll(read);
                if (!read.equals(taken)) {
                    store.find(runId)
                            .ifPresent(run -> assertThat(run.damagedLines()).isPositive());
                }
            }
        }

        @Test
        void refuseAnAgeBelowZero() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.compress(Duration.ofDays(-1)))
                    .withMessage("olderThan must not be negative, was PT-24H");
        }
    }

    @Nested
    class Feedback {

        @Test
        void isKeptBesideARunThatAnotherStoreIsWriting() throws IOException {
            store.accept(event(1, TraceEvent.RUN_START));
            TraceEvent said = event(0, "feedback");
            try (DirectoryRunStore other = DirectoryRunStore.open(folder)) {
                other.accept(said);
            }
            store.accept(event(2, TraceEvent.RUN_END));
            store.accept(said);

            assertThat(store.events(runId))
                    .extracting(TraceEvent::type)
                    .containsExactly("run.start", "run.end", "feedback", "feedback");
            assertThat(names()).containsExactlyInAnyOrder(runId + ".jsonl", runId + ".feedback.jsonl");
            assertThat(store.newest(10)).containsExactly(runId);
        }

        @Test
        void goesOnAfterATornLine() throws IOException {
            store.accept(event(1, TraceEvent.RUN_START));
            store.accept(event(0, "feedback"));
            Path beside = file().resolveSibling(runId + ".feedback.jsonl");
            byte[] whole = Files.readAllBytes(beside);
            Files.write(beside, Arrays.copyOf(whole, whole.length - 3));

            store.accept(event(0, "feedback"));

            assertThat(store.events(runId))
                    .extracting(TraceEvent::type)
                    .containsExactly("run.start", "recovered", "feedback");
        }

        @Test
        void isOfARunThatIsThere() {
            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> store.accept(event(0, "feedback")))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.NOT_FOUND));
        }

        @Test
        void goesWithItsRun() throws IOException {
            List<TraceEvent> unused = finish();
            store.accept(event(0, "feedback"));

            assertThat(store.prune(RetentionPolicy.builder().maxBytes(0L).build())
                            .removedRuns())
                    .containsExactly(runId);
            assertThat(names()).isEmpty();
        }
    }

    @Nested
    class Damaged {

        @Test
        void linesAreCountedAndHideNoOthers() throws IOException {
            List<TraceEvent> unused = finish();
            byte[] content = Files.readAllBytes(file());
            byte[] torn = "{\"v\":1,\"text\":\"\u00e9".getBytes(StandardCharsets.ISO_8859_1); // half a character
            byte[] spliced = TraceJson.line(TraceEvent.builder(RunId.create(), "acme.tick", Instant.EPOCH)
                    .build());
            Files.write(file(), join(torn, "\n".getBytes(StandardCharsets.US_ASCII)));
            Files.write(file(), join(spliced, "\n\n".getBytes(StandardCharsets.US_ASCII)), APPEND);
            Files.write(file(), content, APPEND);

            assertThat(store.events(runId)).extracting(TraceEvent::sequence).containsExactly(1L, 2L);
            assertThat(store.find(runId).orElseThrow().damagedLines()).isEqualTo(3);
        }

        @Test
        void bytesThatWereCutOffAreCounted() throws IOException {
            store.accept(event(1, TraceEvent.RUN_START));
            close();
            Files.write(file(), new byte[] {'{', (byte) 0xC3}, APPEND);
            open();
            assertThat(store.find(runId).orElseThrow().damagedLines()).isEqualTo(1);

            store.accept(event(2, TraceEvent.RUN_END));

            RunRecord run = store.find(runId).orElseThrow();
            assertThat(run.recoveredBytes()).isEqualTo(2);
            assertThat(run.damagedLines()).isZero();
        }

        @Test
        void journalsThatCannotBeReadSaySo() throws IOException {
            store.begin(journaled());
            store.stageFinished(runId, "draw", JournaledValue.of("a lamp"));
            store.end(runId, true);
            byte[] content = Files.readAllBytes(file());
            content[10] ^= 1;
            Files.write(file(), content);

            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> store.read(runId))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.DAMAGED));
        }
    }

    @Nested
    class InTheWay {

        @Test
        void aFolderWithTheNameOfARunIsNoRun() throws IOException {
            Path day = Files.createDirectories(folder.resolve("runs/2026/11/30"));
            Files.createDirectory(day.resolve(runId + ".jsonl"));
            Files.createFile(folder.resolve("runs/2027"));

            assertThat(store.newest(10)).isEmpty();
            assertThat(store.events(runId)).isEmpty();
            RetentionResult unused =
                    store.prune(RetentionPolicy.builder().maxBytes(0L).build());
        }

        @Test
        void aFolderInPlaceOfALogIsSaid() throws IOException {
            store.accept(event(1, TraceEvent.RUN_START));
            Path file = file();
            close();
            Files.delete(file);
            Files.createDirectory(file);
            open();

            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> store.accept(event(2, TraceEvent.RUN_END)))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.NOT_WRITTEN))
                    .withMessageContaining(file.toString());
            assertThat(store.health().isHealthy()).isFalse();
            Files.delete(file);
            store.accept(event(3, TraceEvent.RUN_END));
            assertThat(store.events(runId)).extracting(TraceEvent::type).containsExactly("dropped", "run.end");
        }
    }

    @Test
    void writesEachLineOnceUnderEveryPolicy() {
        for (FsyncPolicy policy : FsyncPolicy.values()) {
            RunId id = RunId.create();
            try (DirectoryRunStore any =
                    DirectoryRunStore.builder(folder).fsync(policy).build()) {
                any.accept(TraceEvent.builder(id, TraceEvent.RUN_START, Instant.EPOCH)
                        .sequence(1)
                        .build());
                assertThat(store.events(id)).as("%s", policy).hasSize(1);
            }
            assertThat(store.events(id)).as("%s", policy).hasSize(1);
        }
    }

    private List<TraceEvent> finish() {
        List<TraceEvent> taken = List.of(
                event(1, TraceEvent.RUN_START),
                TraceEvent.builder(runId, TraceEvent.RUN_END, Instant.EPOCH)
                        .sequence(2)
                        .putAttributes(TraceAttributes.STATUS, "succeeded")
                        .build());
        taken.forEach(store::accept);
        return taken;
    }

    private JournaledRun journaled() {
        return JournaledRun.builder(
                        runId, "sample", Sha256.of(new byte[0]), Instant.EPOCH, JournaledValue.of(Map.of("a", 1)))
                .build();
    }

    private TraceEvent event(long sequence, String type) {
        return TraceEvent.builder(runId, type, Instant.EPOCH).sequence(sequence).build();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("feedback"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
