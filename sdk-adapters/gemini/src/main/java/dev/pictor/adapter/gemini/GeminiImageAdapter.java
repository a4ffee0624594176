package dev.pictor.adapter.gemini;

import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.CallContext;
import dev.pictor.model.Continuation;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Draws with Gemini's image models (generateContent), by the Gemini API or Vertex AI. Thread-safe; close it when it is no
 * longer needed.
 *
 * <p>Prompt and references go into one message, references after the text and in order. A size is sent as the nearest
 * ratio and size class of the model, by area; {@link ImageResult#warnings()} tells if another size came. A seed is sent
 * and always warned of, because Gemini does not promise to repeat itself. There are no masks. Options by Gemini's names:
 * {@code temperature} and {@code topP} (numbers), {@code imageSize} (a size class such as {@code 2K}),
 * {@code safetySettings} (a list of maps with {@code category} and {@code threshold}). The picture's format is Gemini's
 * choice.
 *
 * <p>A {@link ImageRequest#continuable()} answer brings the whole conversation, its pictures and the model's signatures,
 * with which a later request goes on.
 *
 * <p>A call is one HTTP/1.1 request on the caller's thread. Interruption, cancellation and the deadline close its
 * connection. Failures are those of {@link dev.pictor.model.http.ModelHttp}, and by what Google's answers mean:
 *
 * <table>
 * <caption>Failures, as of 2026-11-29</caption>
 * <tr><th>What happens<th>Reason and refusal<th>Billed
 * <tr><td>bad request found here<td>INVALID_REQUEST<td>NOT_SENT
 * <tr><td>400 with ErrorInfo API_KEY_INVALID; with FAILED_PRECONDITION (region, billing)
 *     <td>UNAUTHORIZED; FORBIDDEN<td>REJECTED
 * <tr><td>429 with a QuotaFailure whose quota id says PerDay<td>QUOTA_EXHAUSTED<td>REJECTED
 * <tr><td>200 with a prompt that was blocked: nothing is drawn, at most the prompt's tokens are charged
 *     <td>BLOCKED_BY_POLICY, BLOCKED_INPUT<td>REJECTED
 * <tr><td>200 with a picture that was held back (IMAGE_SAFETY, RECITATION, ..)
 *     <td>BLOCKED_BY_POLICY, BLOCKED_OUTPUT<td>BILLED_UNUSABLE
 * <tr><td>200 without a picture (NO_IMAGE, IMAGE_OTHER, MAX_TOKENS, or words instead, which are
 *     {@link dev.pictor.model.ModelException#vendorMessage()})<td>MALFORMED_ANSWER, NO_PICTURE<td>BILLED_UNUSABLE
 * </table>
 */
public final class GeminiImageAdapter implements ImageModelAdapter, AutoCloseable {

    private final ModelProfile profile;
    private final GeminiConnection connection;

    GeminiImageAdapter(ModelProfile profile, GeminiConnection connection) {
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
    public static GeminiImageAdapterBuilder builder(String apiKey) {
        return new GeminiImageAdapterBuilder(new GoogleAccess.ApiKey(apiKey));
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
    public static GeminiImageAdapterBuilder vertex(String project, String location, Supplier<String> accessToken) {
        return new GeminiImageAdapterBuilder(new GoogleAccess.VertexProject(project, location, accessToken));
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public List<OptionWarning> unsupported(ImageRequest request) {
        return new GeminiImageRequest(request, profile).warnings();
    }

    /**
     * Draws one picture, as said at the top.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        GeminiImageRequest asked = new GeminiImageRequest(request, profile);
        List<Content> turns = asked.contents();
        GenerateContentConfig.Builder config = asked.config();
        GeminiAnswer answer = connection.send(
                call,
                GeminiAnswer::read,
                (models, http) -> models.generateContent(
                        profile.id(), turns, config.httpOptions(http).build()));
        GeminiFailures.checkPolicy(profile.id(), answer);
        List<ImageBytes> images = answer.images();
        if (images.isEmpty()) {
            throw GeminiFailures.withoutPicture(profile.id(), answer);
        }
        return ImageResult.builder(answer.servedBy().orElse(profile.id()), images)
                .text(Optional.of(answer.text()).filter(text -> !text.isBlank()))
                .continuation(asked.isToBeKept() ? keep(turns, answer) : Optional.empty())
                .usage(answer.usage(true).images(images.size()).build())
                .finishReason(answer.finishReason())
                .warnings(asked.warnings(images.get(0)))
                .vendorRequestId(answer.responseId())
                .build();
    }

    private Optional<Continuation> keep(List<Content> turns, GeminiAnswer answer) {
        List<Content> soFar = new ArrayList<>(turns);
        try {
            soFar.add(GeminiContents.said(answer));
        } catch (IllegalArgumentException e) { // the picture is good and paid for, but nobody can go on from it
            return Optional.empty();
        }
        return Optional.of(GeminiContents.keep(profile.provider(), soFar));
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
        return "GeminiImageAdapter[" + profile.id() + "]";
    }
}
