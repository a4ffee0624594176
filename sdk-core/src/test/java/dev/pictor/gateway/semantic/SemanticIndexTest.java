package dev.pictor.gateway.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.model.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SemanticIndexTest {

    private static final double THRESHOLD = SemanticSettings.builder().build().threshold();

    private final LexicalEmbedder embedder = LexicalEmbedder.create();
    private final SemanticIndex index = SemanticIndex.create(3);

    private void add(String envelope, String id, String prompt) {
        index.add(envelope, id, prompt, embedder.embed(prompt));
    }

    private Optional<SemanticHit> find(String envelope, String prompt) {
        return index.nearest(envelope, embedder.embed(prompt), prompt, THRESHOLD);
    }

    @Nested
    @DisplayName("R21: semantic hits")
    class R21 {

        @ParameterizedTest(name = "{0}: {1} | {2}")
        @MethodSource("dev.pictor.gateway.semantic.Pairs#other")
        void areNeverWrongAtTheDefaultThreshold(String what, String a, String b) {
            add("e", "a", a);

            assertThat(find("e", b)).as(what).isEmpty();
        }

        @ParameterizedTest(name = "{0}: {1} | {2}")
        @MethodSource("dev.pictor.gateway.semantic.Pairs#same")
        void areFoundInOtherWords(String what, String a, String b) {
            add("e", "a", a);

            assertThat(find("e", b)).as(what).isPresent();
        }

        @Test
        void happenOnlyWithinOneEnvelope() {
            add("model A, 1024 x 1024", "a", "a brass lamp");

            assertThat(find("model A, 512 x 512", "a brass lamp")).isEmpty();
            assertThat(find("model A, 1024 x 1024", "A brass lamp.")).isPresent();
        }

        @Test
        void areOffByDefault() {
            assertThat(SemanticSettings.none().enabled()).isFalse();
        }

        @Test
        void tellTheSimilarityAndTheOriginalPrompt() {
            add("e", "a", "A brass sundial on a desk");

            SemanticHit hit = find("e", "a brass sunidal on a desk, please").orElseThrow();

            assertThat(hit.id()).isEqualTo("a");
            assertThat(hit.prompt()).isEqualTo("A brass sundial on a desk");
            assertThat(hit.similarity()).isBetween(THRESHOLD, 0.999);
        }
    }

    @Test
    void givesTheNearestOfThoseThatAgree() {
        index.add("e", "far", "a lamp", Embedding.of(1, 0.5f));
        index.add("e", "near", "A lamp", Embedding.of(1, 0.1f));
        index.add("e", "other", "a lamb", Embedding.of(1, 0));

        SemanticHit hit = index.nearest("e", Embedding.of(2, 0), "a lamp!", 0.5).orElseThrow();

        assertThat(hit.id()).isEqualTo("near");
        assertThat(hit.similarity()).isCloseTo(1 / Math.sqrt(1.01), within(0.001));
    }

    @Test
    void findsNothingBelowTheLeastSimilarity() {
        index.add("e", "a", "a lamp", Embedding.of(1, 1));

        assertThat(index.nearest("e", Embedding.of(1, 0), "a lamp", 0.71)).isEmpty();
        assertThat(index.nearest("e", Embedding.of(1, 0), "a lamp", 0.70)).isPresent();
    }

    @Test
    void doesNotCompareVectorsOfOtherModels() {
        index.add("e", "a", "a lamp", Embedding.of(1, 0));
        index.add("e", "zero", "a lamp", Embedding.of(0, 0, 0));

        assertThat(index.nearest("e", Embedding.of(1, 0, 0), "a lamp", 0)).isEmpty();
    }

    @Test
    void dropsThePromptThatWasUsedLongestAgo() {
        add("e", "1", "one lamp");
        add("e", "2", "two lamps");
        add("e", "3", "three lamps");
        assertThat(find("e", "One lamp")).isPresent();

        add("f", "4", "four lamps");

        assertThat(index.size()).isEqualTo(3);
        assertThat(find("e", "two lamps")).isEmpty();
        assertThat(find("e", "one lamp")).isPresent();
        assertThat(find("f", "4 lamps")).isPresent();
    }

    @Test
    void replacesAnIdAndForgetsIt() {
        add("e", "1", "one lamp");
        add("e", "1", "one kettle");

        assertThat(find("e", "one lamp")).isEmpty();
        assertThat(index.size()).isEqualTo(1);

        index.remove("1");
        index.remove("never known");

        assertThat(find("e", "one kettle")).isEmpty();
        assertThat(index.size()).isZero();
    }

    @Test
    void forgetsAll() {
        add("e", "1", "one lamp");

        index.clear();

        assertThat(find("e", "one lamp")).isEmpty();
        assertThat(index.size()).isZero();
    }

    @Test
    void leavesOutPromptsThatAreTooLong() {
        String prompt = "x".repeat(SemanticIndex.MAX_PROMPT_CHARS + 1);

        index.add("e", "1", prompt, Embedding.of(1));

        assertThat(index.size()).isZero();
        assertThat(index.nearest("e", Embedding.of(1), prompt, 0)).isEmpty();
    }

    @Test
    void refusesABoundThatIsOutOfRange() {
        assertThatThrownBy(() -> SemanticIndex.create(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxEntries must be 1 to 1000000, was 0");
        assertThatThrownBy(() -> SemanticSettings.builder().threshold(1.5).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threshold must be 0 to 1, was 1.5");
    }

    @Test
    void keepsItsBoundWhileManyThreadsAddFindAndRemove() throws Exception {
        SemanticIndex shared = SemanticIndex.create(50);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Integer>> done = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int offset = t * 100;
                done.add(threads.submit(() -> {
                    start.await();
                    int wrong = 0;
                    for (int i = 0; i < 300; i++) {
                        String prompt = "lamp number " + (offset + i) % 200;
                        Embedding vector = embedder.embed(prompt);
                        shared.add("e", prompt, prompt, vector);
                        Optional<SemanticHit> hit = shared.nearest("e", vector, prompt, THRESHOLD);
                        wrong += hit.isPresent() && !hit.get().id().equals(prompt) ? 1 : 0;
                        if (i % 7 == 0) {
                            shared.remove(prompt);
                        }
                    }
                    return wrong;
                }));
            }
            start.countDown();
            for (Future<Integer> one : done) {
                assertThat(one.get()).isZero();
            }
            assertThat(shared.size()).isBetween(1, 50);
        } finally {
            threads.shutdownNow();
        }
    }
}
