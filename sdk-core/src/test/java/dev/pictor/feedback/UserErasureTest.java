package dev.pictor.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.feedback.UserPreferences.Preference;
import dev.pictor.image.Sha256;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunOptionsBuilder;
import dev.pictor.pipeline.StageKey;
import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.FeedbackStore;
import dev.pictor.trace.FsyncPolicy;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.RunQuery;
import dev.pictor.trace.TraceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class UserErasureTest {

    private static final StageKey<String> DRAW = StageKey.of("draw", String.class);
    private static final UserKey ANA = new UserKey("acme", "ana-maria");

    /** Longer than what a log keeps within a line. */
    private static final String LONG = "a very particular garden ".repeat(2_000);

    @TempDir
    Path folder;

    private static Pipeline<String, String> drawing(CountDownLatch begun, CountDownLatch goOn) {
        return Pipeline.named("drawing", String.class)
                .stage(DRAW, (run, wish) -> {
                    begun.countDown();
                    goOn.await();
                    run.keep("output", "text/plain", bytes("picture of " + wish));
                    run.keep("output", "text/plain", bytes("the same for all"));
                    return wish;
                })
                .returning(DRAW);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static <S extends TraceSink & RunJournal & ArtifactStore> PipelineRunner runner(S store) {
        return PipelineRunner.builder()
                .traceSink(store)
                .journal(store)
                .artifacts(store)
                .build();
    }

    private static <S extends TraceSink & RunJournal & ArtifactStore & FeedbackStore> RunId draw(
            S store, String tenant, String user, String wish) {
        CountDownLatch open = new CountDownLatch(0);
        RunOptionsBuilder options = RunOptions.builder().user(user).idempotencyKey(tenant + user + wish.hashCode());
        RunId runId = runner(store)
                .run(
                        drawing(open, open),
                        wish,
                        tenant.isEmpty()
                                ? options.build()
                                : options.tenant(tenant).build())
                .runId();
        Ratings.rate(
                store, runId, Rating.builder(0).comment("comment on " + wish).build());
        return runId;
    }

    /** Every file of a folder as text. */
    private static String everything(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> {
                all.append(file).append('\n');
                if (Files.isRegularFile(file)) {
                    try {
                        all.append(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .append('\n');
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }
        return all.toString();
    }

    private DirectoryRunStore open() {
        return DirectoryRunStore.builder(folder.resolve("runs"))
                .fsync(FsyncPolicy.NONE)
                .build();
    }

    @Test
    void leavesNoDraftOfPreferencesThatACrashLeft() throws IOException {
        Path directory = folder.resolve("preferences");
        PreferenceStore preferences = PreferenceStore.ofDirectory(directory);
        assertThat(preferences.remove(ANA)).isFalse();
        List<Path> drafts = new ArrayList<>();
        for (UserKey user : List.of(ANA, UserKey.of("ben"))) {
            UserPreferences kept = preferences.update(user, known -> known);
            assertThat(kept.user()).isEqualTo(user);
            drafts.add(halfOfTheNewest(directory));
        }

        assertThat(preferences.remove(ANA)).isTrue();

        assertThat(drafts.get(0)).doesNotExist();
        assertThat(drafts.get(1)).exists();
        assertThat(preferences.find(UserKey.of("ben"))).isPresent();
    }

    /** Half of the newest file, under the name that a change writes to before it is moved. */
    private static Path halfOfTheNewest(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Path newest = files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !Files.exists(draft(file)))
                    .findFirst()
                    .orElseThrow();
            return Files.writeString(draft(newest), "{\"user\":");
        }
    }

    private static Path draft(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".0b1e.tmp");
    }

    @Test
    void leavesNothingOfAUserInAnyFile() throws IOException {
        PreferenceStore preferences = PreferenceStore.ofDirectory(folder.resolve("preferences"));
        try (DirectoryRunStore store = open()) {
            List<RunId> theirs = List.of(
                    draw(store, "acme", "ana-maria", "a violet garden"), draw(store, "acme", "ana-maria", LONG));
            RunId ofBen = draw(store, "acme", "ben", "a green lamp");
            RunId sameName = draw(store, "other", "ana-maria", "a blue desk");
            RunId noTenant = draw(store, "", "ana-maria", "a red chair");
            assertThat(store.list(RunQuery.all()).runs()).hasSize(5);
            UserPreferences kept = preferences.update(
                    ANA,
                    known -> known.toBuilder()
                            .favouriteStyle(Preference.set("violets"))
                            .build());
            assertThat(kept.user()).isEqualTo(ANA);

            UserErasure erasure = UserErasure.erase(store, preferences, ANA);

            assertThat(erasure.isComplete()).isTrue();
            assertThat(erasure.hadPreferences()).isTrue();
            assertThat(erasure.runs().removedRuns()).containsExactlyInAnyOrderElementsOf(theirs);
            assertThat(erasure.runs().removedArtifacts()).isGreaterThanOrEqualTo(2);
            assertThat(store.newest(10)).containsExactlyInAnyOrder(ofBen, sameName, noTenant);
            assertThat(store.get(Sha256.of(bytes("the same for all")))).isPresent();
            assertThat(store.get(Sha256.of(bytes("picture of a green lamp")))).isPresent();
            String left = everything(folder);
            assertThat(left)
                    .doesNotContain("violet")
                    .doesNotContain("a very particular garden")
                    .contains("a green lamp")
                    .contains("comment on a blue desk");
            theirs.forEach(runId -> assertThat(left).doesNotContain(runId.value()));
            assertThat(store.list(RunQuery.builder().user("ana-maria").build()).runs())
                    .hasSize(2);

            UserErasure again = UserErasure.erase(store, preferences, ANA);
            assertThat(again.runs().removedRuns()).isEmpty();
            assertThat(again.hadPreferences()).isFalse();
        }
    }

    @Test
    void findsRunsThatWerePacked() throws IOException {
        try (DirectoryRunStore store = open()) {
            RunId runId = draw(store, "acme", "ana-maria", "a violet garden");
            assertThat(store.compress(Duration.ZERO)).isEqualTo(1);
            assertThat(UserErasure.erase(store, PreferenceStore.none(), ANA)
                            .runs()
                            .removedRuns())
                    .containsExactly(runId);
            assertThat(everything(folder)).doesNotContain(runId.value()).doesNotContain("violet");
        }
    }

    @Test
    void leavesARunThatIsUnderWayAndSaysSo() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (DirectoryRunStore store = open()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            RunOptions options =
                    RunOptions.builder().tenant("acme").user("ana-maria").build();
            Future<RunId> underWay = thread.submit(() -> runner(store)
                    .run(drawing(begun, goOn), "a late wish", options)
                    .runId());
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            RunId over = draw(store, "acme", "ana-maria", "a violet garden");

            UserErasure first = UserErasure.erase(store, PreferenceStore.none(), ANA);
            assertThat(first.runs().removedRuns()).containsExactly(over);
            assertThat(first.runs().runsLeft()).hasSize(1);
            assertThat(first.runs().artifactsLeft()).isNotEmpty();
            assertThat(first.isComplete()).isFalse();

            goOn.countDown();
            assertThat(first.runs().runsLeft()).containsExactly(underWay.get(60, TimeUnit.SECONDS));
            UserErasure second = UserErasure.erase(store, PreferenceStore.none(), ANA);
            assertThat(second.isComplete()).isTrue();
            assertThat(store.newest(10)).isEmpty();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void erasesFromMemoryToo() {
        MemoryRunStore store = new MemoryRunStore();
        RunId theirs = draw(store, "acme", "ana-maria", "a violet garden");
        RunId ofBen = draw(store, "acme", "ben", "a green lamp");
        UserErasure erasure = UserErasure.erase(store, PreferenceStore.inMemory(), ANA);
        assertThat(erasure.runs().removedRuns()).containsExactly(theirs);
        assertThat(erasure.runs().removedArtifacts()).isEqualTo(1);
        assertThat(store.newest(10)).containsExactly(ofBen);
        assertThat(store.get(Sha256.of(bytes("picture of a violet garden")))).isEmpty();
        assertThat(store.get(Sha256.of(bytes("the same for all")))).isPresent();
        RunId again = draw(store, "acme", "ana-maria", "a violet garden");
        assertThat(again).isNotEqualTo(theirs);
    }

    /** Many users are erased while others draw: nobody loses what is theirs. */
    @Test
    void takesNothingOfOthersWhoDrawMeanwhile() throws Exception {
        try (DirectoryRunStore store = open()) {
            List<RunId> kept = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                RunId erased = draw(store, "acme", "leaving-" + i, "wish " + i);
                assertThat(erased).isNotNull();
            }
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<RunId>> drawn = new ArrayList<>();
            List<Future<UserErasure>> erased = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                drawn.add(threads.submit(() -> draw(store, "acme", "staying", "stays " + number)));
                erased.add(threads.submit(() ->
                        UserErasure.erase(store, PreferenceStore.none(), new UserKey("acme", "leaving-" + number))));
            }
            for (Future<RunId> run : drawn) {
                kept.add(run.get(60, TimeUnit.SECONDS));
            }
            for (Future<UserErasure> erasure : erased) {
                assertThat(erasure.get(60, TimeUnit.SECONDS).runs().removedRuns())
                        .hasSize(1);
            }
            threads.shutdown();
            assertThat(store.newest(100)).containsExactlyInAnyOrderElementsOf(kept);
            for (int i = 0; i < 8; i++) {
                assertThat(store.get(Sha256.of(bytes("picture of stays " + i)))).isPresent();
                assertThat(store.find(kept.get(i)).orElseThrow().feedback()).isNotEmpty();
            }
            assertThat(store.get(Sha256.of(bytes("the same for all")))).isPresent();
        }
    }
}
