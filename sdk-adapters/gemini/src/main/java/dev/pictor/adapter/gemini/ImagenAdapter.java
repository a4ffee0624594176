package dev.pictor.adapter.gemini;

import dev.pictor.gateway.routing.HealthProbe;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelFailureBuilder;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import dev.pictor.model.http.JsonAnswer;
import dev.pictor.model.http.JsonBody;
import dev.pictor.model.http.JsonPictures;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Draws with Imagen on Vertex AI ({@code :predict}). Google has announced its end: {@link GeminiModels#imagen()} tells
 * since when. It writes its few fields itself, because the vendor's client is to lose them too (google-genai 1.70.0, "not
 * before Jan. 1 2027"). Thread-safe; close it when it is no longer needed.
 *
 * <p>Takes text alone, draws up to four pictures in one request, and the same picture for the same seed: that is why no
 * watermark is asked for then. A size is sent as the nearest ratio and size class. Options by Google's names:
 * {@code negativePrompt}, {@code imageSize}, {@code personGeneration}, {@code safetySetting}, {@code language} (texts),
 * {@code enhancePrompt} (true or false).
 *
 * <p>Failures are those of {@link GeminiImageAdapter}. When all pictures were held back that is BLOCKED_BY_POLICY,
 * BLOCKED_OUTPUT; when some were, the others come with a warning of {@code count}. The vendor counts no tokens.
 */
public final class ImagenAdapter implements ImageModelAdapter, AutoCloseable {

    private static final JsonPictures READER = JsonPictures.at("/predictions/*/bytesBase64Encoded");
    private static final Map<String, Class<?>> OPTIONS = Map.of(
            "negativePrompt", String.class,
            "personGeneration", String.class,
            "safetySetting", String.class,
            "language", String.class,
            "enhancePrompt", Boolean.class);

    private final ModelProfile profile;
    private final URI uri;
    private final GeminiConnection connection;

    ImagenAdapter(ModelProfile profile, URI uri, GeminiConnection connection) {
        this.profile = profile;
        this.uri = uri;
        this.connection = connection;
    }

    /**
     * Returns a builder.
     *
     * @param project the id of a project of Google Cloud
     * @param location such as {@code us-central1}
     * @param accessToken gives an OAuth 2 access token that is valid now; asked at each call, on the caller's thread. What
     *     it throws is {@link dev.pictor.model.ModelFailure.Reason#UNAUTHORIZED}
     * @return a new builder
     * @throws IllegalArgumentException if project or location have other characters than such names have
     */
    public static ImagenAdapterBuilder builder(String project, String location, Supplier<String> accessToken) {
        return new ImagenAdapterBuilder(new GoogleAccess.VertexProject(project, location, accessToken));
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public List<OptionWarning> unsupported(ImageRequest request) {
        List<OptionWarning> warnings = new ArrayList<>();
        request.options().keySet().stream()
                .filter(name -> !OPTIONS.containsKey(name) && !name.equals(PictureShape.OPTION))
                .forEach(name -> warnings.add(
                        new OptionWarning(name, "left out: Imagen's adapter knows no option of this name")));
        if (request.seed().isPresent() && !isSeed(request.seed().getAsLong())) {
            warnings.add(new OptionWarning(
                    "seed",
                    "left out: Imagen takes 1 to 2147483647, was "
                            + request.seed().getAsLong()));
        }
        if (request.continuable()) {
            warnings.add(new OptionWarning("continuable", "there is no going on from an answer of this model"));
        }
        warnings.addAll(new PictureShape(request, profile).warnings());
        return warnings;
    }

    /** The range is of "Generate deterministic images", docs.cloud.google.com, read on 2026-11-29. */
    private static boolean isSeed(long seed) {
        return seed >= 1 && seed <= Integer.MAX_VALUE;
    }

    /**
     * Draws, as said at the top.
     *
     * @throws IllegalStateException if the adapter is closed
     */
    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        Map<String, Object> body = Map.of(
                "instances", List.of(Map.of("prompt", request.prompt())), "parameters", parameters(check(request)));
        HttpRequest.Builder post = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(JsonBody.of(body));
        JsonAnswer answer = connection.send(call, READER, post);
        List<ImageBytes> images = answer.images();
        List<String> filtered = filtered(answer);
        if (images.isEmpty()) {
            throw withoutPicture(answer, filtered);
        }
        return ImageResult.builder(profile.id(), images)
                .usage(Usage.builder().images(images.size()).build())
                .warnings(warnings(request, images, filtered.size()))
                .vendorRequestId(answer.vendorRequestId())
                .build();
    }

    private ImageRequest check(ImageRequest request) {
        if (!request.references().isEmpty() || request.mask().isPresent()) {
            throw GeminiFailures.invalid(profile.id(), "takes no references and no mask");
        }
        if (request.count() > profile.maxCount()) {
            throw GeminiFailures.invalid(
                    profile.id(), "draws " + profile.maxCount() + " at a time, was asked for " + request.count());
        }
        if (request.continuation().isPresent()) {
            throw GeminiFailures.invalid(profile.id(), "does not go on from an earlier answer");
        }
        return request;
    }

    private Map<String, Object> parameters(ImageRequest request) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("sampleCount", request.count());
        parameters.put("includeRaiReason", true);
        PictureShape shape = new PictureShape(request, profile);
        shape.ratio().ifPresent(ratio -> parameters.put("aspectRatio", ratio));
        shape.sizeClass().ifPresent(name -> parameters.put("sampleImageSize", name));
        if (request.seed().isPresent() && isSeed(request.seed().getAsLong())) {
            parameters.put("seed", request.seed().getAsLong());
            parameters.put("addWatermark", false); // a watermark is not the same twice, and is refused beside a seed
        }
        request.options().forEach((name, value) -> {
            Class<?> type = OPTIONS.get(name);
            if (type != null && !type.isInstance(value)) {
                throw GeminiFailures.invalid(
                        profile.id(), "needs a value of type " + type.getSimpleName() + " for option " + name);
            }
            if (type != null) {
                parameters.put(name, value);
            }
        });
        return parameters;
    }

    private static List<String> filtered(JsonAnswer answer) {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < answer.count("/predictions"); i++) {
            answer.text("/predictions/" + i + "/raiFilteredReason").ifPresent(reasons::add);
        }
        return reasons;
    }

    private List<OptionWarning> warnings(ImageRequest request, List<ImageBytes> images, int filtered) {
        List<OptionWarning> warnings = new ArrayList<>(unsupported(request));
        if (images.size() < request.count()) {
            warnings.add(new OptionWarning(
                    "count",
                    "asked " + request.count() + ", drew " + images.size() + "; its policy held back " + filtered));
        }
        new PictureShape(request, profile)
                .warnings(images.get(0).size()).stream()
                        .filter(found -> warnings.stream()
                                .noneMatch(known -> known.option().equals(found.option())))
                        .forEach(warnings::add);
        return warnings;
    }

    private ModelException withoutPicture(JsonAnswer answer, List<String> filtered) {
        boolean byPolicy = !filtered.isEmpty();
        ModelFailureBuilder failure = ModelFailure.builder(
                        profile.id(),
                        byPolicy ? Reason.BLOCKED_BY_POLICY : Reason.MALFORMED_ANSWER,
                        Billed.BILLED_UNUSABLE,
                        profile.id() + (byPolicy ? " held back its answer" : " answered without a picture"))
                .refusal(byPolicy ? Refusal.BLOCKED_OUTPUT : Refusal.NO_PICTURE)
                .httpStatus(200)
                .vendorMessage(filtered.stream().findFirst().or(() -> answer.text("/error/message")))
                .vendorRequestId(answer.vendorRequestId());
        return new ModelException(failure.build());
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
        return "ImagenAdapter[" + profile.id() + "]";
    }
}
