package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import java.time.Duration;
import java.util.List;

/**
 * A background remover that answers from a script, in order, and remembers what it was asked. When the script is empty it
 * answers every picture alike: with a PNG of the same size, upright, a disc of one colour before nothing. It warns of every option.
 *
 * <p>Thread-safe. It keeps every request, so make one for each test.
 */
public final class FakeBackgroundRemover implements BackgroundRemover {

    private static final ModelProfile PROFILE = ModelProfile.builder("fake-background-remover", "pictor.fake")
            .price(Price.free())
            .build();

    private final FakeScript<BackgroundRemovalRequest, BackgroundRemovalResult> script = new FakeScript<>(
            PROFILE,
            (request, profile, call) -> result(
                    request,
                    profile,
                    FakePicture.cutOut(request.image().header().uprightSize())));

    private FakeBackgroundRemover() {}

    /**
     * Returns a remover with an empty script, no latency, and a profile that is free.
     *
     * @return a new remover
     */
    public static FakeBackgroundRemover create() {
        return new FakeBackgroundRemover();
    }

    /**
     * Sets what the remover says it is. Default: {@code fake-background-remover} of {@code pictor.fake}.
     *
     * @param profile the profile; set it before the remover is given away
     * @return this remover
     */
    @CanIgnoreReturnValue
    public FakeBackgroundRemover profile(ModelProfile profile) {
        script.setProfile(profile);
        return this;
    }

    /**
     * Sets how long each answer takes, ended early when the call is stopped. Default: no time.
     *
     * @param latency not negative
     * @return this remover
     * @throws IllegalArgumentException if {@code latency} is negative
     */
    @CanIgnoreReturnValue
    public FakeBackgroundRemover latency(Duration latency) {
        script.setLatency(latency);
        return this;
    }

    /**
     * Adds one answer to the script: this picture.
     *
     * @param image what is left
     * @return this remover
     */
    @CanIgnoreReturnValue
    public FakeBackgroundRemover thenReturn(ImageBytes image) {
        requireNonNull(image, "image");
        script.add((request, profile, call) -> result(request, profile, image));
        return this;
    }

    /**
     * Adds one answer to the script.
     *
     * @param result the answer
     * @return this remover
     */
    @CanIgnoreReturnValue
    public FakeBackgroundRemover thenReturn(BackgroundRemovalResult result) {
        requireNonNull(result, "result");
        script.add((request, profile, call) -> result);
        return this;
    }

    /**
     * Adds a failure to the script.
     *
     * @param failure a {@link dev.pictor.model.ModelException}, or something that a remover ought not to throw
     * @return this remover
     */
    @CanIgnoreReturnValue
    public FakeBackgroundRemover thenThrow(RuntimeException failure) {
        script.addThrow(failure);
        return this;
    }

    /**
     * Adds a {@link dev.pictor.model.ModelException} to the script.
     *
     * @param reason what goes wrong
     * @param billed whether the vendor may have charged
     * @return this remover
     */
    @CanIgnoreReturnValue
    public FakeBackgroundRemover thenFail(Reason reason, Billed billed) {
        script.addFail(reason, billed);
        return this;
    }

    /**
     * Adds a call to the script that never answers: it ends with an {@link InterruptedException} when it is stopped.
     *
     * @return this remover
     */
    @CanIgnoreReturnValue
    public FakeBackgroundRemover thenStall() {
        script.addStall();
        return this;
    }

    /**
     * Returns what the remover was asked so far.
     *
     * @return a copy, in order of arrival; calls that failed or were stopped are in it
     */
    public List<BackgroundRemovalRequest> requests() {
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
    public List<OptionWarning> unsupported(BackgroundRemovalRequest request) {
        return request.options().keySet().stream()
                .sorted()
                .map(name -> new OptionWarning(name, "a fake background remover has no options"))
                .toList();
    }

    @Override
    public BackgroundRemovalResult remove(BackgroundRemovalRequest request, CallContext call)
            throws InterruptedException {
        return script.play(request, call);
    }

    private BackgroundRemovalResult result(BackgroundRemovalRequest request, ModelProfile profile, ImageBytes image) {
        return BackgroundRemovalResult.builder(profile.id(), image)
                .warnings(unsupported(request))
                .build();
    }
}
