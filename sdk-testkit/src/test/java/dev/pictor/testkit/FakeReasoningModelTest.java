package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.Message;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FakeReasoningModelTest {

    private static final ReasoningRequest QUESTION =
            ReasoningRequest.builder(List.of(Message.user("why?"))).build();

    private final FakeReasoningModel model = FakeReasoningModel.create();

    @Test
    void playsItsScriptInOrderAndThenSaysTheSameAlways() throws InterruptedException {
        ReasoningResult told = ReasoningResult.builder("other-model", "told").build();
        IllegalStateException unexpected = new IllegalStateException("boom");
        model.profile(ModelProfile.builder("thinker", "acme").build())
                .thenReturn("because")
                .thenReturn(told)
                .thenFail(Reason.BLOCKED_BY_POLICY, Billed.BILLED_UNUSABLE)
                .thenThrow(unexpected);

        assertThat(ask(QUESTION))
                .isEqualTo(ReasoningResult.builder("thinker", "because").build());
        assertThat(ask(QUESTION)).isEqualTo(told);
        assertThatThrownBy(() -> ask(QUESTION))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY));
        assertThatThrownBy(() -> ask(QUESTION)).isSameAs(unexpected);
        assertThat(ask(QUESTION).text()).isEqualTo(FakeReasoningModel.DEFAULT_TEXT);
        assertThat(model.requests()).hasSize(5).containsOnly(QUESTION);
        model.awaitRequests(5, Duration.ZERO);
    }

    @Test
    void answersJsonToARequestWithASchema() throws InterruptedException {
        ReasoningRequest request = ReasoningRequest.builder(List.of(Message.user("why?")))
                .answerSchema(Map.of("type", "object"))
                .build();

        assertThat(ask(request).text()).isEqualTo("{}");
    }

    @Test
    void stallsAndTakesItsTimeUntilTheCallIsStopped() {
        model.thenStall().latency(Duration.ZERO);
        try (TestCallContext call = TestCallContext.within(Duration.ofMillis(20))) {
            assertThatThrownBy(() -> model.reason(QUESTION, call)).isInstanceOf(InterruptedException.class);
        }
        assertThatThrownBy(() -> model.latency(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("latency must not be negative, was PT-0.000000001S");
    }

    @Nested
    class FakeEmbeddings {

        private final FakeEmbeddingModel embedder = FakeEmbeddingModel.create();
        private final EmbeddingRequest lampTwice = new EmbeddingRequest(List.of("a lamp", "a desk", "a lamp"));

        @Test
        void dependOnTheTextAlone() throws InterruptedException {
            EmbeddingResult result = embed(lampTwice);

            assertThat(result.embeddings()).hasSize(3);
            assertThat(result.embeddings().get(2)).isEqualTo(result.embeddings().get(0));
            assertThat(result.embeddings().get(1))
                    .isNotEqualTo(result.embeddings().get(0));
            assertThat(result.embeddings().get(0).dimensions()).isEqualTo(FakeEmbeddingModel.DIMENSIONS);
            assertThat(embedder.requests()).containsExactly(lampTwice);
        }

        @Test
        void comeFromTheScriptFirst() throws InterruptedException {
            EmbeddingResult told =
                    EmbeddingResult.builder("other-model", List.of()).build();
            IllegalStateException unexpected = new IllegalStateException("boom");
            embedder.thenReturn(told).thenThrow(unexpected);

            assertThat(embed(lampTwice)).isEqualTo(told);
            assertThatThrownBy(() -> embed(lampTwice)).isSameAs(unexpected);
        }

        private EmbeddingResult embed(EmbeddingRequest request) throws InterruptedException {
            try (TestCallContext call = TestCallContext.unbounded()) {
                return embedder.embed(request, call);
            }
        }
    }

    private ReasoningResult ask(ReasoningRequest request) throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            return model.reason(request, call);
        }
    }
}
