package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Pictures;
import dev.pictor.image.Sha256;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.StageKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that takes nothing more, at each place where something is written. */
class FullDiskTest {

    private static final ImageBytes PICTURE = Pictures.png(9, 4);
    private static final String LONG_TEXT = "ışık ".repeat(5_000);
    private static final StageKey<String> DRAWN = StageKey.of("drawn", String.class);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "full for {0} operations, {1}")
    @CsvSource({"1, GIVES_BACK", "1, GIVES_NOTHING_BACK", "3, GIVES_BACK", "3, GIVES_NOTHING_BACK", "1000, GIVES_BACK"})
    void losesNothingThatItAcknowledgedAndSaysWhatItLost(int length, HalfLines halfLines) throws IOException {
        boolean failed = true;
        for (int at = 1; failed; at++) {
            FailingDisk disk = new FailingDisk(at, at + length - 1, halfLines == HalfLines.GIVES_NOTHING_BACK);
            failed = failsAt(folder.resolve("at" + at), disk);
            assertThat(at).as("operations of one run").isLessThan(100);
        }
    }

    enum HalfLines {
        GIVES_BACK,
        GIVES_NOTHING_BACK
    }

    /** Returns whether there was a failure at all. */
    private static boolean failsAt(Path directory, FailingDisk disk) throws IOException {
        RunId runId = RunId.create();
        List<Long> acknowledged = new ArrayList<>();
        int lost = 0;
        StoreHealth health;
        try (DirectoryRunStore store = DirectoryRunStore.builder(directory)
                .fsync(FsyncPolicy.EVERY)
                .disk(disk)
                .build()) {
            for (TraceEvent event : events(runId)) {
                try {
                    if (event.type().equals(TraceEvent.ARTIFACT)) {
                        store.put(PICTURE.sha256(), PICTURE.asByteBuffer());
                    }
                    store.accept(event);
                    acknowledged.add(event.sequence());
                } catch (StoredRunException e) {
                    assertThat(e.reason()).isEqualTo(StoredRunException.Reason.NOT_WRITTEN);
                    lost++;
                } catch (UncheckedIOException e) {
                    lost += event.type().equals(TraceEvent.ARTIFACT) ? 0 : 1;
                }
            }
            health = store.health();
        }

        assertThat(health.eventsLost()).as("%s", directory).isEqualTo(lost);
        assertThat(health.lastFailure().isPresent() || lost == 0).isTrue();
        try (DirectoryRunStore store = DirectoryRunStore.open(directory)) {
            List<TraceEvent> kept = store.events(runId);
            assertThat(kept)
                    .filteredOn(event -> event.sequence() > 0)
                    .as("%s", directory)
                    .extracting(TraceEvent::sequence)
                    .doesNotHaveDuplicates()
                    .isSorted()
                    .containsAll(acknowledged);
            assertWhole(store, kept);
            if (acknowledged.contains(6L)) {
                assertThat(store.find(runId).orElseThrow().droppedEvents()).isEqualTo(lost);
            }
            store.accept(tick(runId));
            assertThat(store.events(runId)).last().isEqualTo(tick(runId));
        }
        try (var drafts = Files.walk(directory)) {
            assertThat(drafts.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
        return disk.failures() > 0;
    }

    private static void assertWhole(DirectoryRunStore store, List<TraceEvent> kept) {
        for (TraceEvent event : kept) {
            if (event.type().equals(TraceEvent.ARTIFACT)) {
                assertThat(store.image(PICTURE.sha256())).contains(PICTURE);
            }
            if (event.type().equals(TraceEvent.PROMPT_RENDER)) {
                assertThat(event.body()).containsEntry("text", LONG_TEXT);
            }
        }
    }

    private static List<TraceEvent> events(RunId runId) {
        return List.of(
                event(runId, 1, TraceEvent.RUN_START, Map.of()),
                event(runId, 2, TraceEvent.PROMPT_RENDER, Map.of("text", LONG_TEXT)),
                event(runId, 3, TraceEvent.ARTIFACT, Map.of("artifact", ArtifactRef.of(PICTURE))),
                event(runId, 4, TraceEvent.STAGE_END, Map.of()),
                event(runId, 5, "acme.tick", Map.of()),
                event(runId, 6, TraceEvent.RUN_END, Map.of()));
    }

    private static TraceEvent event(RunId runId, long sequence, String type, Map<String, ?> body) {
        return TraceEvent.builder(runId, type, Instant.EPOCH)
                .sequence(sequence)
                .body(body)
                .build();
    }

    private static TraceEvent tick(RunId runId) {
        return event(runId, 7, "acme.tick", Map.of());
    }

    private static Pipeline<String, String> pipeline() {
        return Pipeline.named("drawing", String.class)
                .stage(DRAWN, (run, in) -> {
                    run.keep("output", PICTURE);
                    return in;
                })
                .returning(DRAWN);
    }

    @Test
    void failsNoRunOfWhichItKeepsTheTrace() {
        FailingDisk full = new FailingDisk(1, Integer.MAX_VALUE, false);
        try (DirectoryRunStore store =
                        DirectoryRunStore.builder(folder).disk(full).build();
                PipelineRunner runner = PipelineRunner.builder()
                        .traceSink(store)
                        .artifacts(store)
                        .build()) {
            assertThat(runner.run(pipeline(), "a lamp").value()).isEqualTo("a lamp");
            assertThat(store.health().isHealthy()).isFalse();
            assertThat(store.health().eventsLost()).isEqualTo(4); // run and stage; nothing names the picture
            assertThat(store.health().lastFailure().orElseThrow()).contains("No space left on device");
        }
    }

    @Test
    void failsTheRunOfWhichItKeepsTheJournal() {
        FailingDisk full = new FailingDisk(1, Integer.MAX_VALUE, false);
        try (DirectoryRunStore store =
                        DirectoryRunStore.builder(folder).disk(full).build();
                PipelineRunner runner = PipelineRunner.builder().journal(store).build()) {
            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> runner.run(pipeline(), "a lamp"))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.NOT_WRITTEN));
        }
    }

    @Test
    void goesOnInAnotherFileWhenHalfALineCannotBeTakenBack() throws IOException {
        RunId runId = RunId.create();
        try (DirectoryRunStore store = DirectoryRunStore.builder(folder)
                .fsync(FsyncPolicy.NONE)
                .disk(new FailingDisk(2, 2, true))
                .build()) {
            store.accept(event(runId, 1, TraceEvent.RUN_START, Map.of()));
            store.accept(event(runId, 2, "acme.tick", Map.of()));
            store.accept(event(runId, 3, "acme.tick", Map.of()));

            assertThat(store.events(runId)).extracting(TraceEvent::sequence).containsExactly(1L, 2L, 3L);
            assertThat(store.find(runId).orElseThrow().damagedLines()).isEqualTo(1);
            assertThat(store.newest(10)).containsExactly(runId);
        }
        try (var files = Files.walk(folder.resolve("runs"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(runId + ".jsonl", runId + ".2.jsonl");
        }
        try (DirectoryRunStore store = DirectoryRunStore.open(folder)) {
            store.accept(event(runId, 4, "acme.tick", Map.of()));
            assertThat(store.events(runId)).extracting(TraceEvent::sequence).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void isHealthyAgainOnceItTakesLines() {
        RunId runId = RunId.create();
        try (DirectoryRunStore store = DirectoryRunStore.builder(folder)
                .fsync(FsyncPolicy.NONE)
                .disk(new FailingDisk(2, 2, false))
                .build()) {
            assertThat(store.health())
                    .isEqualTo(new StoreHealthBuilder()
                            .isHealthy(true)
                            .eventsLost(0)
                            .build());
            store.accept(event(runId, 1, TraceEvent.RUN_START, Map.of()));
            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> store.accept(event(runId, 2, "acme.tick", Map.of())));
            assertThat(store.health().isHealthy()).isFalse();

            store.accept(event(runId, 3, "acme.tick", Map.of()));

            assertThat(store.health().isHealthy()).isTrue();
            assertThat(store.health().eventsLost()).isEqualTo(1);
            RunRecord run = store.find(runId).orElseThrow();
            assertThat(run.droppedEvents()).isEqualTo(1);
            assertThat(run.missingEvents()).isEqualTo(1);
        }
    }

    @Test
    void takesAPictureThatItHasWhenItIsFull() {
        byte[] bytes = PICTURE.toByteArray();
        try (DirectoryRunStore store = DirectoryRunStore.open(folder)) {
            store.put(PICTURE.sha256(), PICTURE.asByteBuffer());
        }
        try (DirectoryRunStore store = DirectoryRunStore.builder(folder)
                .disk(new FailingDisk(1, Integer.MAX_VALUE, false))
                .build()) {
            store.put(PICTURE.sha256(), PICTURE.asByteBuffer());
            assertThat(Sha256.of(store.get(PICTURE.sha256()).orElseThrow())).isEqualTo(Sha256.of(bytes));
        }
    }
}
