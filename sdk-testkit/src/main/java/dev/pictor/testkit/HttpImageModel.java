package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.model.http.JsonAnswer;
import dev.pictor.model.http.JsonBody;
import dev.pictor.model.http.JsonPictures;
import dev.pictor.model.http.ModelHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An image model at the other end of a network: {@code POST /v1/images/generations} in the shape of OpenAI's image API,
 * over {@link ModelHttp}, such as to a {@link FakeProvider} or a {@link FaultServer}. It takes text, count, size and
 * proportion, sends the name of the call as {@code Idempotency-Key}, and tells every failure apart as {@code ModelHttp}
 * does. Thread-safe.
 */
public final class HttpImageModel implements ImageModelAdapter, AutoCloseable {

    private static final int USUAL_PX = 1_024;
    private static final String PATH = "/v1/images/generations";

    /** What is passed on as it is: "Create image" in OpenAI's reference, read in November 2026. */
    private static final Set<String> OPTIONS =
            Set.of("quality", "background", "moderation", "output_format", "output_compression", "style", "user");

    private static final ModelProfile PROFILE = ModelProfile.builder("http-image-model", "pictor.fake")
            .maxCount(ImageRequest.MAX_COUNT)
            .maxSize(new PixelSize(4_096, 4_096))
            .price(Price.free())
            .build();

    private final JsonPictures reader = JsonPictures.at("/data/*/b64_json");
    private final URI uri;
    private final ModelHttp http;
    private volatile ModelProfile profile = PROFILE;
    private volatile Optional<String> apiKey = Optional.empty();

    private HttpImageModel(URI uri, ModelHttp http) {
        this.uri = uri;
        this.http = http;
    }

    /**
     * Returns a model whose HTTP has default settings and which is free, draws 10 pictures and every size up to
     * 4096x4096.
     *
     * @param server such as {@link FakeProvider#uri()}, without a path
     * @return a new model, to be closed by the caller
     */
    public static HttpImageModel to(URI server) {
        return to(
                server,
                ModelHttp.builder()
                        .sendsIdempotencyKey(true)
                        .putErrorCode("insufficient_quota", Reason.QUOTA_EXHAUSTED)
                        .putErrorCode("moderation_blocked", Reason.BLOCKED_BY_POLICY)
                        .putErrorCode("content_policy_violation", Reason.BLOCKED_BY_POLICY)
                        .build());
    }

    /**
     * Returns a model over HTTP of the caller's settings.
     *
     * @param server as {@link #to(URI)} takes it
     * @param http closed with the model
     * @return a new model, to be closed by the caller
     */
    public static HttpImageModel to(URI server, ModelHttp http) {
        return new HttpImageModel(server.resolve(PATH), requireNonNull(http, "http"));
    }

    /**
     * Sets what the model says it is. Default: {@code http-image-model} of {@code pictor.fake}.
     *
     * @param profile the profile; set it before the model is given away
     * @return this model
     */
    @CanIgnoreReturnValue
    public HttpImageModel profile(ModelProfile profile) {
        this.profile = requireNonNull(profile, "profile");
        return this;
    }

    /**
     * Sets the key that is sent as a bearer token. Default: none.
     *
     * @param key the key
     * @return this model
     */
    @CanIgnoreReturnValue
    public HttpImageModel apiKey(String key) {
        this.apiKey = Optional.of(key);
        return this;
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public List<OptionWarning> unsupported(ImageRequest request) {
        List<OptionWarning> warnings = new ArrayList<>();
        request.options().keySet().stream()
                .filter(name -> !OPTIONS.contains(name))
                .forEach(name -> warnings.add(new OptionWarning(name, "the image API has no such option")));
        if (request.seed().isPresent()) {
            warnings.add(new OptionWarning("seed", "the image API takes none"));
        }
        return warnings;
    }

    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        String modelId = profile.id();
        if (!request.references().isEmpty() || request.mask().isPresent()) {
            throw new ModelException(ModelFailure.builder(
                            modelId,
                            Reason.INVALID_REQUEST,
                            Billed.NOT_SENT,
                            modelId + " takes no references and no mask")
                    .build());
        }
        Optional<PixelSize> size =
                request.size().or(() -> request.aspectRatio().map(ratio -> ratio.sizeWithin(USUAL_PX)));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", modelId);
        fields.put("prompt", request.prompt());
        fields.put("n", request.count());
        size.ifPresent(asked -> fields.put("size", asked.width() + "x" + asked.height()));
        request.options().forEach((name, value) -> {
            if (OPTIONS.contains(name)) {
                fields.put(name, value);
            }
        });
        List<OptionWarning> warnings = new ArrayList<>(unsupported(request));
        JsonAnswer answer = http.send(modelId, post(fields), call, reader);
        if (answer.images().isEmpty()) {
            throw withoutPicture(modelId, answer);
        }
        PixelSize drawn = answer.images().get(0).size();
        if (size.isPresent() && !size.get().equals(drawn)) {
            warnings.add(new OptionWarning(request.size().isPresent() ? "size" : "aspectRatio", "drew " + drawn));
        }
        return result(modelId, answer, warnings);
    }

    /** Stops the calls in flight and closes their connections. */
    @Override
    public void close() {
        http.close();
    }

    private HttpRequest post(Map<String, Object> fields) {
        HttpRequest.Builder post = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(JsonBody.of(fields));
        apiKey.ifPresent(key -> post.header("Authorization", "Bearer " + key));
        return post.build();
    }

    private static ImageResult result(String modelId, JsonAnswer answer, List<OptionWarning> warnings) {
        List<ImageBytes> images = answer.images();
        UsageBuilder usage = Usage.builder().images(images.size());
        answer.number("/usage/input_tokens_details/text_tokens").ifPresent(usage::inputTextTokens);
        answer.number("/usage/input_tokens_details/image_tokens").ifPresent(usage::inputImageTokens);
        answer.number("/usage/output_tokens").ifPresent(usage::outputImageTokens);
        return ImageResult.builder(modelId, images)
                .usage(usage.build())
                .warnings(warnings)
                .vendorRequestId(answer.vendorRequestId())
                .build();
    }

    private static ModelException withoutPicture(String modelId, JsonAnswer answer) {
        return new ModelException(ModelFailure.builder(
                        modelId,
                        Reason.MALFORMED_ANSWER,
                        Billed.BILLED_UNUSABLE,
                        modelId + " answered without a picture")
                .httpStatus(200)
                .refusal(Refusal.NO_PICTURE)
                .vendorMessage(answer.text("/error/message").or(() -> answer.text("/error")))
                .vendorRequestId(answer.vendorRequestId())
                .build());
    }
}
