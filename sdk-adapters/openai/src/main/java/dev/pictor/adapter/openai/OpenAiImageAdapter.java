package dev.pictor.adapter.openai;

import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.http.JsonPictures;
import java.util.List;

/**
 * Draws with OpenAI's image models. Thread-safe; close it when it is no longer needed.
 *
 * <p>A request without references goes to {@code images/generations}, one with references to {@code images/edits}, each
 * file with its own name and media type. One with {@link ImageRequest#continuable()} or
 * {@link ImageRequest#continuation()} is a turn of a conversation that OpenAI keeps, for 30 days: it goes to
 * {@code responses} with the tool that draws. The continuation is OpenAI's name for the answer.
 *
 * <p>A size that the model does not draw becomes the nearest that it does, with a warning; the same is true of a ratio. A
 * seed is left out with a warning. Options by OpenAI's names: {@code quality}, {@code background}, {@code output_format},
 * {@code output_compression}, {@code moderation}, {@code input_fidelity}, {@code complexity} and
 * {@code safety_identifier}, or {@code user}, which is sent as that. What a model does not take is left out with a
 * warning. All of that is known before the call: {@link #unsupported}.
 *
 * <p>A call is one HTTP/1.1 request on the caller's thread, with the call's name as {@code Idempotency-Key}. Interruption,
 * cancellation and the deadline close its connection. Pictures are decoded as they come. The table of failures is in
 * {@code docs/adapters/openai.md}.
 */
public final class OpenAiImageAdapter implements ImageModelAdapter, AutoCloseable {

    private static final JsonPictures IMAGES = JsonPictures.at("/data/*/b64_json");
    private static final JsonPictures TURNS = JsonPictures.at("/output/*/result");

    private final ModelProfile profile;
    private final String conversationModel;
    private final OpenAiConnection connection;

    OpenAiImageAdapter(ModelProfile profile, String conversationModel, OpenAiConnection connection) {
        this.profile = profile;
        this.conversationModel = conversationModel;
        this.connection = connection;
    }

    /**
     * Returns a builder for an adapter with the {@code balanced} image model.
     *
     * @param apiKey a key of OpenAI's API, printable ASCII without blanks; it is sent to the base URL and shown nowhere
     * @return a new builder
     * @throws IllegalArgumentException if the key has another form
     */
    public static OpenAiImageAdapterBuilder builder(String apiKey) {
        return new OpenAiImageAdapterBuilder(apiKey);
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public List<OptionWarning> unsupported(ImageRequest request) {
        return List.copyOf(new ImagePlan(request, profile).warnings());
    }

    /**
     * Draws, as said at the top.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        ImagePlan plan = new ImagePlan(request, profile);
        plan.check();
        String id = profile.id();
        if (plan.isConversation()) {
            return new ImageAnswers(
                            profile,
                            plan,
                            connection.post(
                                    id, "/responses", () -> ImageBodies.turn(id, conversationModel, plan), call, TURNS))
                    .ofTurn(conversationModel);
        }
        return new ImageAnswers(
                        profile,
                        plan,
                        request.references().isEmpty()
                                ? connection.post(
                                        id, "/images/generations", () -> ImageBodies.generation(id, plan), call, IMAGES)
                                : connection.post(id, "/images/edits", ImageBodies.edit(id, plan), call, IMAGES))
                .ofImages();
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
        return "OpenAiImageAdapter[" + profile.id() + "]";
    }
}
