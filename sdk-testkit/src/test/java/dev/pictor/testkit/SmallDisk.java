package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.StoredRunException;
import dev.pictor.trace.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A disk that is really full. No part of a build, since it needs a small file system: {@code -Dtest=SmallDisk
 * -Dpictor.small.disk=FOLDER}, where the folder is empty and holds 1 to 64 MB. See {@code .ci/run}.
 */
@Timeout(300)
class SmallDisk {

    private static final StageKey<String> DRAWN = StageKey.of("drawn", String.class);
    private static final int FREED_BYTES = 200_000;
    private static final int LOST = 50;

    private final Path disk = Path.of(System.getProperty("pictor.small.disk"));
    private int color;

    private final Pipeline<String, String> pipeline = Pipeline.named("drawing", String.class)
            .stage(DRAWN, (run, in) -> {
                ImageBytes picture = FakePicture.of(new PixelSize(64, 64), color++);
                run.keep("output", picture);
                return in;
            })
            .returning(DRAWN);

    @Test
    void failsNoRunLosesNothingAcknowledgedAndGoesOnWhenThereIsRoom() throws IOException {
        Path room = Files.write(disk.resolve("room"), new byte[FREED_BYTES]);
        Map<RunId, Long> acknowledged = new LinkedHashMap<>();
        try (DirectoryRunStore store = DirectoryRunStore.open(disk.resolve("store"));
                PipelineRunner runner = PipelineRunner.builder()
                        .traceSink(event -> {
                            store.accept(event);
                            acknowledged.merge(event.runId(), 1L, Long::sum);
                        })
                        .artifacts(store)
                        .build();
                PipelineRunner journaling =
                        PipelineRunner.builder().journal(store).build()) {
            while (store.health().eventsLost() < LOST) {
                assertThat(runner.run(pipeline, "a lamp").value()).isEqualTo("a lamp");
            }
            assertThat(store.health().isHealthy()).isFalse();
            assertThatExceptionOfType(StoredRunException.class).isThrownBy(() -> journaling.run(pipeline, "a lamp"));
            acknowledged.forEach((runId, count) -> assertKept(store, runId, count));

            Files.delete(room);
            RunId after = runner.run(pipeline, "a lamp").runId();

            assertThat(store.health().isHealthy()).isTrue();
            assertThat(store.find(after).map(RunRecord::missingEvents)).contains(0L);
        }
        try (DirectoryRunStore store = DirectoryRunStore.open(disk.resolve("store"))) {
            for (RunId runId : store.newest(Integer.MAX_VALUE)) {
                store.accept(
                        TraceEvent.builder(runId, "acme.tick", Instant.EPOCH).build());
            }
            acknowledged.forEach((runId, count) -> assertKept(store, runId, count));
        }
    }

    private static void assertKept(DirectoryRunStore store, RunId runId, long count) {
        assertThat(store.events(runId))
                .filteredOn(event -> event.sequence() > 0)
                .as("run %s", runId)
                .hasSizeGreaterThanOrEqualTo(Math.toIntExact(count));
        store.find(runId)
                .orElseThrow()
                .artifacts()
                .forEach(picture -> assertThat(store.image(picture.artifact().sha256()))
                        .as("run %s", runId)
                        .isPresent());
    }
}
