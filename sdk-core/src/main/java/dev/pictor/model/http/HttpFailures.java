package dev.pictor.model.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.RetryAfter;
import dev.pictor.secret.Secrets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Tells what went wrong and whether it was charged. The table is in {@link ModelHttp}. Immutable. */
final class HttpFailures {

    /** An error's code goes into our message, its sentence does not: it may quote the request or the key. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{1,63}");

    private static final List<String> MESSAGES =
            List.of("/error/message", "/error/detail", "/error", "/message", "/detail", "/errors/0/title");
    private static final List<String> CODES =
            List.of("/error/code", "/error/type", "/error/status", "/code", "/type", "/errors/0/code");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ErrorReasons vendor;
    private final Map<String, Reason> codes;
    private final Clock clock;
    private final Secrets secrets;

    HttpFailures(ErrorReasons vendor, Map<String, Reason> codes, Clock clock, Secrets secrets) {
        this.secrets = secrets;
        this.vendor = vendor;
        this.clock = clock;
        this.codes = Map.copyOf(codes);
    }

    /** Returns the failure of an exchange that was stopped or broke. */
    ModelException ofTransport(String modelId, Exchange exchange, CallContext call) {
        Throwable cause = exchange.failure();
        boolean sent = exchange.isSent() && !isBeforeSending(cause);
        Billed billed = sent ? Billed.UNKNOWN_OUTCOME : Billed.NOT_SENT;
        Exchange.Stop stopped = exchange.stopped();
        if (stopped == Exchange.Stop.TOO_LARGE) {
            return failure(
                    modelId,
                    Reason.MALFORMED_ANSWER,
                    Billed.BILLED_UNUSABLE,
                    "sent a larger answer than allowed",
                    null);
        }
        if (stopped == Exchange.Stop.IDLE) {
            return failure(
                    modelId,
                    Reason.TIMED_OUT,
                    billed,
                    "began to answer and then fell silent",
                    new IdleTimeoutException(exchange.idle()));
        }
        if (stopped == Exchange.Stop.TIMED_OUT
                || (stopped != null && call.timeLeft().isZero())) {
            return failure(modelId, Reason.TIMED_OUT, billed, "did not answer in time", null);
        }
        if (stopped != null) {
            return failure(modelId, Reason.CANCELLED, billed, "was stopped by the caller", null);
        }
        String problem = sent
                ? "was reached, but the connection broke before the answer was complete"
                : "could not be reached; check the network and the base URL";
        return failure(modelId, Reason.UNAVAILABLE, billed, problem, cause);
    }

    private static boolean isBeforeSending(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException
                || cause instanceof SSLHandshakeException;
    }

    /**
     * Returns the failure of a complete answer that is of no use. What a parser says is not kept as the cause, since it
     * quotes the answer.
     */
    static ModelException ofUnusable(String modelId, Exception problem) {
        if (problem instanceof JsonProcessingException json) {
            String at = json.getLocation() == null
                    ? ""
                    : ", from byte " + json.getLocation().getByteOffset();
            return failure(
                    modelId,
                    Reason.MALFORMED_ANSWER,
                    Billed.BILLED_UNUSABLE,
                    "sent a broken answer: not the JSON that was expected" + at,
                    null);
        }
        String what = problem instanceof ImageRejectedException ? "a picture of no use" : "an answer of no use";
        return failure(modelId, Reason.MALFORMED_ANSWER, Billed.BILLED_UNUSABLE, "sent " + what, problem);
    }

    /** Returns the failure behind a status that is not 2xx. */
    ModelException ofStatus(String modelId, int status, HttpHeaders headers, byte[] body) {
        JsonNode error = parse(body);
        List<String> said = said(error, CODES)
                .map(secrets::hide)
                .filter(code -> CODE.matcher(code).matches())
                .toList();
        String text = new String(body, UTF_8);
        Reason reason = vendor.reason(status, text)
                .orElseGet(() -> said.stream()
                        .map(codes::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseGet(() -> reason(status)));
        Optional<Duration> inBody = RetryAfter.ofBody(text);
        Optional<Duration> wait = Stream.of(RetryAfter.ofHeaders(headers::firstValue, clock), inBody)
                .flatMap(Optional::stream)
                .max(Duration::compareTo);
        boolean refused = error.isObject() || wait.isPresent();
        Optional<Refusal> refusal = refusal(reason, error);
        boolean made = refusal.filter(Refusal.BLOCKED_OUTPUT::equals).isPresent();
        String code = said.isEmpty() ? "" : " " + said.get(0);
        return new ModelException(ModelFailure.builder(
                        modelId,
                        reason,
                        made ? Billed.BILLED_UNUSABLE : billed(status, refused),
                        modelId + " answered " + status + code + ": " + advice(reason))
                .httpStatus(status)
                .refusal(refusal)
                .vendorMessage(said(error, MESSAGES).findFirst().map(secrets::hide))
                .vendorRequestId(HttpAnswer.requestId(headers, secrets))
                .retryAfter(wait)
                .build());
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 401 -> Reason.UNAUTHORIZED;
            case 402 -> Reason.QUOTA_EXHAUSTED;
            case 403 -> Reason.FORBIDDEN;
            case 404, 410 -> Reason.MODEL_NOT_FOUND;
            case 408 -> Reason.UNAVAILABLE;
            case 429 -> Reason.RATE_LIMITED;
            default -> status < 500 ? Reason.INVALID_REQUEST : Reason.UNAVAILABLE;
        };
    }

    /** A policy that speaks by status refuses what was sent, unless the vendor says that it looked at what was made. */
    private static Optional<Refusal> refusal(Reason reason, JsonNode error) {
        if (reason != Reason.BLOCKED_BY_POLICY) {
            return Optional.empty();
        }
        String stage = error.at("/error/moderation_details/moderation_stage").asText();
        return Optional.of(stage.equals("output") ? Refusal.BLOCKED_OUTPUT : Refusal.BLOCKED_INPUT);
    }

    private static Billed billed(int status, boolean refused) {
        return switch (status) {
            case 408 -> Billed.UNKNOWN_OUTCOME;
            case 501, 529 -> Billed.REJECTED;
            case 503 -> refused ? Billed.REJECTED : Billed.UNKNOWN_OUTCOME;
            default -> status < 500 ? Billed.REJECTED : Billed.UNKNOWN_OUTCOME;
        };
    }

    private static String advice(Reason reason) {
        return switch (reason) {
            case UNAUTHORIZED -> "check the API key";
            case FORBIDDEN -> "the key may not do this";
            case MODEL_NOT_FOUND -> "check the URL, the model id and whether the model is still served";
            case RATE_LIMITED -> "too many calls at this rate";
            case QUOTA_EXHAUSTED -> "the account has used up what it may use";
            case BLOCKED_BY_POLICY -> "its content policy refused the request";
            case INVALID_REQUEST -> "the request cannot be served as it is";
            default -> "the service failed";
        };
    }

    /** Returns the body as JSON, or a missing node if it is something else, such as a proxy's page of HTML. */
    private static JsonNode parse(byte[] body) {
        try {
            JsonNode root = MAPPER.readTree(body);
            return root == null ? MissingNode.getInstance() : root;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static Stream<String> said(JsonNode error, List<String> places) {
        return places.stream()
                .map(error::at)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank());
    }

    private static ModelException failure(
            String modelId, Reason reason, Billed billed, String problem, @Nullable Throwable cause) {
        return new ModelException(
                ModelFailure.builder(modelId, reason, billed, modelId + " " + problem)
                        .build(),
                cause);
    }
}
