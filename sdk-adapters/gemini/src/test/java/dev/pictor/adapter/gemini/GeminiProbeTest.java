package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelProfile;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import org.junit.jupiter.api.Test;

class GeminiProbeTest extends GeminiFixture {

    private boolean isUp(HealthProbe probe, ModelProfile profile) throws Exception {
        try (TestCallContext call = TestCallContext.unbounded()) {
            return probe.isUp(Candidate.of(profile), call);
        }
    }

    @Test
    void asksForNothingThatIsCharged() throws Exception {
        server.enqueue(FaultAnswer.json(200, "{\"name\":\"models/gemini-nano-banana-2.1\",\"version\":\"1\"}"));
        assertThat(isUp(adapter.probe(), adapter.profile())).isTrue();
        RecordedRequest sent = sent();
        assertThat(sent.method()).isEqualTo("GET");
        assertThat(sent.path()).isEqualTo("/v1beta/models/gemini-nano-banana-2.1");
        assertThat(sent.header("x-goog-api-key")).contains(KEY);
        assertThat(sent.body()).isEmpty();
    }

    @Test
    void throwsWhatWentWrong() {
        server.enqueue(FaultAnswer.json(503, Answers.error(503, "UNAVAILABLE", "overloaded")));
        assertThatThrownBy(() -> isUp(adapter.probe(), adapter.profile())).isInstanceOf(ModelException.class);
    }

    @Test
    void doesNotTakeAnyPageForAModel() throws Exception {
        server.enqueue(FaultAnswer.json(200, "{\"error\":\"no such endpoint\"}"));
        assertThat(isUp(adapter.probe(), adapter.profile())).isFalse();
    }

    @Test
    void knowsNothingOfOtherModels() throws Exception {
        assertThat(isUp(
                        adapter.probe(),
                        ModelProfile.builder("gpt-image-2", "openai").build()))
                .isFalse();
        assertThat(server.requestCount()).isZero();
    }

    @Test
    void asksVertexForTheModelOfThePublisher() throws Exception {
        server.enqueue(FaultAnswer.json(200, "{\"name\":\"publishers/google/models/imagen-4.0-generate-001\"}"));
        try (ImagenAdapter imagen = ImagenAdapter.builder("acme", "us-central1", () -> "ya29.token")
                .baseUrl(server.uri())
                .build()) {
            assertThat(isUp(imagen.probe(), imagen.profile())).isTrue();
        }
        RecordedRequest sent = sent();
        assertThat(sent.path()).isEqualTo("/v1/publishers/google/models/imagen-4.0-generate-001");
        assertThat(sent.header("authorization")).contains("Bearer ya29.token");
    }
}
