package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pictor.image.PixelSize;
import dev.pictor.model.Continuation;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageRequest;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks requests against OpenAI's own document, the file {@code openapi.json} of github.com/openai/openai-openapi, where
 * {@code -Dopenai.openapi.file=} names it.
 */
@EnabledIfSystemProperty(named = "openai.openapi.file", matches = ".+")
class OpenAiSchemasTest {

    /** Fields of openai-java 4.100.0 that the document of August 2026 does not have yet. */
    private static final Set<String> NEWER = Set.of("safety_identifier");

    private static final ImageRequest LAMP = ImageRequest.builder("a lamp")
            .count(2)
            .size(new PixelSize(1024, 1024))
            .options(Map.of(
                    "quality", "high",
                    "background", "opaque",
                    "output_format", "webp",
                    "output_compression", 80,
                    "moderation", "low",
                    "safety_identifier", "u-17"))
            .build();
    private static final ReasoningRequest QUESTION = ReasoningRequest.builder(List.of(
                    new Message(Message.Role.SYSTEM, List.of(new MessagePart.Text("be brief"))),
                    new Message(
                            Message.Role.USER,
                            List.of(
                                    new MessagePart.Text("which color?"),
                                    new MessagePart.Picture(Answers.PNG),
                                    MessagePart.Pdf.of("%PDF-1.4".getBytes(StandardCharsets.UTF_8)))),
                    new Message(Message.Role.MODEL, List.of(new MessagePart.Text("green"))),
                    Message.user("and the sky?")))
            .answerSchema(Map.of("type", "object", "properties", Map.of(), "additionalProperties", false))
            .maxOutputTokens(500)
            .thinkingTokens(0)
            .temperature(0.5)
            .putOptions("verbosity", "low")
            .putOptions("top_p", 0.9)
            .putOptions("user", "u-17")
            .build();

    private final FaultServer server = FaultServer.start();
    private final TestCallContext call = TestCallContext.unbounded();

    @AfterEach
    void close() {
        call.close();
        server.close();
    }

    private OpenAiImageAdapter images(String model) {
        return OpenAiImageAdapter.builder("k")
                .baseUrl(server.uri().resolve("/v1"))
                .model(model)
                .build();
    }

    private OpenAiReasoningAdapter reasoning(OpenAiApi api) {
        return OpenAiReasoningAdapter.builder("k")
                .baseUrl(server.uri().resolve("/v1"))
                .model("gpt-5.5")
                .api(api)
                .build();
    }

    @Test
    void generationsAreAsOpenAiDescribesThem() throws Exception {
        server.enqueue(FaultAnswer.json(200, Answers.images(2)));
        try (OpenAiImageAdapter adapter = images("gpt-image-2")) {
            assertThat(adapter.generate(LAMP, call).images()).hasSize(2);
        }
        assertValid("CreateImageRequest", Json.of(sent()));
    }

    @Test
    void editsAreAsOpenAiDescribesThem() throws Exception {
        server.enqueue(FaultAnswer.json(200, Answers.images(2)));
        try (OpenAiImageAdapter adapter = images("gpt-image-1.5")) {
            ImageRequest request = LAMP.toBuilder()
                    .addReferences(Answers.PNG, Answers.PNG)
                    .mask(Answers.PNG)
                    .putOptions("input_fidelity", "low")
                    .build();
            assertThat(adapter.generate(request, call).images()).hasSize(2);
        }
        ObjectNode fields = new ObjectMapper().createObjectNode();
        for (Form.Part part : Form.of(sent())) {
            if (part.name().equals("image[]")) {
                fields.withArray("image").add("bytes");
            } else if (part.fileName().isPresent()) {
                fields.put(part.name(), "bytes");
            } else if (part.text().matches("\\d+")) {
                fields.put(part.name(), Integer.parseInt(part.text()));
            } else {
                fields.put(part.name(), part.text());
            }
        }
        assertThat(fields.path("image").size()).isEqualTo(2);
        assertValid("CreateImageEditRequest", fields);
    }

    @Test
    void turnsAreAsOpenAiDescribesThem() throws Exception {
        server.enqueue(FaultAnswer.json(200, Answers.turn()));
        try (OpenAiImageAdapter adapter = images("gpt-image-1.5")) {
            ImageRequest request = LAMP.toBuilder()
                    .count(1)
                    .addReferences(Answers.PNG)
                    .mask(Answers.PNG)
                    .putOptions("input_fidelity", "low")
                    .continuable(true)
                    .continuation(Continuation.of("openai", "resp_1".getBytes(StandardCharsets.UTF_8)))
                    .build();
            assertThat(adapter.generate(request, call).images()).hasSize(1);
        }
        assertValid("CreateResponse", Json.of(sent()));
    }

    @ParameterizedTest
    @EnumSource(OpenAiApi.class)
    void questionsAreAsOpenAiDescribesThem(OpenAiApi api) throws Exception {
        boolean chat = api == OpenAiApi.CHAT_COMPLETIONS;
        server.enqueue(FaultAnswer.json(
                200,
                chat
                        ? Answers.completion("{\"role\":\"assistant\",\"content\":\"{}\"}", "stop")
                        : Answers.words("{}")));
        try (OpenAiReasoningAdapter adapter = reasoning(api)) {
            assertThat(adapter.reason(QUESTION.toBuilder().seed(7).build(), call)
                            .text())
                    .isEqualTo("{}");
        }
        assertValid(chat ? "CreateChatCompletionRequest" : "CreateResponse", Json.of(sent()));
    }

    @Test
    void countsAreAsOpenAiDescribesThem() throws Exception {
        server.enqueue(FaultAnswer.json(200, "{\"input_tokens\":1}"));
        try (OpenAiReasoningAdapter adapter = reasoning(OpenAiApi.RESPONSES)) {
            assertThat(adapter.countTokens(QUESTION, call)).isEqualTo(1);
        }
        assertValid("TokenCountsBody", Json.of(sent()));
    }

    @Test
    void embeddingsAreAsOpenAiDescribesThem() throws Exception {
        server.enqueue(FaultAnswer.json(200, "{\"data\":[{\"index\":0,\"embedding\":[1]}]}"));
        try (OpenAiEmbeddingAdapter adapter = OpenAiEmbeddingAdapter.builder("k")
                .baseUrl(server.uri().resolve("/v1"))
                .dimensions(256)
                .build()) {
            assertThat(adapter.embed(new EmbeddingRequest(List.of("a lamp")), call)
                            .embeddings())
                    .hasSize(1);
        }
        assertValid("CreateEmbeddingRequest", Json.of(sent()));
    }

    @Test
    void theCheckSeesWhatIsWrong() throws IOException {
        assertThat(errors("CreateImageRequest", Json.parse("{\"prompt\":\"a lamp\",\"quality\":\"sharp\"}")))
                .isNotEmpty();
    }

    private RecordedRequest sent() throws InterruptedException {
        return server.takeRequest(Duration.ofSeconds(10));
    }

    private static void assertValid(String schema, JsonNode body) throws IOException {
        assertThat(errors(schema, body)).isEmpty();
        JsonNode properties = properties(schema);
        if (!properties.isEmpty()) {
            body.fieldNames()
                    .forEachRemaining(name -> assertThat(properties.has(name) || NEWER.contains(name))
                            .as("a field that OpenAI describes: " + name)
                            .isTrue());
        }
    }

    private static List<String> errors(String schema, JsonNode body) throws IOException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", document().path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root)
                .validate(body)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** The fields of a schema that is one object; nothing of one that is put together. */
    private static JsonNode properties(String schema) throws IOException {
        return document().at("/components/schemas/" + schema + "/properties");
    }

    /** What it says to be one of several is often two of them, such as both kinds of a message. */
    private static JsonNode document() throws IOException {
        String text = Files.readString(Path.of(System.getProperty("openai.openapi.file")));
        return new ObjectMapper().readTree(text.replace("\"oneOf\"", "\"anyOf\""));
    }
}
