package dev.pictor.adapter.gemini;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.model.CallContext;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Draws with Gemini's image models (generateContent of the Gemini API). Thread-safe; close it when it is no longer
 * needed.
 *
 * <p>Prompt and references go into one message, references after the text and in order. A size is sent as the nearest
 * ratio and size class of the model, by area; {@link ImageResult#warnings()} tells if another size came. A seed is sent
 * and always warned of, because Gemini does not promise to repeat itself. There are no masks. Options by Gemini's names:
 * {@code temperature} and {@code topP} (numbers), {@code safetySettings} (a list of maps with {@code category} and
 * {@code threshold}). The picture's format is Gemini's choice.
 *
 * <p>A call is one HTTP/1.1 request over a connection of its own, on the caller's thread. Interruption, cancellation
 * and the deadline close that connection. Only the look-up of the host's name cannot be stopped by interruption.
 *
 * <table>
 * <caption>Failures, as of 2026-11-20</caption>
 * <tr><th>What happens<th>Reason<th>Billed
 * <tr><td>bad request found here; no connection (refused, unknown host, TLS)
 *     <td>INVALID_REQUEST; UNAVAILABLE<td>NOT_SENT
 * <tr><td>400, with ErrorInfo API_KEY_INVALID, with FAILED_PRECONDITION (region, billing)
 *     <td>INVALID_REQUEST, UNAUTHORIZED, FORBIDDEN<td>REJECTED
 * <tr><td>401, 403, 404, any other 3xx or 4xx
 *     <td>UNAUTHORIZED, FORBIDDEN, MODEL_NOT_FOUND, INVALID_REQUEST<td>REJECTED
 * <tr><td>429; with a QuotaFailure whose quota id says PerDay
 *     <td>RATE_LIMITED; QUOTA_EXHAUSTED<td>REJECTED
 * <tr><td>503 with status UNAVAILABLE: Google turned the call away for want of capacity
 *     <td>UNAVAILABLE<td>REJECTED
 * <tr><td>500, 502, 504, 408, and 503 from a proxy: the model may have drawn behind it
 *     <td>UNAVAILABLE<td>UNKNOWN_OUTCOME
 * <tr><td>connection lost before the answer's status; no answer in time; stopped by the caller
 *     <td>UNAVAILABLE; TIMED_OUT; CANCELLED<td>UNKNOWN_OUTCOME, NOT_SENT if the request had not left
 * <tr><td>200, but cut off, no JSON or no picture in it (NO_IMAGE, IMAGE_OTHER, MAX_TOKENS, ..): 200 is sent when the
 *     work is done<td>MALFORMED_ANSWER<td>BILLED_UNUSABLE
 * <tr><td>200 with a prompt that was blocked: nothing is drawn, at most the prompt's tokens are charged
 *     <td>BLOCKED_BY_POLICY<td>REJECTED
 * <tr><td>200 with a picture that was held back (IMAGE_SAFETY, RECITATION, ..)
 *     <td>BLOCKED_BY_POLICY<td>BILLED_UNUSABLE
 * </table>
 *
 * <p>The wait that Google asks for is the longest of the headers {@code Retry-After} and {@code retry-after-ms} and of
 * {@code RetryInfo} in the body.
 */
public final class GeminiImageAdapter implements ImageModelAdapter, AutoCloseable {

    private final ModelProfile profile;
    private final GeminiConnection connection;

    GeminiImageAdapter(ModelProfile profile, GeminiConnection connection) {
        this.profile = profile;
        this.connection = connection;
    }

    /**
     * Returns a builder for an adapter with the current image model.
     *
     * @param apiKey a key of the Gemini API, printable ASCII without blanks; it is sent to the base URL and shown nowhere
     * @return a new builder
     * @throws IllegalArgumentException if the key has another form
     */
    public static GeminiImageAdapterBuilder builder(String apiKey) {
        return new GeminiImageAdapterBuilder(apiKey);
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    /**
     * Draws one picture, as said at the top.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        GeminiRequest asked = new GeminiRequest(request, profile);
        GeminiAnswer answer = connection.send(asked, call);
        Optional<ModelException> failure = GeminiFailures.ofAnswer(profile.id(), answer);
        if (failure.isPresent()) {
            throw failure.get();
        }
        List<ImageBytes> images = images(answer);
        Usage usage =
                new UsageBuilder().from(answer.usage()).images(images.size()).build();
        String servedBy = answer.modelVersion();
        return ImageResult.builder(servedBy == null ? profile.id() : servedBy, images)
                .text(Optional.of(answer.text()).filter(text -> !text.isBlank()))
                .usage(usage)
                .finishReason(finishReason(answer.finishReason()))
                .warnings(asked.warnings(images.get(0)))
                .vendorRequestId(Optional.ofNullable(answer.responseId()))
                .build();
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

    private List<ImageBytes> images(GeminiAnswer answer) {
        List<ImageBytes> images = new ArrayList<>();
        try {
            for (byte[] image : answer.images()) {
                images.add(ImageBytes.wrap(image));
            }
        } catch (ImageRejectedException e) {
            throw GeminiFailures.failure(
                    profile.id(),
                    Reason.MALFORMED_ANSWER,
                    Billed.BILLED_UNUSABLE,
                    "sent something else for a picture",
                    e);
        }
        return images;
    }

    private static FinishReason finishReason(@Nullable String word) {
        if (word == null || word.equals("STOP")) {
            return FinishReason.STOP;
        }
        return word.equals("MAX_TOKENS") ? FinishReason.LENGTH : new FinishReason(word);
    }
}
