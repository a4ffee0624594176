package dev.pictor.adapter.local;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelFailureBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the errors of one kind of server mean. Immutable. */
final class ServerErrors {

    private static final int OK = 200;

    private final ServerProfile server;

    ServerErrors(ServerProfile server) {
        this.server = server;
    }

    /** Returns what an error means by its words, for servers that give it no code. */
    Optional<Reason> byWords(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return server.errorWords().entrySet().stream()
                .filter(known -> lower.contains(known.getKey().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /**
     * Returns the error that stands in an answer with status 200, as some servers send it.
     *
     * @param text gives the text at a JSON pointer
     * @param number gives the whole number at one
     */
    Optional<ModelException> inAnswer(
            String modelId,
            Function<String, Optional<String>> text,
            Function<String, OptionalLong> number,
            Optional<String> requestId) {
        Optional<String> words = first(text, "/error/message", "/error");
        Optional<String> code = first(text, "/error/code", "/error/type");
        OptionalLong status = number.apply("/error/code");
        if (words.isEmpty() && code.isEmpty() && status.isEmpty()) {
            return Optional.empty();
        }
        Reason reason = words.flatMap(this::byWords)
                .or(() -> Stream.of("/error/code", "/error/type")
                        .map(text)
                        .flatMap(Optional::stream)
                        .filter(server.errorCodes()::containsKey)
                        .map(server.errorCodes()::get)
                        .findFirst())
                .orElseGet(() -> byStatus(status.orElse(OK)));
        ModelFailureBuilder failure = ModelFailure.builder(
                        modelId,
                        reason,
                        billed(reason),
                        modelId + " answered 200 with an error in the place of an answer: " + advice(reason))
                .httpStatus(OK)
                .vendorMessage(words)
                .vendorRequestId(requestId);
        if (reason == Reason.BLOCKED_BY_POLICY) {
            failure.refusal(Refusal.BLOCKED_INPUT);
        }
        return Optional.of(new ModelException(failure.build()));
    }

    /** Returns the failure of a request that was not sent. */
    static ModelException refused(String modelId, String problem, @Nullable Throwable cause) {
        return new ModelException(
                ModelFailure.builder(modelId, Reason.INVALID_REQUEST, Billed.NOT_SENT, modelId + " " + problem)
                        .build(),
                cause);
    }

    /** Returns the failure of an answer that is whole and of no use. */
    static ModelFailureBuilder unusable(String modelId, Reason reason, String problem, Optional<String> requestId) {
        return ModelFailure.builder(modelId, reason, Billed.BILLED_UNUSABLE, modelId + " " + problem)
                .httpStatus(OK)
                .vendorRequestId(requestId);
    }

    private static Optional<String> first(Function<String, Optional<String>> text, String... pointers) {
        return Stream.of(pointers)
                .map(text)
                .flatMap(Optional::stream)
                .filter(found -> !found.isBlank())
                .findFirst();
    }

    /** Gateways between client and model put the status that they got into the error. */
    private static Reason byStatus(long status) {
        if (status == 401) {
            return Reason.UNAUTHORIZED;
        }
        if (status == 403) {
            return Reason.FORBIDDEN;
        }
        if (status == 404) {
            return Reason.MODEL_NOT_FOUND;
        }
        if (status == 429) {
            return Reason.RATE_LIMITED;
        }
        if (status >= 500 && status <= 599) {
            return Reason.UNAVAILABLE;
        }
        return status >= 400 && status <= 499 ? Reason.INVALID_REQUEST : Reason.MALFORMED_ANSWER;
    }

    private static Billed billed(Reason reason) {
        return switch (reason) {
            case UNAVAILABLE -> Billed.UNKNOWN_OUTCOME;
            case MALFORMED_ANSWER -> Billed.BILLED_UNUSABLE;
            default -> Billed.REJECTED;
        };
    }

    private static String advice(Reason reason) {
        return switch (reason) {
            case MODEL_NOT_FOUND -> "load the model, and check its name among those that the server lists";
            case UNAUTHORIZED, FORBIDDEN -> "check the key";
            case INVALID_REQUEST -> "check the base URL, and whether the server has what was asked for";
            default -> "the vendor's message tells more";
        };
    }
}
