package dev.pictor.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.TokenCounter;
import java.util.List;

/**
 * Asks OpenAI's reasoning models. Thread-safe; close it when it is no longer needed.
 *
 * <p>Text, pictures and PDF documents go into one request, those two as data URLs and in messages of the asking side
 * only. With a schema, the model is held to it where it obeys OpenAI's rules, else asked to follow it, with a warning;
 * the answer is one JSON value or a failure. OpenAI is asked not to keep the answer.
 *
 * <p>{@link ReasoningRequest#thinkingTokens()} becomes the nearest level of the model, with a warning. A temperature that
 * the model refuses is left out with a warning, and so is a seed, but over {@link OpenAiApi#CHAT_COMPLETIONS}. Options by
 * OpenAI's names: {@code reasoning_effort}, {@code verbosity}, {@code top_p} and {@code safety_identifier}, or
 * {@code user}, which is sent as that.
 *
 * <p>A call is one HTTP/1.1 request on the caller's thread, with the call's name as {@code Idempotency-Key}. Interruption,
 * cancellation and the deadline close its connection. The table of failures is in {@code docs/adapters/openai.md}.
 */
public final class OpenAiReasoningAdapter implements ReasoningModelAdapter, TokenCounter, AutoCloseable {

    private final ModelProfile profile;
    private final OpenAiApi api;
    private final OpenAiConnection connection;

    OpenAiReasoningAdapter(ModelProfile profile, OpenAiApi api, OpenAiConnection connection) {
        this.profile = profile;
        this.api = api;
        this.connection = connection;
    }

    /**
     * Returns a builder for an adapter with the {@code balanced} reasoning model.
     *
     * @param apiKey a key of OpenAI's API, printable ASCII without blanks; it is sent to the base URL and shown nowhere
     * @return a new builder
     * @throws IllegalArgumentException if the key has another form
     */
    public static OpenAiReasoningAdapterBuilder builder(String apiKey) {
        return new OpenAiReasoningAdapterBuilder(apiKey);
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public List<OptionWarning> unsupported(ReasoningRequest request) {
        return List.copyOf(new ReasoningPlan(request, profile, api).warnings());
    }

    /**
     * Answers, as said at the top.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException {
        ReasoningPlan plan = new ReasoningPlan(request, profile, api);
        plan.check();
        String id = profile.id();
        return api == OpenAiApi.CHAT_COMPLETIONS
                ? connection.post(
                        id,
                        "/chat/completions",
                        () -> ReasoningBodies.completion(id, plan),
                        call,
                        answer -> ReasoningAnswers.ofCompletion(id, plan, answer))
                : connection.post(
                        id,
                        "/responses",
                        () -> ReasoningBodies.response(id, plan),
                        call,
                        answer -> ReasoningAnswers.ofResponse(id, plan, answer));
    }

    /**
     * Counts over {@code responses/input_tokens}, free of charge, whichever way the model is asked.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public long countTokens(ReasoningRequest request, CallContext call) throws InterruptedException {
        ReasoningPlan plan = new ReasoningPlan(request, profile, api);
        plan.check();
        String id = profile.id();
        return connection.post(id, "/responses/input_tokens", () -> ReasoningBodies.count(id, plan), call, answer -> {
            JsonNode tree = OpenAiConnection.tree(answer);
            OpenAiFailures.checkError(id, tree, answer.vendorRequestId());
            long tokens = tree.path("input_tokens").asLong(-1);
            if (tokens < 0) {
                throw OpenAiFailures.useless(id, "counted nothing", answer.vendorRequestId());
            }
            return tokens;
        });
    }

    /**
     * Returns a probe that asks OpenAI for the entry of a candidate's model, free of charge. It uses this adapter's
     * connection, so it is of no use once the adapter is closed.
     *
     * @return a probe for candidates that OpenAI serves
     */
    public HealthProbe healthProbe() {
        return connection.probe();
    }

    /** Stops the calls in flight and closes all connections. Calls after that fail. */
    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "OpenAiReasoningAdapter[" + profile.id() + "]";
    }
}
