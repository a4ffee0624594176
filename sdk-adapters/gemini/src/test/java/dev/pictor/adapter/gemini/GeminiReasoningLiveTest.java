package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Calls Google: {@code ./mvnw -pl sdk-adapters/gemini -am test -Dtest=Gemini*LiveTest -Dpictor.live=true
 * -Dsurefire.failIfNoSpecifiedTests=false} with a key in {@code GEMINI_API_KEY}. Asks one question with the model of tier {@code fast} and embeds one text,
 * for less than 0.01 dollars.
 */
@EnabledIfSystemProperty(named = "pictor.live", matches = "true")
@EnabledIfEnvironmentVariable(named = "GEMINI_API_KEY", matches = ".+")
class GeminiReasoningLiveTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void answersBySchemaWhatItSees() throws Exception {
        ReasoningRequest question = ReasoningRequest.builder(List.of(
                        new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("Answer in English."))),
                        new Message(
                                Message.Role.USER,
                                List.of(
                                        new MessagePart.Picture(ImageBytes.of(Answers.picture(64, 64, "png"))),
                                        new MessagePart.Text("Which colour is this picture?")))))
                .answerSchema(Map.of(
                        "type", "object",
                        "properties", Map.of("colour", Map.of("type", "string")),
                        "required", List.of("colour")))
                .maxOutputTokens(1_000)
                .build();
        try (GeminiReasoningAdapter adapter = GeminiReasoningAdapter.builder(System.getenv("GEMINI_API_KEY"))
                        .model("fast")
                        .build();
                TestCallContext call = TestCallContext.within(LONG)) {
            assertThat(adapter.countTokens(question, call)).isBetween(10L, 5_000L);
            ReasoningResult answer = adapter.reason(question, call);
            assertThat(answer.text()).containsIgnoringCase("black");
            assertThat(answer.usage().inputTokens().orElse(Long.MAX_VALUE)).isLessThan(5_000);
            assertThat(answer.usage().outputTextTokens().orElse(Long.MAX_VALUE)).isLessThan(2_000);
        }
    }

    @Test
    void embedsAText() throws Exception {
        try (GeminiEmbeddingAdapter adapter = GeminiEmbeddingAdapter.builder(System.getenv("GEMINI_API_KEY"))
                        .dimensions(768)
                        .build();
                TestCallContext call = TestCallContext.within(LONG)) {
            assertThat(adapter.embed(new EmbeddingRequest(List.of("a brass lamp")), call)
                            .embeddings())
                    .hasSize(1)
                    .allMatch(vector -> vector.dimensions() == 768);
        }
    }
}
