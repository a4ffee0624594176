package dev.pictor.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final FaultServer server = FaultServer.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<Named<WireFormat>> formats() {
        return Stream.of(
                Named.of("Gemini pictures", GeminiWire.images()),
                Named.of("Gemini words", GeminiWire.reasoning()),
                Named.of("Imagen", new VertexImagenWire()),
                Named.of("OpenAI pictures", OpenAiWire.images()),
                Named.of("OpenAI responses", OpenAiWire.responses()),
                Named.of("OpenAI chat", OpenAiWire.chat()),
                Named.of("Ollama chat", OpenAiWire.ollamaChat()),
                Named.of("LM Studio chat", OpenAiWire.lmStudioChat()),
                Named.of("Gemini vectors", GeminiWire.embeddings(3)),
                Named.of("OpenAI vectors", OpenAiWire.embeddings(3)),
                Named.of("OpenAI vectors in base64", OpenAiWire.embeddingsInBase64(3)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void speaksJsonWhereItIsNotMeantToBeBroken(WireFormat format) throws Exception {
        List<FaultAnswer> answers = new ArrayList<>();
        answers.add(format.success());
        answers.add(format.successWithoutUsage());
        answers.add(format.newerSuccess());
        answers.addAll(format.empty().values());
        answers.addAll(format.errorsInSuccess().values());
        format.refusals().forEach(refusal -> answers.add(refusal.answer()));
        for (int status = 400; status < 600; status++) {
            answers.add(format.error(status));
        }
        answers.add(format.quotaExhausted());
        answers.add(format.wrongKey("k\"e\\y"));
        answers.addAll(format.rateLimited(Duration.ofSeconds(7)).values());
        if (format instanceof ImageWire images) {
            answers.add(images.pictures(List.of()));
            answers.add(images.picture("image/png", "AAAA"));
        }
        if (format instanceof ReasoningWire words) {
            answers.add(words.text("\"\\\n\t\r"));
            answers.add(words.cutShort("A lamp is"));
        }
        for (FaultAnswer answer : answers) {
            HttpResponse<String> got = get(answer);
            assertThatCode(() -> assertThat(MAPPER.readTree(got.body()).isContainerNode())
                            .isTrue())
                    .as(got.body())
                    .doesNotThrowAnyException();
            assertThat(got.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void itsWordsAreInEachError(WireFormat format) throws Exception {
        assertThat(get(format.error(400)).body()).contains(WireFormat.VENDOR_WORDS);
        assertThat(get(format.error(500)).body()).contains(WireFormat.VENDOR_WORDS);
        assertThat(get(format.quotaExhausted()).body()).contains(WireFormat.VENDOR_WORDS);
        assertThat(get(format.wrongKey("the-key")).body()).contains("the-key");
        for (FaultAnswer error : format.errorsInSuccess().values()) {
            assertThat(get(error).body()).contains(WireFormat.VENDOR_WORDS);
            assertThat(get(error).statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(FaultAnswer answer) throws IOException, InterruptedException {
        server.enqueue(answer);
        return client.send(HttpRequest.newBuilder(server.uri()).build(), HttpResponse.BodyHandlers.ofString());
    }
}
