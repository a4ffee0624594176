package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Pictures;
import dev.pictor.image.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunBundleTest {

    private static final ImageBytes PICTURE = Pictures.png(9, 4);
    private static final String LONG_TEXT = "ışık ".repeat(10_000);

    @TempDir
    Path folder;

    private final MemoryRunStore store = new MemoryRunStore();

    private Path bundle() {
        return folder.resolve("runs.zip");
    }

    private RunId record() {
        RunId runId = RunId.create();
        store.accept(event(runId, 1, TraceEvent.RUN_START, Map.of()));
        store.accept(event(runId, 2, TraceEvent.ARTIFACT, Map.of("artifact", store.put(PICTURE))));
        store.accept(event(runId, 3, "acme.long", Map.of("text", LONG_TEXT)));
        store.accept(event(runId, 4, TraceEvent.RUN_END, Map.of()));
        return runId;
    }

    private static TraceEvent event(RunId runId, long sequence, String type, Map<String, ?> body) {
        return TraceEvent.builder(runId, type, Instant.EPOCH)
                .sequence(sequence)
                .spanId("00f067aa0ba902b7")
                .body(body)
                .build();
    }

    @Test
    void givesBackARunWithItsPicturesAndLargeTexts() {
        RunId runId = record();

        RunBundle.write(store, List.of(runId), bundle());

        try (RunBundle opened = RunBundle.open(bundle())) {
            assertThat(opened.newest(10)).containsExactly(runId);
            assertThat(opened.events(runId)).hasSize(4);
            assertThat(opened.events(runId).get(2).body()).containsEntry("text", LONG_TEXT);
            assertThat(opened.image(PICTURE.sha256())).contains(PICTURE);
            RunRecord run = opened.find(runId).orElseThrow();
            assertThat(run.artifacts()).hasSize(1);
            assertThat(run.damagedLines()).isZero();
            assertThat(RunReport.of(run, opened).html()).contains(runId.value());
        }
    }

    @Test
    void hasALogPicturesAndAReportThatPeopleCanOpen() throws IOException {
        RunId runId = record();

        RunBundle.write(store, List.of(runId), bundle());

        try (ZipFile zip = new ZipFile(bundle().toFile())) {
            assertThat(Collections.list(zip.entries()))
                    .extracting(ZipEntry::getName)
                    .contains("BUNDLE.json", "run.jsonl", "report.html", "blobs/" + PICTURE.sha256());
            byte[] blob = zip.getInputStream(zip.getEntry("blobs/" + PICTURE.sha256()))
                    .readAllBytes();
            assertThat(blob).isEqualTo(PICTURE.toByteArray());
            String report =
                    new String(zip.getInputStream(zip.getEntry("report.html")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(report).contains(runId.value());
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(bundle());
        }
    }

    @Test
    void holdsSeveralRunsAndTheirCommonPicturesOnce() throws IOException {
        RunId one = record();
        RunId other = record();

        RunBundle.write(store, List.of(one, other, one), bundle());

        try (RunBundle opened = RunBundle.open(bundle())) {
            assertThat(opened.newest(10)).containsExactlyInAnyOrder(one, other);
            assertThat(opened.newest(1)).hasSize(1);
            assertThat(opened.events(one)).hasSize(4);
            assertThat(opened.events(other)).hasSize(4);
            assertThat(opened.events(RunId.create())).isEmpty();
        }
        try (ZipFile zip = new ZipFile(bundle().toFile())) {
            assertThat(Collections.list(zip.entries()))
                    .extracting(ZipEntry::getName)
                    .contains(one + ".jsonl", other + ".jsonl", one + ".html", other + ".html")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void isTheSameWheneverItIsWritten() {
        RunId runId = record();

        assertThat(written(runId)).isEqualTo(written(runId));
    }

    private byte[] written(RunId runId) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunBundle.write(store, List.of(runId), out);
        return out.toByteArray();
    }

    @Test
    void isWrittenFromADirectoryToo() {
        RunId runId = RunId.create();
        try (DirectoryRunStore directory = DirectoryRunStore.open(folder.resolve("store"))) {
            directory.accept(event(runId, 1, "acme.long", Map.of("text", LONG_TEXT)));
            directory.accept(event(runId, 2, TraceEvent.ARTIFACT, Map.of("artifact", directory.put(PICTURE))));

            RunBundle.write(directory, List.of(runId), bundle());

            try (RunBundle opened = RunBundle.open(bundle())) {
                assertThat(opened.events(runId)).isEqualTo(directory.events(runId));
                assertThat(opened.image(PICTURE.sha256())).contains(PICTURE);
            }
        }
    }

    @Test
    void canOnlyBeRead() {
        RunId runId = record();
        RunBundle.write(store, List.of(runId), bundle());

        try (RunBundle opened = RunBundle.open(bundle())) {
            opened.put(PICTURE.sha256(), PICTURE.asByteBuffer());
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> opened.put(Sha256.of(new byte[1]), ByteBuffer.allocate(1)))
                    .withStackTraceContaining("can only be read");
        }
    }

    @Test
    void isNotWrittenOfARunThatIsNotThere() {
        assertThatExceptionOfType(StoredRunException.class)
                .isThrownBy(() -> RunBundle.write(store, List.of(RunId.create()), bundle()))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.NOT_FOUND));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunBundle.write(store, List.of(), bundle()))
                .withMessage("runs must be 1 to 10000, were 0");
        assertThat(bundle()).doesNotExist();
    }

    /** What somebody may send. */
    @Nested
    class OfAnybody {

        private static final String ID = "01K7GZ0V6W8Z3Y1X2C3D4E5F6G";
        private static final String INDEX = "{\"format\":\"pictor-bundle\",\"version\":1,\"runs\":[\"" + ID + "\"]}";

        @Test
        void unpacksNothingAndLooksNowhereElse() throws IOException {
            Path outside = Files.writeString(folder.resolve("outside"), "secret");
            zip(
                    INDEX,
                    Map.of("../outside", new byte[] {1}, "blobs/../../outside", new byte[] {2}, "/etc/x", new byte[] {3
                    }));

            try (RunBundle opened = RunBundle.open(bundle())) {
                assertThat(opened.events(new RunId(ID))).isEmpty();
                assertThat(opened.get(Sha256.of("secret".getBytes(StandardCharsets.UTF_8))))
                        .isEmpty();
            }

            assertThat(outside).hasContent("secret");
            try (var files = Files.list(folder)) {
                assertThat(files).containsExactlyInAnyOrder(outside, bundle());
            }
        }

        @Test
        void givesNoOtherBytesThanThoseOfTheName() throws IOException {
            Sha256 name = PICTURE.sha256();
            zip(INDEX, Map.of("blobs/" + name, "other bytes".getBytes(StandardCharsets.UTF_8)));

            try (RunBundle opened = RunBundle.open(bundle())) {
                assertThat(opened.get(name)).isEmpty();
            }
        }

        @Test
        void readsNoMoreOfAnEntryThanItMay() throws IOException {
            byte[] zeros = new byte[1 << 20];
            Sha256 name = PICTURE.sha256();
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle()))) {
                put(zip, "BUNDLE.json", INDEX.getBytes(StandardCharsets.UTF_8));
                for (String bomb : List.of("run.jsonl", "blobs/" + name)) {
                    zip.putNextEntry(new ZipEntry(bomb));
                    for (int i = 0; i <= RunBundle.MAX_ENTRY_BYTES / zeros.length; i++) {
                        zip.write(zeros);
                    }
                    zip.closeEntry();
                }
            }
            assertThat(Files.size(bundle())).isLessThan(1 << 20);

            try (RunBundle opened = RunBundle.open(bundle())) {
                assertThat(opened.events(new RunId(ID))).isEmpty();
                assertThat(opened.get(name)).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "[]",
                    "",
                    "{\"format\":\"pictor-bundle\",\"version\":2,\"runs\":[]}",
                    "{\"format\":\"pictor-bundle\",\"version\":1,\"runs\":[\"../../x\"]}",
                    "{\"format\":\"other\",\"version\":1,\"runs\":[]}"
                })
        void isRefusedInAnotherForm(String index) throws IOException {
            zip(index, Map.of());

            assertRefused();
        }

        @Test
        void isRefusedIfItIsNoZipOrHasNoIndex() throws IOException {
            Files.writeString(bundle(), "no zip");
            assertRefused();

            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bundle()))) {
                put(zip, "run.jsonl", new byte[0]);
            }
            assertRefused();
        }

        @Test
        void isReadAsFarAsItCanBeWhicheverByteIsWrong() throws IOException {
            RunId runId = record();
            RunBundle.write(store, List.of(runId), bundle());
            byte[] whole = Files.readAllBytes(bundle());
            List<TraceEvent> written = store.events(runId);

            for (int at = 0; at < whole.length; at += 7) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 0x15;
                Files.write(bundle(), damaged);
                try (RunBundle opened = RunBundle.open(bundle())) {
                    List<TraceEvent> read = opened.events(runId);
                    assertThat(read)
                            .as("byte %s", at)
                            .allSatisfy(event -> assertThat(written)
                                    .extracting(TraceEvent::sequence)
                                    .contains(event.sequence()));
                } catch (StoredRunException | UncheckedIOException e) {
                    assertThat(e).hasMessageContaining("bundle");
                }
            }
        }

        private void assertRefused() {
            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> RunBundle.open(bundle()).close())
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.OTHER_FORM));
        }

        private void zip(String index, Map<String, byte[]> entries) throws IOException {
            try (OutputStream file = Files.newOutputStream(bundle());
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                put(zip, "BUNDLE.json", index.getBytes(StandardCharsets.UTF_8));
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    put(zip, entry.getKey(), entry.getValue());
                }
            }
        }

        private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
    }
}
