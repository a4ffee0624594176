package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.routing.Candidate;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls OpenAI, as {@link OpenAiImageLiveTest} does, for less than 0.01 dollars. */
@EnabledIfSystemProperty(named = "pictor.live", matches = "true")
@EnabledIfEnvironmentVariable(named = "OPENAI_API_KEY", matches = ".+")
class OpenAiReasoningLiveTest {

    private static final ReasoningRequest LOOK = ReasoningRequest.builder(List.of(new Message(
                    Message.Role.USER,
                    List.of(new MessagePart.Text("Is this picture empty?"), new MessagePart.Picture(Answers.PNG)))))
            .answerSchema(Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of("empty", Map.of("type", "boolean")),
                    "required",
                    List.of("empty"),
                    "additionalProperties",
                    false))
            .thinkingTokens(0)
            .build();

    @ParameterizedTest
    @EnumSource(OpenAiApi.class)
    void looksAtAPictureAndAnswersBySchema(OpenAiApi api) throws InterruptedException {
        try (OpenAiReasoningAdapter adapter = OpenAiReasoningAdapter.builder(System.getenv("OPENAI_API_KEY"))
                        .model("fast")
                        .api(api)
                        .build();
                TestCallContext call = TestCallContext.within(Duration.ofMinutes(2))) {
            assertThat(adapter.reason(LOOK, call).text()).contains("\"empty\"");
            assertThat(adapter.countTokens(LOOK, call)).isPositive();
        }
    }

    @Test
    void embedsAndTellsThatItIsUp() throws Exception {
        try (OpenAiEmbeddingAdapter adapter = OpenAiEmbeddingAdapter.builder(System.getenv("OPENAI_API_KEY"))
                        .build();
                TestCallContext call = TestCallContext.within(Duration.ofMinutes(2))) {
            assertThat(adapter.embed(new EmbeddingRequest(List.of("a lamp")), call)
                            .embeddings()
                            .get(0)
                            .dimensions())
                    .isEqualTo(1536);
            assertThat(adapter.healthProbe().isUp(Candidate.of(adapter.profile()), call))
                    .isTrue();
        }
    }
}
