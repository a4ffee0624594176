package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.f4b6a3.ulid.UlidCreator;
import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RetentionTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private DirectoryRunStore store;
    private final AtomicInteger swept = new AtomicInteger();
    private final Instant now = Instant.now();

    @BeforeEach
    void open() {
        store = DirectoryRunStore.builder(folder).fsync(FsyncPolicy.NONE).build();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void forgetsOldRunsAndTheirPictures() throws IOException {
        RunId old = run(DAY.multipliedBy(3), "succeeded", "lamp", "shared");
        RunId young = run(DAY, "succeeded", "desk", "shared");

        RetentionResult result = store.prune(
                RetentionPolicy.builder().maxAge(DAY.multipliedBy(2)).build());

        assertThat(result.removedRuns()).containsExactly(old);
        assertThat(result.removedArtifacts()).isEqualTo(1);
        assertThat(store.newest(10)).containsExactly(young);
        assertThat(store.events(old)).isEmpty();
        assertThat(store.get(name("lamp"))).isEmpty();
        assertThat(store.get(name("desk"))).isPresent();
        assertThat(store.get(name("shared"))).isPresent();
        assertThat(result.keptBytes()).isEqualTo(bytes());
    }

    @Test
    void forgetsTheKeysOfTheRunsThatItForgets() throws IOException {
        RunId old = run(DAY.multipliedBy(3), "succeeded");
        RunId young = run(DAY, "succeeded");
        assertThat(store.claim(name("old key"), old)).isEqualTo(old);
        assertThat(store.claim(name("young key"), young)).isEqualTo(young);

        RetentionResult result = store.prune(
                RetentionPolicy.builder().maxAge(DAY.multipliedBy(2)).build());

        assertThat(result.removedRuns()).containsExactly(old);
        RunId next = RunId.create();
        assertThat(store.claim(name("old key"), next)).isEqualTo(next);
        assertThat(store.claim(name("young key"), next)).isEqualTo(young);
    }

    @Test
    void saysHowManyBytesItFreed() throws IOException {
        RunId unused = run(DAY.multipliedBy(3), "succeeded", "lamp");
        RunId kept = run(DAY, "succeeded", "desk");
        long before = bytes();

        RetentionResult result = store.prune(
                RetentionPolicy.builder().maxAge(DAY.multipliedBy(2)).build());

        assertThat(result.freedBytes()).isEqualTo(before - bytes()).isPositive();
        assertThat(store.newest(2)).containsExactly(kept);
    }

    @Test
    void keepsFailuresForLonger() {
        RunId failed = run(DAY.multipliedBy(3), "failed");
        RunId neverEnded = run(DAY.multipliedBy(3), null);
        RunId longFailed = run(DAY.multipliedBy(9), "failed");
        RunId succeeded = run(DAY.multipliedBy(3), "succeeded");

        RetentionResult result = store.prune(RetentionPolicy.builder()
                .maxAge(DAY)
                .keepFailedFor(DAY.multipliedBy(7))
                .build());

        assertThat(result.removedRuns()).containsExactlyInAnyOrder(longFailed, succeeded);
        assertThat(store.newest(10)).containsExactlyInAnyOrder(failed, neverEnded);
    }

    @Test
    void neverForgetsAPinnedRun() {
        RunId pinned = run(DAY.multipliedBy(3), "succeeded", "lamp");
        RunId other = run(DAY.multipliedBy(3), "succeeded", "desk");

        RetentionResult result = store.prune(RetentionPolicy.builder()
                .maxAge(DAY)
                .maxBytes(0L)
                .addPins(pinned)
                .build());

        assertThat(result.removedRuns()).containsExactly(other);
        assertThat(store.get(name("lamp"))).isPresent();
    }

    @Test
    void savesBytesWithTheOldestAndWithFailuresLast() throws IOException {
        RunId failed = run(DAY.multipliedBy(4), "failed", "a");
        RunId oldest = run(DAY.multipliedBy(3), "succeeded", "b");
        RunId middle = run(DAY.multipliedBy(2), "succeeded", "c");
        RunId newest = run(DAY, "succeeded", "d");
        long most = bytes() - Files.size(runFile(oldest)) - 1;

        RetentionResult one = store.prune(RetentionPolicy.builder()
                .maxBytes(most)
                .keepFailedFor(DAY.multipliedBy(30))
                .build());
        assertThat(one.removedRuns()).containsExactly(oldest);

        RetentionResult rest = store.prune(RetentionPolicy.builder()
                .maxBytes(0L)
                .keepFailedFor(DAY.multipliedBy(30))
                .build());
        assertThat(rest.removedRuns()).containsExactly(middle, newest, failed);
        assertThat(rest.keptBytes()).isZero();
        assertThat(bytes()).isZero();
    }

    @Test
    void forgetsNoRunThatIsUnderWayHereOrElsewhere() {
        RunId here = start(DAY.multipliedBy(3));
        try (DirectoryRunStore other = DirectoryRunStore.open(folder)) {
            RunId there = id(DAY.multipliedBy(3));
            other.accept(event(there, 1, TraceEvent.RUN_START, Map.of(), Map.of()));

            RetentionResult result =
                    store.prune(RetentionPolicy.builder().maxBytes(0L).build());

            assertThat(result.removedRuns()).isEmpty();
            assertThat(store.newest(10)).containsExactlyInAnyOrder(here, there);
        }
    }

    @Test
    void keepsPicturesThatARunUnderWayMayBeAboutToName() throws IOException {
        RunId underWay = start(Duration.ofHours(3));
        keep("lamp", Duration.ofHours(2));
        keep("older", Duration.ofHours(4));
        keep("younger", Duration.ofMinutes(5));
        RetentionPolicy policy = RetentionPolicy.builder().build();

        assertThat(store.prune(policy).removedArtifacts()).isEqualTo(1);
        assertThat(Files.exists(store.artifactFile(name("older")))).isFalse();

        store.accept(event(underWay, 2, TraceEvent.RUN_END, Map.of(), Map.of()));

        assertThat(store.prune(policy).removedArtifacts()).isEqualTo(1);
        assertThat(Files.exists(store.artifactFile(name("lamp")))).isFalse();
        assertThat(Files.exists(store.artifactFile(name("younger")))).isTrue();
    }

    @Test
    void keepsWhatWasKeptAgainOrReadWithinTheGracePeriod() throws IOException {
        keep("again", Duration.ofHours(2));
        keep("read", Duration.ofHours(2));
        store.put(name("again"), content("again"));
        assertThat(store.get(name("read"))).isPresent();

        assertThat(store.prune(RetentionPolicy.builder().build()).removedArtifacts())
                .isZero();
    }

    @Test
    void keepsPicturesThatOnlyALargeTextNames() throws IOException {
        RunId runId = start(DAY);
        keep("lamp", Duration.ofHours(2));
        String text = name("lamp").hex() + " ".repeat(20_000);
        store.accept(event(runId, 2, "acme.tick", Map.of(), Map.of("text", text)));
        store.accept(event(runId, 3, TraceEvent.RUN_END, Map.of(), Map.of()));
        try (var blobs = Files.walk(folder.resolve("blobs"))) {
            blobs.filter(Files::isRegularFile).forEach(blob -> age(blob, Duration.ofHours(2)));
        }

        assertThat(store.prune(RetentionPolicy.builder().build()).removedArtifacts())
                .isZero();
        assertThat(store.events(runId).get(1).body()).containsEntry("text", text);
    }

    @Test
    void removesWhatProcessesLeftHalfWritten() throws IOException {
        keep("lamp", Duration.ZERO);
        Path draft = store.artifactFile(name("lamp")).resolveSibling("." + name("lamp") + ".draft");
        Files.writeString(draft, "half");
        age(draft, Duration.ofHours(2));
        Path young = Files.writeString(draft.resolveSibling("." + name("lamp") + ".young"), "half");

        RetentionResult unused = store.prune(RetentionPolicy.builder().build());

        assertThat(draft).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void readsPackedRunsForTheirNamesToo() throws IOException {
        RunId runId = run(DAY, "succeeded", "lamp");
        age(runFile(runId), DAY);
        assertThat(store.compress(Duration.ofHours(1))).isEqualTo(1);

        assertThat(store.prune(RetentionPolicy.builder().build()).removedArtifacts())
                .isZero();
        RetentionResult result = store.prune(
                RetentionPolicy.builder().maxAge(Duration.ofHours(1)).build());

        assertThat(result.removedRuns()).containsExactly(runId);
        assertThat(result.removedArtifacts()).isEqualTo(1);
        assertThat(store.newest(1)).isEmpty();
    }

    @Test
    void refusesAPolicyThatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RetentionPolicy.builder().maxAge(Duration.ZERO).build())
                .withMessage("maxAge must be more than zero, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetentionPolicy.builder().maxBytes(-1L).build())
                .withMessage("maxBytes must be at least 0, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RetentionPolicy.builder().grace(Duration.ofSeconds(59)).build())
                .withMessage("grace must be at least PT1M, was PT59S");
    }

    /**
     * Writers take up pictures that no run names any more, and are so old that they may go at any moment, while another
     * store prunes without a pause.
     */
    @Test
    void neverRemovesAPictureThatSomeoneHasJustKept() throws Exception {
        int writers = 3;
        ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
        CountDownLatch done = new CountDownLatch(writers);
        try (DirectoryRunStore pruner =
                DirectoryRunStore.builder(folder).fsync(FsyncPolicy.NONE).build()) {
            List<Future<?>> results = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String mine = "writer" + writer;
                results.add(threads.submit(() -> {
                    try {
                        writeRuns(mine);
                    } finally {
                        done.countDown();
                    }
                    return null;
                }));
            }
            do {
                RetentionResult result =
                        pruner.prune(RetentionPolicy.builder().maxBytes(0L).build());
                swept.addAndGet(result.removedArtifacts());
            } while (!done.await(0, TimeUnit.SECONDS));
            for (Future<?> result : results) {
                result.get(60, TimeUnit.SECONDS);
            }
            assertThat(swept).as("pictures that were swept meanwhile").hasPositiveValue();
        } finally {
            threads.shutdownNow();
        }
    }

    private void writeRuns(String mine) throws IOException {
        for (int i = 0; i < 150 || swept.get() == 0; i++) {
            String picture = mine + i % 3;
            Path blob = store.artifactFile(name(picture));
            try {
                age(blob, Duration.ofHours(2));
            } catch (UncheckedIOException e) {
                assertThat(blob).doesNotExist(); // it was swept
            }
            RunId runId = RunId.create();
            store.accept(event(runId, 1, TraceEvent.RUN_START, Map.of(), Map.of()));
            store.put(name(picture), content(picture));
            assertThat(Files.readAllBytes(blob)).isEqualTo(content(picture).array());
            store.accept(named(runId, 2, picture));
            assertThat(store.events(runId)).hasSize(2);
            assertThat(Files.readAllBytes(blob)).isEqualTo(content(picture).array());
            store.accept(event(runId, 3, TraceEvent.RUN_END, Map.of(TraceAttributes.STATUS, "succeeded"), Map.of()));
        }
    }

    private RunId run(Duration age, @Nullable String status, String... pictures) {
        RunId runId = start(age);
        int sequence = 2;
        for (String picture : pictures) {
            keep(picture, age);
            store.accept(named(runId, sequence++, picture));
        }
        if (status != null) {
            store.accept(event(runId, sequence, TraceEvent.RUN_END, Map.of(TraceAttributes.STATUS, status), Map.of()));
        } else {
            close();
            open();
        }
        return runId;
    }

    private RunId start(Duration age) {
        RunId runId = id(age);
        store.accept(event(runId, 1, TraceEvent.RUN_START, Map.of(), Map.of()));
        return runId;
    }

    private void keep(String picture, Duration age) {
        store.put(name(picture), content(picture));
        age(store.artifactFile(name(picture)), age);
    }

    private RunId id(Duration age) {
        return new RunId(UlidCreator.getUlid(now.minus(age).toEpochMilli()).toString());
    }

    private static void age(Path file, Duration age) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TraceEvent named(RunId runId, long sequence, String picture) {
        return event(
                runId,
                sequence,
                TraceEvent.ARTIFACT,
                Map.of(),
                Map.of("artifact", Map.of("sha256", name(picture).hex())));
    }

    private static TraceEvent event(
            RunId runId, long sequence, String type, Map<String, ?> attributes, Map<String, ?> body) {
        return TraceEvent.builder(runId, type, runId.createdAt())
                .sequence(sequence)
                .attributes(attributes)
                .body(body)
                .build();
    }

    private static ByteBuffer content(String picture) {
        return ByteBuffer.wrap(picture.repeat(100).getBytes(StandardCharsets.US_ASCII));
    }

    private static Sha256 name(String picture) {
        return Sha256.of(content(picture));
    }

    private Path runFile(RunId runId) throws IOException {
        try (var files = Files.walk(folder.resolve("runs"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(runId.value()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private long bytes() throws IOException {
        long bytes = 0;
        for (String part : List.of("runs", "blobs")) {
            try (var files = Files.walk(folder.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    bytes += Files.size(file);
                }
            }
        }
        return bytes;
    }
}
