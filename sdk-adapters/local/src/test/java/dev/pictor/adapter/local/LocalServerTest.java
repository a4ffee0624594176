package dev.pictor.adapter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.routing.Candidate;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.Message;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.testkit.FaultAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalServerTest {

    private static final ReasoningRequest QUESTION = ReasoningRequest.builder(
                    List.of(Message.user("What is a lamp made of?")))
            .build();

    @Nested
    class Settings {

        @ParameterizedTest
        @CsvSource({
            "http://127.0.0.1:8080, http://127.0.0.1:8080",
            "http://127.0.0.1:8080/, http://127.0.0.1:8080",
            "http://127.0.0.1:8080/v1, http://127.0.0.1:8080",
            "http://127.0.0.1:8080/v1/, http://127.0.0.1:8080",
            "https://proxy.example/llm/v1, https://proxy.example/llm",
            "https://proxy.example/v1beta, https://proxy.example/v1beta"
        })
        void theAddressMayEndWithV1(URI given, String used) {
            try (LocalServer server = LocalServer.at(given).build()) {
                assertThat(server).hasToString("LocalServer[compatible at " + used + "]");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "ftp://127.0.0.1",
                    "localhost:8080",
                    "http:/v1",
                    "http://a:b@127.0.0.1",
                    "http://127.0.0.1/?key=1",
                    "http://127.0.0.1/#1"
                })
        void otherAddressesAreRefused(String url) {
            assertThatThrownBy(() -> LocalServer.at(URI.create(url)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "baseUrl must be an http or https address without user, query and fragment");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "sk with blanks", "sk-\n", "schlüssel"})
        void aKeyThatNoHeaderCanHoldIsRefusedWithoutBeingShown(String key) {
            assertThatThrownBy(() -> LocalServer.openAi(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("apiKey must be 1 to 512 printable ASCII characters without blanks");
        }

        @Test
        void timesHaveARange() {
            assertThatThrownBy(() -> LocalServer.ollama().connectTimeout(Duration.ZERO))
                    .hasMessage("connectTimeout must be 1 ms to 10 min, was PT0S");
            assertThatThrownBy(() -> LocalServer.ollama().idleTimeout(Duration.ofMinutes(11)))
                    .hasMessage("idleTimeout must be 1 ms to 10 min, was PT11M");
        }

        @Test
        void theKeyIsInNoText() {
            LocalServerBuilder builder = LocalServer.openAi("sk-made-up");
            try (LocalServer server = builder.build()) {
                assertThat(builder.toString()
                                + server
                                + server.reasoning("gpt-5.4")
                                + server.images("best")
                                + server.embeddings("fast"))
                        .doesNotContain("sk-made-up");
            }
        }
    }

    @Nested
    class Models {

        @Test
        void areListed() throws InterruptedException {
            try (Bench bench = Bench.of(LocalServer.ollama())) {
                bench.answering(200, """
                        {"object": "list", "data": [{"id": "llama3.2:latest", "object": "model"}, {"id": "qwen3-vl:8b"}]}""");

                assertThat(Bench.<List<String>>with(bench.local::models))
                        .containsExactly("llama3.2:latest", "qwen3-vl:8b");
                assertThat(bench.request().method()).isEqualTo("GET");
                assertThat(bench.request().path()).isEqualTo("/v1/models");
            }
        }

        @Test
        void areAProbeOfHealth() throws InterruptedException {
            try (Bench bench = Bench.of(LocalServer.ollama())) {
                Candidate candidate = Candidate.of(bench.local.reasoningProfile("llama3.2"));
                bench.answering(200, "{\"data\": [{\"id\": \"llama3.2:latest\"}]}");
                assertThat(Bench.<Boolean>with(call -> bench.local.isUp(candidate, call)))
                        .isTrue();

                bench.answering(200, "{\"data\": []}");
                assertThat(Bench.<Boolean>with(call -> bench.local.isUp(candidate, call)))
                        .isFalse();

                bench.answering(503, "{\"error\": {\"message\": \"Loading model\"}}");
                assertThat(Bench.fails(call -> bench.local.isUp(candidate, call))
                                .reason())
                        .isEqualTo(Reason.UNAVAILABLE);
            }
        }

        @Test
        void thatAreNoListAreOfNoUse() {
            try (Bench bench = Bench.of(LocalServer.ollama())) {
                bench.answering(200, "{\"ok\": true}");

                ModelException failure = Bench.fails(bench.local::models);

                assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
                assertThat(failure).hasMessage("ollama gave no list of models");
            }
        }
    }

    @Nested
    class Profiles {

        @Test
        void ofALocalModelPromiseWhatIsTrueOfAll() {
            try (LocalServer server = LocalServer.ollama().build()) {
                ModelProfile profile = server.reasoningProfile("llama3.2");

                assertThat(profile.provider()).isEqualTo("ollama");
                assertThat(profile.readsPictures()).isFalse();
                assertThat(profile.readsPdf()).isFalse();
                assertThat(profile.answersBySchema()).isTrue();
                assertThat(server.embeddingProfile("nomic-embed-text").dimensions())
                        .isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "http://127.0.0.1:9, true",
            "http://localhost:9, true",
            "http://[::1]:9, true",
            "https://llm.example, false"
        })
        void ofAnyServerAreFreeOnThisMachineOnly(URI url, boolean free) {
            try (LocalServer server = LocalServer.at(url).build()) {
                assertThat(server.reasoningProfile("any").price().isPresent()).isEqualTo(free);
                assertThat(server.reasoningProfile("any").provider()).isEqualTo("local");
            }
        }

        @Test
        void ofOpenAiComeFromAFileWithTheirPrices() {
            try (LocalServer server = LocalServer.openAi("sk-made-up").build()) {
                ModelProfile profile = server.reasoningProfile("gpt-4o");
                assertThat(profile.readsPictures()).isTrue();
                assertThat(profile.readsPdf()).isTrue();
                assertThat(profile.price()).isPresent();
                assertThat(profile.retiresOn()).isPresent();
                assertThat(server.imageProfile("best").id()).isEqualTo("gpt-image-2.6-sunburst");
                assertThat(server.imageProfile("dall-e-3").id()).isEqualTo("gpt-image-2");
                assertThat(server.imageProfile("dall-e-3").notice()).isPresent();
                assertThat(server.embeddingProfile("text-embedding-3-large").dimensions())
                        .hasValue(3072);
            }
        }

        @Test
        void ofAnOpenAiModelThatIsInNoFileAreCareful() {
            try (LocalServer server = LocalServer.openAi("sk-made-up").build()) {
                ModelProfile tomorrow = server.reasoningProfile("gpt-7");
                assertThat(tomorrow.id()).isEqualTo("gpt-7");
                assertThat(tomorrow.price()).isEmpty();
                assertThat(tomorrow.readsPictures()).isFalse();
                assertThat(server.imageProfile("gpt-image-3").maxReferences()).isEqualTo(16);
                assertThat(server.imageProfile("chatgpt-image-latest").price()).isPresent();
            }
        }

        @Test
        void cannotPromiseAPdfWhereTheServerTakesNone() {
            try (LocalServer server = LocalServer.ollama().build()) {
                ModelProfile profile = server.reasoningProfile("llava").toBuilder()
                        .readsPdf(true)
                        .build();

                assertThatThrownBy(() -> server.reasoning(profile))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Ollama takes no PDF, so llava reads none");
            }
        }

        @Test
        void areNotAskedWhereTheServerLacksTheEndpoint() {
            try (LocalServer server = LocalServer.at(URI.create("http://127.0.0.1:9"))
                    .profile(ServerProfile.named("sd-cpp"))
                    .build()) {
                assertThatThrownBy(() -> server.reasoning("any"))
                        .hasMessage("stable-diffusion.cpp server has no chats (CHAT), so any cannot be asked there");
                assertThatThrownBy(() -> server.embeddings("any"))
                        .hasMessage("stable-diffusion.cpp server has no vectors (EMBEDDINGS), so any cannot be asked"
                                + " there");
            }
        }
    }

    @Nested
    class Ends {

        @Test
        void allItsModelsWithIt() {
            Bench bench = Bench.of(LocalServer.ollama());
            LocalReasoningAdapter chat = bench.local.reasoning("llama3.2");
            LocalEmbeddingAdapter vectors = bench.local.embeddings("nomic-embed-text");
            bench.close();

            assertThatThrownBy(() -> Bench.with(call -> chat.reason(QUESTION, call)))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Bench.with(call -> vectors.embed(new EmbeddingRequest(List.of("a lamp")), call)))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void aCallInFlight() throws InterruptedException {
            try (Bench bench = Bench.of(LocalServer.ollama())) {
                bench.server.enqueue(FaultAnswer.stall());
                Thread closing = new Thread(() -> {
                    try {
                        bench.server.takeRequest(Duration.ofSeconds(30));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    bench.local.close();
                });
                closing.start();

                ModelException failure =
                        Bench.fails(call -> bench.local.reasoning("llama3.2").reason(QUESTION, call));

                closing.join();
                assertThat(failure.reason()).isEqualTo(Reason.CANCELLED);
                bench.server.awaitClientClosed(1, Duration.ofSeconds(30));
            }
        }
    }

    /** Gateways between client and model put the status that they got into the error. */
    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, REJECTED",
        "403, FORBIDDEN, REJECTED",
        "404, MODEL_NOT_FOUND, REJECTED",
        "429, RATE_LIMITED, REJECTED",
        "422, INVALID_REQUEST, REJECTED",
        "502, UNAVAILABLE, UNKNOWN_OUTCOME",
        "7, MALFORMED_ANSWER, BILLED_UNUSABLE"
    })
    void anErrorWithStatus200MayNameAStatus(int code, String reason, String billed) {
        try (Bench bench = Bench.of(ServerProfile.compatible())) {
            bench.answering(200, "{\"error\": {\"message\": \"words\", \"code\": " + code + "}}");

            ModelException failure =
                    Bench.fails(call -> bench.local.reasoning("any").reason(QUESTION, call));

            assertThat(failure.reason().name()).isEqualTo(reason);
            assertThat(failure.billed().name()).isEqualTo(billed);
        }
    }

    @Test
    void aPolicyMayRefuseWithStatus200() {
        try (Bench bench = Bench.of(ServerProfile.compatible())) {
            bench.answering(200, "{\"error\": {\"message\": \"words\", \"code\": \"content_filter\"}}");

            ModelException failure =
                    Bench.fails(call -> bench.local.reasoning("any").reason(QUESTION, call));

            assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
            assertThat(failure.refusal()).isPresent();
        }
    }
}
