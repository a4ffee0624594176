package dev.pictor.adapter.local;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.model.http.HttpAnswer;
import dev.pictor.model.http.JsonAnswer;
import dev.pictor.model.http.JsonBody;
import dev.pictor.model.http.JsonPictures;
import dev.pictor.model.http.MultipartBody;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model that draws, over {@code POST /v1/images/generations}, and {@code POST /v1/images/edits} where there are
 * references. Made by {@link LocalServer#images}, and ends with that server. Thread-safe.
 *
 * <p>A size is sent as it is, or as the nearest of {@link ModelProfile#sizes()} where the model has only some. A ratio is
 * sent as a size of about a megapixel, its sides multiples of 16. References and mask are sent in forms that the server
 * reads. Pictures come as base64; an answer that has only addresses of pictures is of no use. Options by the server's
 * names: {@link ServerProfile#imageOptions()}.
 */
public final class LocalImageAdapter implements ImageModelAdapter {

    private static final String GENERATIONS = "/v1/images/generations";
    private static final String EDITS = "/v1/images/edits";
    private static final JsonPictures READER = JsonPictures.at("/data/*/b64_json");

    private final LocalServer server;
    private final ModelProfile profile;
    private final SentPictures pictures;

    LocalImageAdapter(LocalServer server, ModelProfile profile) {
        this.server = server;
        this.profile = profile;
        this.pictures = new SentPictures(profile.id(), server);
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public List<OptionWarning> unsupported(ImageRequest request) {
        return new PictureRequest(request, profile, server.profile()).warnings();
    }

    /**
     * Draws.
     *
     * @throws IllegalStateException if the server is closed
     */
    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        PictureRequest asked = new PictureRequest(request, profile, server.profile());
        asked.check();
        if (!asked.isEdit()) {
            return server.post(
                    profile,
                    GENERATIONS,
                    "application/json",
                    JsonBody.of(asked.fields()),
                    call,
                    answer -> read(asked, answer));
        }
        MultipartBody form = asked.form(pictures);
        return server.post(profile, EDITS, form.contentType(), form.publisher(), call, answer -> read(asked, answer));
    }

    @Override
    public String toString() {
        return "LocalImageAdapter[" + profile.id() + " of " + server + "]";
    }

    private ImageResult read(PictureRequest asked, HttpAnswer http) throws IOException {
        JsonAnswer answer = READER.read(http);
        Optional<ModelException> error =
                server.errors().inAnswer(profile.id(), answer::text, answer::number, answer.vendorRequestId());
        if (error.isPresent()) {
            throw error.get();
        }
        List<ImageBytes> images = answer.images();
        if (images.isEmpty()) {
            throw withoutPicture(answer);
        }
        return ImageResult.builder(profile.id(), images)
                .usage(usage(answer))
                .warnings(asked.warnings(images.get(0).size()))
                .vendorRequestId(answer.vendorRequestId())
                .build();
    }

    private static Usage usage(JsonAnswer answer) {
        UsageBuilder usage = Usage.builder().images(answer.images().size());
        counted(answer, "input_tokens_details/text_tokens").ifPresent(usage::inputTextTokens);
        counted(answer, "input_tokens_details/image_tokens").ifPresent(usage::inputImageTokens);
        counted(answer, "output_tokens_details/text_tokens").ifPresent(usage::outputTextTokens);
        OptionalLong drawn = counted(answer, "output_tokens_details/image_tokens");
        // without details all tokens are those of pictures
        (drawn.isPresent() ? drawn : counted(answer, "output_tokens")).ifPresent(usage::outputImageTokens);
        return usage.build();
    }

    private static OptionalLong counted(JsonAnswer answer, String what) {
        OptionalLong count = answer.number("/usage/" + what);
        return count.orElse(0) < 0 ? OptionalLong.empty() : count;
    }

    private ModelException withoutPicture(JsonAnswer answer) {
        boolean isElsewhere = answer.text("/data/0/url").isPresent();
        return new ModelException(ServerErrors.unusable(
                        profile.id(),
                        Reason.MALFORMED_ANSWER,
                        isElsewhere
                                ? "answered with the address of a picture, which is not fetched: let the server send base64"
                                : "answered without a picture",
                        answer.vendorRequestId())
                .refusal(Refusal.NO_PICTURE)
                .build());
    }
}
