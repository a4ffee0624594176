package dev.pictor.adapter.gemini;

import static dev.pictor.adapter.gemini.Answers.error;
import static dev.pictor.adapter.gemini.Answers.errorInfo;
import static dev.pictor.adapter.gemini.Answers.finished;
import static dev.pictor.adapter.gemini.Answers.promptBlocked;
import static dev.pictor.adapter.gemini.Answers.quotaFailure;
import static dev.pictor.adapter.gemini.Answers.retryInfo;
import static dev.pictor.testkit.FaultAnswer.html;
import static dev.pictor.testkit.FaultAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.RecordedRequest;
import dev.pictor.testkit.TestCallContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiFailuresTest extends GeminiFixture {

    private static final String PER_MINUTE = "GenerateRequestsPerMinutePerProjectPerModel-FreeTier";
    private static final String PER_DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";

    static Stream<Arguments> statuses() {
        return Stream.of(
                status(400, "INVALID_ARGUMENT", "", Reason.INVALID_REQUEST, Billed.REJECTED),
                status(400, "INVALID_ARGUMENT", errorInfo("API_KEY_INVALID"), Reason.UNAUTHORIZED, Billed.REJECTED),
                status(400, "FAILED_PRECONDITION", "", Reason.FORBIDDEN, Billed.REJECTED),
                status(401, "UNAUTHENTICATED", "", Reason.UNAUTHORIZED, Billed.REJECTED),
                status(403, "PERMISSION_DENIED", errorInfo("SERVICE_DISABLED"), Reason.FORBIDDEN, Billed.REJECTED),
                status(404, "NOT_FOUND", "", Reason.MODEL_NOT_FOUND, Billed.REJECTED),
                status(408, "", "", Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                status(413, "", "", Reason.INVALID_REQUEST, Billed.REJECTED),
                status(429, "RESOURCE_EXHAUSTED", "", Reason.RATE_LIMITED, Billed.REJECTED),
                status(429, "RESOURCE_EXHAUSTED", quotaFailure(PER_MINUTE), Reason.RATE_LIMITED, Billed.REJECTED),
                status(
                        429,
                        "RESOURCE_EXHAUSTED",
                        retryInfo("18s") + "," + quotaFailure(PER_DAY),
                        Reason.QUOTA_EXHAUSTED,
                        Billed.REJECTED),
                status(500, "INTERNAL", "", Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME),
                status(503, "UNAVAILABLE", "", Reason.UNAVAILABLE, Billed.REJECTED),
                status(504, "DEADLINE_EXCEEDED", "", Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME));
    }

    private static Arguments status(int status, String code, String details, Reason reason, Billed billed) {
        String body = error(status, code, "no " + KEY + " for: " + LAMP.prompt(), details);
        return arguments(named(status + " " + code + ", " + reason, json(status, body)), status, reason, billed);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void tellsReasonAndBillingFromStatusAndCode(FaultAnswer answer, int status, Reason reason, Billed billed) {
        ModelException failure = fail(answer);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.billed()).isEqualTo(billed);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure.getMessage()).startsWith("gemini-nano-banana-2.1 answered " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void doesNotTrustAProxysPageThatNothingWasDrawn(int status) {
        ModelException failure = fail(html(status));
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure).hasMessage("gemini-nano-banana-2.1 answered " + status + ": the service failed");
    }

    @Test
    void readsAnErrorInAList() {
        ModelException failure = fail(json(429, "[" + error(429, "RESOURCE_EXHAUSTED", "", retryInfo("3s")) + "]"));
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void doesNotFollowARedirectWithTheKey(int status) {
        ModelException failure = fail(json(status, "").header("Location", server.uri() + "/elsewhere"));
        assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 503})
    void sendsNothingTwiceEvenIfOkHttpWould(int status) {
        assertThat(fail(html(status).header("Retry-After", "0")).retryAfter()).contains(Duration.ZERO);
    }

    @Test
    void losesNoTimeToTheVendorsRetries() {
        long start = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> draw(LAMP, html(503))).isInstanceOf(ModelException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(server.requestCount()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 7, PT7S",
        "Retry-After, '0.25', PT0.25S",
        "retry-after-ms, 1500, PT1.5S",
        "Retry-After, 'Fri, 20 Nov 2026 10:00:30 GMT', PT30S",
        "Retry-After, 'Fri, 20 Nov 2026 09:59:00 GMT', PT0S",
    })
    void readsTheWaitFromAHeader(String name, String value, Duration wait) {
        FaultAnswer answer = json(429, error(429, "RESOURCE_EXHAUSTED", "slow down"))
                .header("Date", "Fri, 20 Nov 2026 10:00:00 GMT")
                .header(name, value);
        assertThat(fail(answer).retryAfter()).contains(wait);
    }

    @ParameterizedTest
    @CsvSource({"18s, PT18S", "18.530217412s, PT18.530217412S", "0s, PT0S"})
    void readsTheWaitFromRetryInfo(String delay, Duration wait) {
        assertThat(fail(json(429, error(429, "RESOURCE_EXHAUSTED", "", retryInfo(delay))))
                        .retryAfter())
                .contains(wait);
    }

    @Test
    void takesTheLongestOfSeveralWaits() {
        FaultAnswer answer = json(429, error(429, "RESOURCE_EXHAUSTED", "", retryInfo("18s")))
                .header("Retry-After", "7")
                .header("retry-after-ms", "900");
        assertThat(fail(answer).retryAfter()).contains(Duration.ofSeconds(18));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-3", "99999999999999999999", "1e3", ""})
    void ignoresAWaitThatIsNone(String value) {
        FaultAnswer answer = json(429, error(429, "RESOURCE_EXHAUSTED", "", retryInfo(value)))
                .header("Retry-After", value)
                .header("retry-after-ms", value);
        assertThat(fail(answer).retryAfter()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "SOMETHING_NEW"})
    void tellsABlockedPrompt(String reason) {
        ModelException failure = fail(json(200, promptBlocked(reason)));
        assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
        assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
        assertThat(failure.vendorRequestId()).contains("blocked-prompt");
        assertThat(failure.refusal()).contains(Refusal.BLOCKED_INPUT);
        assertThat(failure).hasMessage("gemini-nano-banana-2.1 refused the prompt: " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAFETY",
                "RECITATION",
                "BLOCKLIST",
                "PROHIBITED_CONTENT",
                "SPII",
                "IMAGE_SAFETY",
                "IMAGE_PROHIBITED_CONTENT",
                "IMAGE_RECITATION"
            })
    void tellsAPictureThatWasHeldBack(String reason) {
        ModelException failure = fail(json(200, finished(reason)));
        assertThat(failure.reason()).isEqualTo(Reason.BLOCKED_BY_POLICY);
        assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        assertThat(failure.vendorRequestId()).contains("no-picture");
        assertThat(failure).hasMessage("gemini-nano-banana-2.1 held back its answer: " + reason);
        assertThat(failure.refusal()).contains(Refusal.BLOCKED_OUTPUT);
        assertThat(failure.vendorMessage()).contains("Unable to show the generated image.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "NO_IMAGE", "IMAGE_OTHER", "MAX_TOKENS", "OTHER", "SOMETHING_NEW"})
    void tellsAnAnswerWithoutAPicture(String reason) {
        ModelException failure = fail(json(200, finished(reason)));
        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
        assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        assertThat(failure.refusal()).contains(Refusal.NO_PICTURE);
        assertThat(failure).hasMessageStartingWith("gemini-nano-banana-2.1 answered without a picture: " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "NO_IMAGE"})
    void keepsTheWordsThatCameInThePlaceOfAPicture(String finish) {
        ModelException failure = fail(json(200, """
                {"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},{"text":"I draw "},{"text":"no lamps."}]},
                 "finishReason":"%s"}]}""".formatted(finish)));
        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
        assertThat(failure.refusal()).contains(Refusal.NO_PICTURE);
        assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
        assertThat(failure.vendorMessage()).contains("I draw no lamps.");
        assertThat(failure.getMessage()).doesNotContain("lamps");
    }

    static Stream<Arguments> broken() {
        String whole = Answers.success();
        return Stream.of(
                arguments(named("empty", json(200, ""))),
                arguments(named("empty object", json(200, "{}"))),
                arguments(named("no object", json(200, "[]"))),
                arguments(named("text that quotes the key", json(200, KEY))),
                arguments(named("HTML", html(200))),
                arguments(named("half of the JSON", json(200, whole.substring(0, whole.length() / 2)))),
                arguments(named("no candidates", json(200, "{\"candidates\":[],\"usageMetadata\":{}}"))),
                arguments(named("other types", json(200, """
                        {"candidates":{"content":1},"usageMetadata":[],"promptFeedback":"x","modelVersion":7}"""))),
                arguments(named("other types inside", json(200, """
                        {"candidates":[null,{"content":{"parts":{"text":1}},"finishReason":4},{"content":[{}]},
                         {"content":{"parts":[7,[[]],{"inlineData":["x"],"text":{},"thought":{"a":[]}},{"inlineData":{"data":{}}}]}}],
                         "usageMetadata":{"promptTokenCount":-5,"candidatesTokenCount":"x","thoughtsTokenCount":-1}}"""))),
                arguments(named(
                        "no base64", json(200, Answers.success().replaceFirst("\"data\": \".", "\"data\": \"*")))),
                arguments(named("no picture", json(200, Answers.success(new byte[] {1, 2, 3}, "image/png")))),
                arguments(named("a deep nest", json(200, "[".repeat(5000).transform(nest -> "{\"a\":" + nest)))));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void tellsABrokenAnswerWhichIsPaidForAllTheSame(FaultAnswer answer) {
        ModelException failure = fail(answer);
        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_ANSWER);
        assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
    }

    /** The whole answer did not come: nobody knows whether the rest of it was made, and paid for. */
    @ParameterizedTest
    @ValueSource(ints = {0, 400})
    void tellsAnAnswerThatWasCutOff(int afterBytes) {
        ModelException failure = fail(FaultAnswer.truncated(Answers.success(), afterBytes));
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
    }

    @Test
    void tellsAConnectionThatBroke() throws Exception {
        ModelException failure = fail(FaultAnswer.reset());
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
        assertThat(failure.httpStatus()).isEmpty();
        assertThat(failure).hasCauseInstanceOf(IOException.class);
        server.awaitClientClosed(1, SOON);
    }

    @Test
    void sendsNothingTwiceWhenAKeptConnectionBreaks() throws Exception {
        assertThat(draw(LAMP).images()).hasSize(1);
        ModelException failure = catchThrowableOfType(ModelException.class, () -> draw(LAMP, FaultAnswer.reset()));
        assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
        assertThat(server.requests()).extracting(RecordedRequest::connection).containsExactly(1, 1);
    }

    @Test
    void tellsThatNothingListens() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        assertUnreachable(nobody);
    }

    @Test
    void tellsThatTheHostIsUnknown() {
        assertUnreachable(URI.create("http://no-such-host.invalid"));
    }

    private static void assertUnreachable(URI nobody) {
        try (GeminiImageAdapter lost =
                        GeminiImageAdapter.builder(KEY).baseUrl(nobody).build();
                TestCallContext call = TestCallContext.unbounded()) {
            ModelException failure = catchThrowableOfType(ModelException.class, () -> lost.generate(LAMP, call));
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(failure).hasCauseInstanceOf(IOException.class);
            assertSecretsAreKept(failure);
        }
    }
}
