package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentLevelTest {

    private static final String PROMPT = "a brass lamp for Ms Doe";
    private static final String PROMPT_REFERENCE =
            "sha256:" + Sha256.of(PROMPT.getBytes(StandardCharsets.UTF_8)).hex() + ", text/plain, 23 bytes";
    private static final String PICTURE_URI = "cas://local/sha256/" + "ab".repeat(32);

    /** Counts how often it is turned into JSON. */
    private static final class Payload {

        private final AtomicInteger described = new AtomicInteger();

        @SuppressWarnings({"unused", "EffectivelyPrivate"}) // Jackson calls it
        public String getText() {
            described.incrementAndGet();
            return PROMPT;
        }
    }

    private static final class CountingStore implements ArtifactStore {

        private final AtomicInteger puts = new AtomicInteger();

        @Override
        public void put(Sha256 sha256, ByteBuffer bytes) {
            puts.incrementAndGet();
        }

        @Override
        public Optional<ByteBuffer> get(Sha256 sha256) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> messages() {
        return Map.of(
                "messages",
                List.of(Map.of(
                        "role",
                        "user",
                        "parts",
                        List.of(
                                Map.of("type", "text", "content", PROMPT),
                                Map.of("type", "uri", "uri", PICTURE_URI, "sha256", "ab".repeat(32), "width", 3)))));
    }

    @Test
    void fullKeepsEverythingAsItIs() {
        TraceEvent event = RecordedSpan.at(ContentLevel.FULL).emit("acme.tick", Map.of("acme.n", 1), messages());

        assertThat(event.body()).isEqualTo(messages());
    }

    @Test
    void referencesPutHashAndSizeInThePlaceOfTexts() {
        TraceEvent event = RecordedSpan.at(ContentLevel.REFERENCES).emit("acme.tick", Map.of(), messages());

        assertThat(event.body())
                .isEqualTo(Map.of(
                        "messages",
                        List.of(Map.of(
                                "role",
                                "user",
                                "parts",
                                List.of(
                                        Map.of("type", "text", "content", PROMPT_REFERENCE),
                                        Map.of(
                                                "type",
                                                "uri",
                                                "uri",
                                                PICTURE_URI,
                                                "sha256",
                                                "ab".repeat(32),
                                                "width",
                                                3))))));
    }

    @Test
    void referencesTakeNoSentenceForStructure() {
        TraceEvent event = RecordedSpan.at(ContentLevel.REFERENCES)
                .emit("acme.tick", Map.of(), Map.of("type", PROMPT, "uri", "cas://" + PROMPT));

        assertThat(event.body().toString()).doesNotContain("Doe");
    }

    @Test
    void noneKeepsFiguresOnly() {
        Map<String, Object> body = Map.of(
                "response",
                Map.of("text", PROMPT),
                TraceAttributes.COST,
                Cost.of(Money.usd(5)),
                TraceAttributes.USAGE,
                Usage.none(),
                "error",
                PROMPT);

        TraceEvent event = RecordedSpan.at(ContentLevel.NONE)
                .emit(
                        TraceEvent.MODEL_CALL_END,
                        Map.of(
                                TraceAttributes.ERROR_TYPE,
                                "rate_limited",
                                TraceAttributes.EVALUATION_EXPLANATION,
                                PROMPT),
                        body);

        assertThat(event.body()).containsOnlyKeys(TraceAttributes.COST, TraceAttributes.USAGE);
        assertThat(event.attributes()).containsOnly(Map.entry(TraceAttributes.ERROR_TYPE, "rate_limited"));
    }

    @Test
    void noneDoesNoWorkForContent() {
        Payload payload = new Payload();
        CountingStore store = new CountingStore();
        RecordedSpan run = RecordedSpan.at(ContentLevel.NONE);

        TraceEvent event = run.emit("acme.tick", Map.of(), Map.of("payload", payload));
        run.span.keep(store, Sha256.of(new byte[1]), ByteBuffer.allocate(1));

        assertThat(event.body()).isEmpty();
        assertThat(payload.described).hasValue(0);
        assertThat(store.puts).hasValue(0);
    }

    @Test
    void noWorkIsDoneWithoutASink() {
        Payload payload = new Payload();
        CountingStore store = new CountingStore();
        TraceSpan span = TraceSpan.ofRun(
                RunId.create(), TraceSink.none(), Clock.systemUTC(), System::nanoTime, Duration.ZERO, 0);

        span.emit("acme.tick", Map.of(), Map.of("payload", payload));
        span.keep(store, Sha256.of(new byte[1]), ByteBuffer.allocate(1));

        assertThat(span.keeps(ContentLevel.NONE)).isFalse();
        assertThat(payload.described).hasValue(0);
        assertThat(store.puts).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(ContentLevel.class)
    void bytesAreKeptAtFullOnly(ContentLevel level) {
        CountingStore store = new CountingStore();

        RecordedSpan.at(level).span.keep(store, Sha256.of(new byte[1]), ByteBuffer.allocate(1));

        assertThat(store.puts).hasValue(level == ContentLevel.FULL ? 1 : 0);
    }

    @Test
    void aPartOfARunKeepsLessButNeverMore() {
        RecordedSpan run = RecordedSpan.at(ContentLevel.REFERENCES);

        assertThat(run.span.atMost(ContentLevel.FULL).content()).isEqualTo(ContentLevel.REFERENCES);
        assertThat(run.span.atMost(ContentLevel.NONE).child().content()).isEqualTo(ContentLevel.NONE);
        run.span.atMost(ContentLevel.NONE).child().emit(TraceEvent.MODEL_CALL_START, Map.of(), messages());

        assertThat(run.last().body()).isEmpty();
        assertThat(run.last().attributes()).containsEntry(TraceAttributes.CONTENT, "none");
        assertThat(run.record().calls().get(0).content()).contains(ContentLevel.NONE);
    }

    @Test
    void bytesInABodyBecomeAReference() {
        TraceEvent event = RecordedSpan.at(ContentLevel.FULL)
                .emit("acme.tick", Map.of(), Map.of("a", new byte[] {1, 2}, "b", ByteBuffer.allocate(3)));

        assertThat(event.body().get("a"))
                .isEqualTo("sha256:" + Sha256.of(new byte[] {1, 2}).hex() + ", application/octet-stream, 2 bytes");
        assertThat(event.body().get("b")).asString().endsWith("3 bytes");
    }

    @Test
    void aDecisionWithoutItsWordsIsStillADecision() {
        RecordedSpan run = RecordedSpan.at(ContentLevel.NONE);
        run.span.emit(
                TraceEvent.DECISION,
                Map.of(TraceAttributes.DECISION_KIND, "route", TraceAttributes.DECISION_CHOSEN, "model-a"),
                Map.of("kind", "route", "question", "which?", "chosen", "model-a", "reason", PROMPT));

        assertThat(run.record().decisions()).singleElement().satisfies(made -> {
            assertThat(made.decision().kind()).isEqualTo("route");
            assertThat(made.decision().chosen()).isEqualTo("model-a");
            assertThat(made.decision().reason()).isEmpty();
        });
    }
}
