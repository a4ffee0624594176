package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.prompts.PromptSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link PromptSource} passes. Extend it and give a source that holds {@link #FILES} and no other
 * file. Not thread-safe.
 */
public abstract class PromptSourceContract {

    private static final String DRAW = "Draw {{wish}}.";

    /** What the source under test holds: texts in UTF-8 by path. */
    protected static final Map<String, String> FILES = Map.of(
            "enhance.prompt", DRAW,
            "shop/enhance.art.prompt", "---\ndescription: ärgert, 描く 🎨\n---\nPaint {{wish}}.{{>tone}}\n",
            "shop/_tone.prompt", " Calm.",
            "shop/deep/er/say.prompt", "",
            "labels.yaml", "production: {prompts: {}}\n");

    private static final int THREADS = 8;
    private static final int ROUNDS = 50;
    private static final long PATIENCE_SECONDS = 60;

    /** For subclasses. */
    protected PromptSourceContract() {}

    /**
     * Returns the source under test.
     *
     * @return the same source throughout a test, which holds {@link #FILES}
     */
    protected abstract PromptSource source();

    @Test
    void givesEachFileAsItIs() throws IOException {
        assertEachFileIsGiven();
    }

    @Test
    void givesAFileAsOftenAsItIsAskedFor() throws IOException {
        try (InputStream first = source().open("enhance.prompt").orElseThrow();
                InputStream second = source().open("enhance.prompt").orElseThrow()) {
            assertThat(first.readNBytes(4)).isEqualTo("Draw".getBytes(StandardCharsets.UTF_8));
            assertThat(second.readAllBytes()).isEqualTo(DRAW.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void isEmptyForAFileThatIsNotThere() throws IOException {
        for (String path : List.of("none.prompt", "shop/none.prompt", "none/enhance.prompt", "experiments.yaml")) {
            assertThat(source().open(path)).as(path).isEmpty();
        }
    }

    @Test
    void listsThePromptFilesAndNoOthersInOrder() throws IOException {
        assertPromptFilesAreListed();
    }

    @Test
    void givesRevisionsForWhatIsThereAndWhatIsNot() {
        assertRevisionsAreGiven();
    }

    @Test
    void saysOfEachFileWhereItIs() {
        List<String> origins = FILES.keySet().stream().map(source()::origin).toList();

        assertThat(origins)
                .doesNotHaveDuplicates()
                .allSatisfy(origin -> assertThat(origin).isNotBlank());
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                done.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        assertEachFileIsGiven();
                        assertPromptFilesAreListed();
                        assertRevisionsAreGiven();
                    }
                    return null;
                }));
            }
            for (Future<?> future : done) {
                assertThat(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNull();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void assertEachFileIsGiven() throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            assertThat(read(file.getKey())).as(file.getKey()).contains(file.getValue());
        }
    }

    private void assertPromptFilesAreListed() throws IOException {
        List<String> expected = new ArrayList<>(FILES.keySet());
        expected.removeIf(path -> !path.endsWith(".prompt"));
        Collections.sort(expected);

        assertThat(source().paths()).isEqualTo(expected);
    }

    private void assertRevisionsAreGiven() {
        for (String path : List.of("enhance.prompt", "shop/_tone.prompt", "none.prompt", "none/none.prompt")) {
            assertThat(source().revision(path)).as(path).isNotNull();
        }
    }

    private Optional<String> read(String path) throws IOException {
        Optional<InputStream> opened = source().open(path);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = opened.get()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
