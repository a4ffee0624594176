package dev.pictor.gateway.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.model.CallContext;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.Price;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LexicalEmbedderTest {

    private static final int PINNED = 80219892;

    private static final CallContext CALL = new CallContext() {
        @Override
        public Duration timeLeft() {
            return Duration.ofSeconds(1);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public Registration onCancel(Runnable hook) {
            return () -> {};
        }
    };

    private final LexicalEmbedder embedder = LexicalEmbedder.create();

    private double similarity(String a, String b) {
        float[] one = embedder.embed(a).toArray();
        float[] two = embedder.embed(b).toArray();
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * two[i];
        }
        return sum;
    }

    @Test
    void givesOneVectorOfLengthOneForEachText() {
        EmbeddingResult result = embedder.embed(new EmbeddingRequest(List.of("a lamp", "two chairs", "?")), CALL);

        assertThat(result.servedBy()).isEqualTo(LexicalEmbedder.MODEL_ID);
        assertThat(result.embeddings()).hasSize(3).allSatisfy(vector -> {
            assertThat(vector.dimensions()).isEqualTo(LexicalEmbedder.DIMENSIONS);
            double square = 0;
            for (float number : vector.toArray()) {
                square += number * number;
            }
            assertThat(square).isCloseTo(1, within(1e-5));
        });
    }

    @Test
    void costsNothing() {
        assertThat(embedder.profile().price()).contains(Price.free());
    }

    @Test
    void givesTheSameVectorInEveryProcess() {
        assertThat(Arrays.hashCode(embedder.embed("Two brass lamps, please").toArray()))
                .as("whoever changes the vectors changes the id of the model")
                .isEqualTo(PINNED);
    }

    @Test
    void seesThroughCaseMarksPoliteWordsAndSpelling() {
        assertThat(similarity("a grey cat", "Please show me a GRAY cat!")).isCloseTo(1, within(1e-5));
        assertThat(embedder.embed("a lamp")).isEqualTo(embedder.embed("A LAMP."));
    }

    @Test
    void bringsTyposNearAndOtherTextsFar() {
        assertThat(similarity("evolution of lanterns", "evloution of lanterns")).isGreaterThan(0.85);
        assertThat(similarity("a brass lamp on a desk", "a brass lamp on a walnut desk"))
                .isBetween(0.6, 0.95);
        assertThat(similarity("a brass lamp on a desk", "three herons in the reeds"))
                .isLessThan(0.3);
    }

    @Test
    void embedsATextWithoutWords() {
        assertThat(embedder.embed("")).isInstanceOf(Embedding.class);
        assertThat(embedder.embed("^")).as("the mark of a name, alone").isNotEqualTo(embedder.embed("x"));
    }
}
