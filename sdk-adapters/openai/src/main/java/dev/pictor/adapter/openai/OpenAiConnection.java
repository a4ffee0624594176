package dev.pictor.adapter.openai;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.core.ObjectMappers;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.model.CallContext;
import dev.pictor.model.http.AnswerReader;
import dev.pictor.model.http.HttpAnswer;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.model.http.ModelHttpBuilder;
import dev.pictor.model.http.MultipartBody;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way to OpenAI. Bodies are written by the vendor's SDK from its typed parameters, and sent over {@link ModelHttp}:
 * the SDK's own client would start threads of its own and does not end a call when it is told to. Thread-safe.
 */
final class OpenAiConnection implements AutoCloseable {

    private static final ObjectMapper TREES = new ObjectMapper();

    private final ModelHttp http;
    private final String baseUrl;
    private final String authorization;
    private final Optional<String> organization;
    private final Optional<String> project;

    OpenAiConnection(ConnectionBuilder<?> settings) {
        ModelHttpBuilder builder = ModelHttp.builder()
                .connectTimeout(settings.connectTimeout)
                .idleTimeout(settings.idleTimeout)
                .addSecret(settings.apiKey)
                .sendsIdempotencyKey(true);
        OpenAiFailures.CODES.forEach(builder::putErrorCode);
        this.http = builder.build();
        this.baseUrl = settings.baseUrl.toString().replaceAll("/+$", "");
        this.authorization = "Bearer " + settings.apiKey;
        this.organization = Optional.ofNullable(settings.organization);
        this.project = Optional.ofNullable(settings.project);
    }

    /**
     * Sends the body of a request. It is not written for a call that is over before it begins: the vendor's SDK takes
     * its time the first time.
     *
     * @param body parameters of the vendor's SDK
     */
    <T> T post(String modelId, String path, Supplier<?> body, CallContext call, AnswerReader<T> reader)
            throws InterruptedException {
        HttpRequest.Builder request = to(path);
        if (!isOver(call)) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(written(body.get())));
        }
        return http.send(modelId, request.build(), call, reader);
    }

    /** Returns whether the transport will send nothing for this call. */
    private static boolean isOver(CallContext call) {
        return Thread.currentThread().isInterrupted()
                || call.isCancelled()
                || call.timeLeft().isZero();
    }

    <T> T post(String modelId, String path, MultipartBody form, CallContext call, AnswerReader<T> reader)
            throws InterruptedException {
        HttpRequest request = to(path).header("Content-Type", form.contentType())
                .POST(form.publisher())
                .build();
        return http.send(modelId, request, call, reader);
    }

    /** Returns a probe that asks for a model's entry, free of charge. */
    HealthProbe probe() {
        return (candidate, call) -> {
            String id = candidate.profile().id();
            HttpRequest request = to("/models/" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                    .GET()
                    .build();
            return http.send(id, request, call, OpenAiConnection::tree)
                    .path("id")
                    .asText()
                    .equals(id);
        };
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Accept", "application/json")
                .header("Authorization", authorization);
        organization.ifPresent(id -> request.header("OpenAI-Organization", id));
        project.ifPresent(id -> request.header("OpenAI-Project", id));
        return request;
    }

    private static byte[] written(Object body) {
        try {
            return ObjectMappers.jsonMapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) { // not kept as the cause: its message may quote a prompt
            throw new IllegalArgumentException(
                    "a value is nothing that JSON can hold: " + e.getClass().getSimpleName());
        }
    }

    /**
     * Reads a small answer.
     *
     * @throws IOException if it is no JSON object
     */
    static JsonNode tree(HttpAnswer answer) throws IOException {
        JsonNode tree = TREES.readTree(answer.body());
        if (tree == null || !tree.isObject()) {
            throw new JsonParseException(null, "the answer is no JSON object");
        }
        return tree;
    }
}
