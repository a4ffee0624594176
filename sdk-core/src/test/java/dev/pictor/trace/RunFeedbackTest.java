package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFeedbackTest {

    private static final Instant TIME = Instant.parse("2020-01-01T08:15:30Z");

    @TempDir
    Path folder;

    private final RunId runId = RunId.create();

    private static RunFeedback thumbs(String comment) {
        return RunFeedback.builder("thumbs", RunFeedback.Source.USER)
                .score(1)
                .label("up")
                .comment(comment)
                .time(TIME)
                .build();
    }

    private void run(TraceSink sink) {
        Instant begin = Instant.parse("2026-11-20T08:15:30Z");
        sink.accept(TraceEvent.builder(runId, TraceEvent.RUN_START, begin)
                .sequence(1)
                .build());
        sink.accept(
                TraceEvent.builder(runId, TraceEvent.RUN_END, begin).sequence(2).build());
    }

    private <S extends TraceSink & RunStore & FeedbackStore> void check(S store) {
        run(store);

        store.feedback(runId, thumbs("lovely"));
        store.feedback(
                runId,
                RunFeedback.builder("likeness", RunFeedback.Source.MODEL)
                        .score(0.25)
                        .build());

        RunRecord record = store.find(runId).orElseThrow();
        assertThat(record.feedback()).hasSize(2);
        assertThat(record.feedback().get(0)).isEqualTo(thumbs("lovely"));
        assertThat(record.feedback().get(1).time()).isPresent();
        assertThat(record.missingEvents()).isZero();
        assertThat(record.startedAt()).isAfter(TIME);
        assertThatExceptionOfType(StoredRunException.class)
                .isThrownBy(() -> store.feedback(RunId.create(), thumbs("?")))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.NOT_FOUND));
    }

    @Test
    void comesLaterInTheMemoryStore() {
        check(new MemoryRunStore());
    }

    @Test
    void comesLaterInTheDirectoryStore() {
        try (DirectoryRunStore store = DirectoryRunStore.open(folder)) {
            check(store);
            assertThat(store.newest(10)).containsExactly(runId);
        }
    }

    @Test
    void aTornLineHidesNoneAndIsCutOffByTheNext() throws IOException {
        try (DirectoryRunStore store = DirectoryRunStore.open(folder)) {
            run(store);
            store.feedback(runId, thumbs("one"));
            Path file = file();
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2), StandardOpenOption.APPEND);

            assertThat(store.find(runId).orElseThrow().feedback()).hasSize(1);
            store.feedback(runId, thumbs("two"));

            assertThat(store.find(runId).orElseThrow().feedback())
                    .extracting(given -> given.comment().orElse(""))
                    .containsExactly("one", "two");
            assertThat(store.events(runId)).extracting(TraceEvent::type).contains(TraceEvent.RECOVERED);
            assertThat(Files.readAllLines(file)).hasSize(3).allMatch(line -> line.endsWith("\"}"));
        }
    }

    @Test
    void manyMayGiveItAtOnce() throws Exception {
        try (DirectoryRunStore one = DirectoryRunStore.open(folder);
                DirectoryRunStore other = DirectoryRunStore.open(folder)) {
            run(one);
            List<CompletableFuture<?>> givers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                DirectoryRunStore store = i % 2 == 0 ? one : other;
                givers.add(CompletableFuture.runAsync(() -> {
                    for (int n = 0; n < 10; n++) {
                        store.feedback(runId, thumbs("fine"));
                    }
                }));
            }
            CompletableFuture.allOf(givers.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);

            assertThat(one.find(runId).orElseThrow().feedback()).hasSize(80);
        }
    }

    @Test
    void holdsNoKey() {
        MemoryRunStore store = new MemoryRunStore();
        run(store);

        store.feedback(runId, thumbs("use AIzaSyA1234567890abcdefghijklmnopqrstuv"));

        assertThat(store.find(runId).orElseThrow().feedback().get(0).comment()).contains("use " + Redaction.MARK);
    }

    @Test
    void needsSomethingToSay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RunFeedback.builder("thumbs", RunFeedback.Source.USER).build())
                .withMessage("feedback needs a score, a label or a comment, thumbs has none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunFeedback.builder("thumbs", RunFeedback.Source.USER)
                        .score(Double.NaN)
                        .build())
                .withMessage("score must be finite, was NaN");
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.toString().endsWith(".feedback.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
