package dev.pictor.adapter.gemini;

import com.fasterxml.jackson.core.JsonParseException;
import com.google.genai.types.Content;
import com.google.genai.types.CountTokensConfig;
import com.google.genai.types.GenerateContentConfig;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.TokenCounter;
import dev.pictor.model.http.AnswerReader;
import dev.pictor.model.http.JsonPictures;
import java.util.List;
import java.util.function.Supplier;

/**
 * Asks Gemini's models (generateContent), by the Gemini API or Vertex AI. Thread-safe; close it when it is no longer
 * needed.
 *
 * <p>What the system says is sent as {@code systemInstruction}, pictures and PDF documents within the request, which may
 * have 20 MB in all (ai.google.dev, read on 2026-11-29). An answer schema is sent as {@code responseJsonSchema}, a bound
 * on thinking as {@code thinkingBudget}: models that know levels of thinking only take the option {@code thinkingLevel}
 * instead. A seed is sent and always warned of. Options by Gemini's names: {@code topP} and {@code topK} (numbers),
 * {@code stopSequences} (a list of texts), {@code thinkingLevel} (a text), {@code safetySettings} (a list of maps with
 * {@code category} and {@code threshold}).
 *
 * <p>An answer that was cut off at its length is one, with {@link dev.pictor.model.FinishReason#LENGTH} and the text that
 * there is; under a schema that may be half a JSON value. Without any text it is a failure, MALFORMED_ANSWER. Other
 * failures are those of {@link GeminiImageAdapter}.
 */
public final class GeminiReasoningAdapter implements ReasoningModelAdapter, TokenCounter, AutoCloseable {

    private static final JsonPictures JSON = JsonPictures.at("/none");
    private static final AnswerReader<Long> COUNT = answer -> {
        var total = JSON.read(answer).number("/totalTokens");
        if (total.isEmpty()) {
            throw new JsonParseException(null, "no count");
        }
        return total.getAsLong();
    };

    private final ModelProfile profile;
    private final GeminiConnection connection;

    GeminiReasoningAdapter(ModelProfile profile, GeminiConnection connection) {
        this.profile = profile;
        this.connection = connection;
    }

    /**
     * Returns a builder for an adapter to the Gemini API.
     *
     * @param apiKey a key of the Gemini API, printable ASCII without blanks; it is sent to the base URL and shown nowhere
     * @return a new builder
     * @throws IllegalArgumentException if the key has another form
     */
    public static GeminiReasoningAdapterBuilder builder(String apiKey) {
        return new GeminiReasoningAdapterBuilder(new GoogleAccess.ApiKey(apiKey));
    }

    /**
     * Returns a builder for an adapter to Vertex AI.
     *
     * @param project the id of a project of Google Cloud
     * @param location such as {@code global}, {@code eu} or {@code europe-west4}
     * @param accessToken gives an OAuth 2 access token that is valid now; asked at each call, on the caller's thread. What
     *     it throws is {@link dev.pictor.model.ModelFailure.Reason#UNAUTHORIZED}
     * @return a new builder
     * @throws IllegalArgumentException if project or location have other characters than such names have
     */
    public static GeminiReasoningAdapterBuilder vertex(String project, String location, Supplier<String> accessToken) {
        return new GeminiReasoningAdapterBuilder(new GoogleAccess.VertexProject(project, location, accessToken));
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public List<OptionWarning> unsupported(ReasoningRequest request) {
        return new GeminiReasoningRequest(request, profile).warnings();
    }

    /**
     * Asks, as said at the top.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException {
        GeminiReasoningRequest asked = new GeminiReasoningRequest(request, profile);
        List<Content> turns = asked.contents();
        GenerateContentConfig.Builder config = asked.config();
        GeminiAnswer answer = connection.send(
                call,
                GeminiAnswer::read,
                (models, http) -> models.generateContent(
                        profile.id(), turns, config.httpOptions(http).build()));
        GeminiFailures.checkPolicy(profile.id(), answer);
        if (answer.text().isBlank()) {
            throw GeminiFailures.withoutText(profile.id(), answer);
        }
        return ReasoningResult.builder(answer.servedBy().orElse(profile.id()), answer.text())
                .usage(answer.usage(false).build())
                .finishReason(answer.finishReason())
                .warnings(asked.warnings())
                .vendorRequestId(answer.responseId())
                .build();
    }

    /**
     * Counts by Google's {@code countTokens}, which is free. What the system says is counted as a turn of the user, which
     * may differ by a few tokens from how it is read.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public long countTokens(ReasoningRequest request, CallContext call) throws InterruptedException {
        List<Content> turns = new GeminiReasoningRequest(request, profile).contentsToCount();
        return connection.send(
                call,
                COUNT,
                (models, http) -> models.countTokens(
                        profile.id(),
                        turns,
                        CountTokensConfig.builder().httpOptions(http).build()));
    }

    /**
     * Returns a probe that asks Google what this model is, which costs nothing. Of any other candidate it says that it is
     * not up: where a gateway has several, ask each candidate's own.
     *
     * @return a probe that works until this adapter is closed
     */
    public HealthProbe probe() {
        return connection.probe(profile);
    }

    /** Stops the calls in flight and closes all connections. Calls after that fail. */
    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "GeminiReasoningAdapter[" + profile.id() + "]";
    }
}
