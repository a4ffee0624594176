package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.Continuation;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ImageResultBuilder;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import dev.pictor.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An image model that answers from a script, in order, and remembers what it was asked. When the script is empty it
 * draws: a PNG of one colour that depends on the prompt, of the size asked for, else 64x64; it honours size, proportion,
 * count and seed, warns of every option, and refuses what its profile does not allow. To go on from an answer it keeps
 * what was asked so far, a line of UTF-8 for each prompt, and draws by all of it.
 *
 * <p>Thread-safe. It keeps every request, so make one for each test.
 */
public final class FakeImageModel implements ImageModelAdapter {

    private static final int USUAL_PX = 64;
    private static final ModelProfile PROFILE = ModelProfile.builder("fake-image-model", "pictor.fake")
            .maxCount(ImageRequest.MAX_COUNT)
            .maxReferences(16)
            .supportsMask(true)
            .supportsSeed(true)
            .supportsContinuation(true)
            .maxSize(new PixelSize(4096, 4096))
            .price(Price.free())
            .build();

    private final FakeScript<ImageRequest, ImageResult> script =
            new FakeScript<>(PROFILE, (request, profile, call) -> draw(request, profile));

    private FakeImageModel() {}

    /**
     * Returns a model with an empty script, no latency, and a profile that is free and allows 10 pictures, 16 references,
     * masks, seeds, going on from an answer and every size up to 4096x4096.
     *
     * @return a new model
     */
    public static FakeImageModel create() {
        return new FakeImageModel();
    }

    /**
     * Sets what the model says it is. Default: {@code fake-image-model} of {@code pictor.fake}.
     *
     * @param profile the profile; set it before the model is given away
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeImageModel profile(ModelProfile profile) {
        script.setProfile(profile);
        return this;
    }

    /**
     * Sets how long each answer takes, ended early when the call is stopped. Default: no time.
     *
     * @param latency not negative
     * @return this model
     * @throws IllegalArgumentException if {@code latency} is negative
     */
    @CanIgnoreReturnValue
    public FakeImageModel latency(Duration latency) {
        script.setLatency(latency);
        return this;
    }

    /**
     * Adds one answer to the script: these pictures, with nothing used but them.
     *
     * @param images at least one
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeImageModel thenReturn(ImageBytes... images) {
        List<ImageBytes> answer = List.of(images);
        script.add((request, profile, call) -> result(profile, answer).build());
        return this;
    }

    /**
     * Adds one answer to the script.
     *
     * @param result the answer
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeImageModel thenReturn(ImageResult result) {
        Objects.requireNonNull(result, "result");
        script.add((request, profile, call) -> result);
        return this;
    }

    /**
     * Adds a failure to the script.
     *
     * @param failure a {@link dev.pictor.model.ModelException}, or something that an adapter ought not to throw
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeImageModel thenThrow(RuntimeException failure) {
        script.addThrow(failure);
        return this;
    }

    /**
     * Adds a {@link dev.pictor.model.ModelException} to the script.
     *
     * @param reason what goes wrong
     * @param billed whether the vendor may have charged
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeImageModel thenFail(Reason reason, Billed billed) {
        script.addFail(reason, billed);
        return this;
    }

    /**
     * Adds a call to the script that never answers: it ends with an {@link InterruptedException} when it is stopped.
     *
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeImageModel thenStall() {
        script.addStall();
        return this;
    }

    /**
     * Returns what the model was asked so far.
     *
     * @return a copy, in order of arrival; calls that failed or were stopped are in it
     */
    public List<ImageRequest> requests() {
        return script.requests();
    }

    /**
     * Waits for requests.
     *
     * @param count how many in all, those so far included
     * @param within how long to wait
     * @throws AssertionError if fewer came in time
     * @throws InterruptedException if this thread was interrupted meanwhile
     */
    public void awaitRequests(int count, Duration within) throws InterruptedException {
        script.awaitRequests(count, within);
    }

    @Override
    public ModelProfile profile() {
        return script.profile();
    }

    @Override
    public List<OptionWarning> unsupported(ImageRequest request) {
        return unsupported(request, profile());
    }

    @Override
    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
        return script.play(request, call);
    }

    private static ImageResult draw(ImageRequest request, ModelProfile profile) {
        refuse(request, profile).ifPresent(problem -> {
            throw FakeScript.failure(profile, Reason.INVALID_REQUEST, Billed.REJECTED, problem);
        });
        PixelSize size = request.size()
                .or(() -> request.aspectRatio().map(ratio -> ratio.sizeWithin(USUAL_PX)))
                .orElse(new PixelSize(USUAL_PX, USUAL_PX));
        String said = said(request);
        List<ImageBytes> images = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            images.add(FakePicture.of(size, Objects.hash(said, request.seed(), i)));
        }
        return result(profile, images)
                .warnings(unsupported(request, profile))
                .continuation(
                        request.continuable()
                                ? Optional.of(Continuation.of(profile.provider(), said.getBytes(UTF_8)))
                                : Optional.empty())
                .build();
    }

    /** Everything that was asked so far, a line each: what is drawn depends on all of it. */
    private static String said(ImageRequest request) {
        return request.continuation()
                .map(from -> UTF_8.decode(from.asByteBuffer()) + "\n" + request.prompt())
                .orElse(request.prompt());
    }

    private static List<OptionWarning> unsupported(ImageRequest request, ModelProfile profile) {
        List<OptionWarning> warnings = new ArrayList<>();
        request.options()
                .keySet()
                .forEach(name -> warnings.add(new OptionWarning(name, "a fake model has no options")));
        if (request.seed().isPresent() && !profile.supportsSeed()) {
            warnings.add(new OptionWarning("seed", "the profile of this fake model has none"));
        }
        return warnings;
    }

    private static Optional<String> refuse(ImageRequest request, ModelProfile profile) {
        if (request.references().size() > profile.maxReferences()) {
            return Optional.of("a fake model takes " + profile.maxReferences() + " references by its profile, got "
                    + request.references().size());
        }
        if (request.mask().isPresent() && !profile.supportsMask()) {
            return Optional.of("a fake model takes no mask by its profile");
        }
        if ((request.continuable() || request.continuation().isPresent()) && !profile.supportsContinuation()) {
            return Optional.of("a fake model goes on from no answer by its profile");
        }
        String from = request.continuation().map(Continuation::provider).orElse(profile.provider());
        if (!from.equals(profile.provider())) {
            return Optional.of("a fake model of " + profile.provider() + " cannot go on from an answer of " + from);
        }
        if (request.count() > profile.maxCount()) {
            return Optional.of("a fake model draws " + profile.maxCount() + " pictures by its profile, asked for "
                    + request.count());
        }
        return Optional.empty();
    }

    private static ImageResultBuilder result(ModelProfile profile, List<ImageBytes> images) {
        return ImageResult.builder(profile.id(), images)
                .usage(Usage.builder().images(images.size()).build());
    }
}
