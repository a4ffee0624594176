package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.gateway.routing.Candidate;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of failures in docs/adapters/openai.md, case by case. */
class OpenAiFailuresTest {

    private final FaultServer server = FaultServer.start();
    private final OpenAiImageAdapter adapter = OpenAiImageAdapter.builder("test-key")
            .baseUrl(server.uri().resolve("/v1"))
            .model("gpt-image-2")
            .build();

    @AfterEach
    void close() {
        adapter.close();
        server.close();
    }

    private ModelException failure() throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            throw new AssertionError(
                    "drew " + adapter.generate(ImageRequest.builder("a lamp").build(), call));
        } catch (ModelException e) {
            return e;
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} is {3}, {4}")
    @CsvSource({
        "400, invalid_request_error, , INVALID_REQUEST, REJECTED",
        "400, invalid_request_error, unknown_parameter, INVALID_REQUEST, REJECTED",
        "400, image_generation_user_error, moderation_blocked, BLOCKED_BY_POLICY, REJECTED",
        "400, invalid_request_error, content_policy_violation, BLOCKED_BY_POLICY, REJECTED",
        "400, invalid_request_error, invalid_prompt, BLOCKED_BY_POLICY, REJECTED",
        "400, invalid_request_error, billing_hard_limit_reached, QUOTA_EXHAUSTED, REJECTED",
        "401, invalid_request_error, invalid_api_key, UNAUTHORIZED, REJECTED",
        "401, , , UNAUTHORIZED, REJECTED",
        "403, , unsupported_country_region_territory, FORBIDDEN, REJECTED",
        "403, , , FORBIDDEN, REJECTED",
        "404, invalid_request_error, model_not_found, MODEL_NOT_FOUND, REJECTED",
        "400, invalid_request_error, model_not_found, MODEL_NOT_FOUND, REJECTED",
        "404, invalid_request_error, previous_response_not_found, INVALID_REQUEST, REJECTED",
        "409, , , INVALID_REQUEST, REJECTED",
        "413, , , INVALID_REQUEST, REJECTED",
        "422, , , INVALID_REQUEST, REJECTED",
        "429, requests, rate_limit_exceeded, RATE_LIMITED, REJECTED",
        "429, tokens, , RATE_LIMITED, REJECTED",
        "429, insufficient_quota, insufficient_quota, QUOTA_EXHAUSTED, REJECTED",
        "429, , billing_not_active, QUOTA_EXHAUSTED, REJECTED",
        "500, server_error, , UNAVAILABLE, UNKNOWN_OUTCOME",
        "502, , , UNAVAILABLE, UNKNOWN_OUTCOME",
        "503, server_error, , UNAVAILABLE, REJECTED",
        "504, , , UNAVAILABLE, UNKNOWN_OUTCOME"
    })
    void meanWhatStatusAndCodeSay(int status, String type, String code, Reason reason, Billed billed)
            throws InterruptedException {
        server.enqueue(FaultAnswer.json(status, Answers.error(type == null ? "" : type, code == null ? "" : code))
                .header("x-request-id", "req_9"));

        ModelException failure = failure();

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.billed()).isEqualTo(billed);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.vendorRequestId()).contains("req_9");
        assertThat(failure.vendorMessage()).contains("the vendor's words");
        assertThat(failure).hasMessageNotContaining("the vendor's words");
        assertThat(failure.refusal().isPresent()).isEqualTo(reason == Reason.BLOCKED_BY_POLICY);
        assertThat(server.requestCount()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "input, BLOCKED_INPUT, REJECTED",
        "output, BLOCKED_OUTPUT, BILLED_UNUSABLE",
        "unknown, BLOCKED_INPUT, REJECTED"
    })
    void ofAPolicyTellWhereItStepped(String stage, Refusal refusal, Billed billed) throws InterruptedException {
        server.enqueue(FaultAnswer.json(
                400,
                "{\"error\":{\"message\":\"no\",\"type\":\"image_generation_user_error\",\"code\":\"moderation_blocked\","
                        + "\"moderation_details\":{\"moderation_stage\":\"" + stage + "\",\"categories\":[]}}}"));

        ModelException failure = failure();
        assertThat(failure.refusal()).contains(refusal);
        assertThat(failure.billed()).isEqualTo(billed);
    }

    @Test
    void tellHowLongToWait() throws InterruptedException {
        server.enqueue(FaultAnswer.json(429, Answers.error("requests", "rate_limit_exceeded"))
                .header("retry-after-ms", "1500"));

        assertThat(failure().retryAfter()).contains(Duration.ofMillis(1500));
    }

    @Test
    void withStatus200AndAnErrorMeanWhatItsCodeSays() throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, Answers.error("invalid_request_error", "insufficient_quota")));

        assertThat(failure().reason()).isEqualTo(Reason.QUOTA_EXHAUSTED);
    }

    @Test
    void withStatus200AndNoPictureAreFailures() throws InterruptedException {
        server.enqueue(FaultAnswer.json(200, "{\"created\":1,\"data\":[]}"));

        ModelException failure = failure();

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
        assertThat(failure.refusal()).contains(Refusal.NO_PICTURE);
        assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
    }

    @Test
    void doNotShowAKeyThatOpenAiQuotes() throws InterruptedException {
        server.enqueue(FaultAnswer.json(
                401, "{\"error\":{\"message\":\"Incorrect API key: test-key\",\"code\":\"invalid_api_key\"}}"));

        assertThat(failure()).hasMessage("gpt-image-2 answered 401 invalid_api_key: check the API key");
    }

    @Test
    void aProbeIsUpWhereTheModelHasAnEntry() throws Exception {
        server.enqueue(
                FaultAnswer.json(200, "{\"id\":\"gpt-image-2\",\"object\":\"model\",\"owned_by\":\"openai\"}"),
                FaultAnswer.json(200, "{\"error\":\"Unexpected endpoint\"}"),
                FaultAnswer.json(404, Answers.error("invalid_request_error", "model_not_found")));
        Candidate candidate = Candidate.of(adapter.profile());
        try (TestCallContext call = TestCallContext.unbounded()) {
            assertThat(adapter.healthProbe().isUp(candidate, call)).isTrue();
            assertThat(adapter.healthProbe().isUp(candidate, call)).isFalse();
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> adapter.healthProbe().isUp(candidate, call));
        }
        assertThat(server.requests()).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.path()).isEqualTo("/v1/models/gpt-image-2");
        });
        assertThat(server.requestCount()).isEqualTo(3);
    }
}
