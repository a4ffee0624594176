package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import java.time.Duration;
import java.util.List;

/**
 * A reasoning model that answers from a script, in order, and remembers what it was asked. When the script is empty it
 * answers {@link #DEFAULT_TEXT}, or {@code {}} to a request with a schema.
 *
 * <p>Thread-safe. It keeps every request, so make one for each test.
 */
public final class FakeReasoningModel implements ReasoningModelAdapter {

    /** What it says when the script is empty. */
    public static final String DEFAULT_TEXT = "This is the answer of a fake model.";

    private static final ModelProfile PROFILE = ModelProfile.builder("fake-reasoning-model", "pictor.fake")
            .readsPictures(true)
            .readsPdf(true)
            .answersBySchema(true)
            .price(Price.free())
            .build();

    private final FakeScript<ReasoningRequest, ReasoningResult> script = new FakeScript<>(
            PROFILE,
            (request, profile, call) -> ReasoningResult.builder(
                            profile.id(), request.answerSchema().isEmpty() ? DEFAULT_TEXT : "{}")
                    .build());

    private FakeReasoningModel() {}

    /**
     * Returns a model with an empty script, no latency, and a profile that is free.
     *
     * @return a new model
     */
    public static FakeReasoningModel create() {
        return new FakeReasoningModel();
    }

    /**
     * Sets what the model says it is. Default: {@code fake-reasoning-model} of {@code pictor.fake}.
     *
     * @param profile the profile; set it before the model is given away
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeReasoningModel profile(ModelProfile profile) {
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
    public FakeReasoningModel latency(Duration latency) {
        script.setLatency(latency);
        return this;
    }

    /**
     * Adds one answer to the script, with no usage reported.
     *
     * @param text words, or one JSON value for a request with a schema
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeReasoningModel thenReturn(String text) {
        requireNonNull(text, "text");
        script.add((request, profile, call) ->
                ReasoningResult.builder(profile.id(), text).build());
        return this;
    }

    /**
     * Adds one answer to the script.
     *
     * @param result the answer
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeReasoningModel thenReturn(ReasoningResult result) {
        requireNonNull(result, "result");
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
    public FakeReasoningModel thenThrow(RuntimeException failure) {
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
    public FakeReasoningModel thenFail(Reason reason, Billed billed) {
        script.addFail(reason, billed);
        return this;
    }

    /**
     * Adds a call to the script that never answers: it ends with an {@link InterruptedException} when it is stopped.
     *
     * @return this model
     */
    @CanIgnoreReturnValue
    public FakeReasoningModel thenStall() {
        script.addStall();
        return this;
    }

    /**
     * Returns what the model was asked so far.
     *
     * @return a copy, in order of arrival; calls that failed or were stopped are in it
     */
    public List<ReasoningRequest> requests() {
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
    public ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException {
        return script.play(request, call);
    }
}
