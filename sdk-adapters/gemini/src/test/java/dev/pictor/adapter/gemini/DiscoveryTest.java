package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the bodies that the adapters send with Google's discovery document, if there is one at
 * {@code -Dgemini.discovery.file=<path>}. What exactly is sent, the tests of the adapters pin.
 */
class DiscoveryTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Map<String, Object> SCHEMA = Map.of("type", "object", "properties", Map.of());
    private static final List<Map<String, String>> SAFETY =
            List.of(Map.of("category", "HARM_CATEGORY_HARASSMENT", "threshold", "BLOCK_ONLY_HIGH"));

    @TestFactory
    Stream<DynamicTest> bodiesAreAsGoogleDescribesThem() throws Exception {
        String file = System.getProperty("gemini.discovery.file", "");
        if (file.isEmpty()) {
            return Stream.empty();
        }
        DiscoveryDocument document = new DiscoveryDocument(MAPPER.readTree(Files.readString(Path.of(file))));
        return bodies(document.isVertex()).stream()
                .map(request -> dynamicTest(
                        request.number() + " " + request.path(),
                        () -> assertThat(document.problems(schema(request.path()), request.bodyText()))
                                .isEmpty()));
    }

    private static String schema(String path) {
        String method = path.substring(path.indexOf(':') + 1);
        return Character.toUpperCase(method.charAt(0)) + method.substring(1) + "Request";
    }

    /** The bodies of calls in which everything is asked for that can be. */
    private static List<RecordedRequest> bodies(boolean vertex) throws InterruptedException {
        GeminiImageAdapterBuilder image =
                vertex ? GeminiImageAdapter.vertex("acme", "global", () -> "token") : GeminiImageAdapter.builder("key");
        GeminiReasoningAdapterBuilder reasoning = vertex
                ? GeminiReasoningAdapter.vertex("acme", "global", () -> "token")
                : GeminiReasoningAdapter.builder("key");
        try (FaultServer server = FaultServer.start();
                TestCallContext call = TestCallContext.unbounded();
                GeminiImageAdapter painter = image.baseUrl(server.uri()).build();
                GeminiReasoningAdapter reasoner =
                        reasoning.baseUrl(server.uri()).build();
                GeminiEmbeddingAdapter embedder = GeminiEmbeddingAdapter.builder("key")
                        .dimensions(2)
                        .taskType("CLUSTERING")
                        .baseUrl(server.uri())
                        .build()) {
            server.enqueue(
                    FaultAnswer.json(200, Answers.success()),
                    FaultAnswer.json(200, Answers.success()),
                    FaultAnswer.json(200, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"{}\"}]}}]}"),
                    FaultAnswer.json(200, "{\"totalTokens\":1}"),
                    FaultAnswer.json(200, "{\"embeddings\":[{\"values\":[1,2]}]}"));
            ImageRequest drawing = ImageRequest.builder("a brass lamp")
                    .addReferences(ImageBytes.of(Answers.PNG))
                    .size(new PixelSize(1536, 1024))
                    .seed(1)
                    .putOptions("temperature", 1)
                    .putOptions("topP", 0.5)
                    .putOptions("safetySettings", SAFETY)
                    .continuable(true)
                    .build();
            ImageResult drawn = painter.generate(drawing, call);
            ImageRequest changing = ImageRequest.builder("make it silver")
                    .continuation(drawn.continuation())
                    .build();
            assertThat(painter.generate(changing, call).images()).hasSize(1);
            ReasoningRequest question = ReasoningRequest.builder(List.of(
                            new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("Be short."))),
                            new Message(
                                    Message.Role.USER,
                                    List.of(
                                            new MessagePart.Picture(ImageBytes.of(Answers.PNG)),
                                            MessagePart.Pdf.of("%PDF-1.7".getBytes(StandardCharsets.UTF_8)),
                                            new MessagePart.Text("Which metal?")))))
                    .answerSchema(SCHEMA)
                    .maxOutputTokens(100)
                    .thinkingTokens(200)
                    .temperature(0.5)
                    .seed(1)
                    .putOptions("topP", 0.5)
                    .putOptions("topK", 40)
                    .putOptions("stopSequences", List.of("END"))
                    .putOptions("safetySettings", SAFETY)
                    .build();
            assertThat(reasoner.reason(question, call).text()).isEqualTo("{}");
            assertThat(reasoner.countTokens(question, call)).isEqualTo(1);
            if (!vertex) {
                assertThat(embedder.embed(new EmbeddingRequest(List.of("a lamp")), call)
                                .embeddings())
                        .hasSize(1);
            }
            return server.requests();
        }
    }

    @Test
    void eachMethodIsAmongThem() throws Exception {
        assertThat(bodies(false))
                .extracting(request -> schema(request.path()))
                .containsExactly(
                        "GenerateContentRequest",
                        "GenerateContentRequest",
                        "GenerateContentRequest",
                        "CountTokensRequest",
                        "BatchEmbedContentsRequest");
    }

    /** A checker that finds nothing would be of no use. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"parts\":[{\"text\":\"x\",\"size\":1,\"ratio\":0.5}],\"any\":[1],\"count\":\"7\"}; ''",
                "{\"part\":[]}; Content.part is no known field",
                "{\"parts\":{}}; Content.parts is no array: OBJECT",
                "{\"parts\":[{\"txt\":\"x\"}]}; Content.parts[0].txt is no known field",
                "{\"parts\":[{\"text\":1}]}; Content.parts[0].text is no string: NUMBER",
                "{\"parts\":[{\"size\":1.5}]}; Content.parts[0].size is no integer: NUMBER",
                "{\"parts\":[{\"kind\":\"C\"}]}; 'Content.parts[0].kind is none of [A, B]: C'",
            })
    void theCheckFindsWhatIsWrong(String body, String problem) throws IOException {
        DiscoveryDocument document = new DiscoveryDocument(MAPPER.readTree("""
                {"schemas":{
                  "Content":{"type":"object","properties":{"parts":{"type":"array","items":{"$ref":"Part"}},
                             "any":{"type":"any"},"count":{"type":"string","format":"int64"}}},
                  "Part":{"type":"object","properties":{"text":{"type":"string"},"size":{"type":"integer"},
                          "ratio":{"type":"number"},"kind":{"type":"string","enum":["A","B"]}}}}}"""));
        assertThat(document.problems("Content", body)).isEqualTo(problem.isEmpty() ? List.of() : List.of(problem));
        assertThat(document.problems("Other", body)).containsExactly("the document has no schema Other");
    }
}
