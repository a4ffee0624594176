package dev.pictor.gateway;

import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.pipeline.RunExtension;

/** Changes the calls of one run before they set out. A run carries it as an extension. Thread-safe. */
public interface CallChanges extends RunExtension {

    /**
     * Changes a request to draw.
     *
     * @param stage the path of the stage that asks
     * @param request what it asks for
     * @return what to ask for
     */
    ImageRequest change(String stage, ImageRequest request);

    /**
     * Changes a request to read and answer.
     *
     * @param stage the path of the stage that asks
     * @param request what it asks for
     * @return what to ask for
     */
    ReasoningRequest change(String stage, ReasoningRequest request);

    /**
     * Changes a request to remove a background.
     *
     * @param stage the path of the stage that asks
     * @param request what it asks for
     * @return what to ask for
     */
    BackgroundRemovalRequest change(String stage, BackgroundRemovalRequest request);

    /**
     * Changes how a call is made. A model that is named here and serves calls of another kind alone changes nothing: a stage
     * may call models of several kinds.
     *
     * @param stage the path of the stage that asks
     * @param options how it asks
     * @return how to ask
     */
    CallOptions change(String stage, CallOptions options);

    /**
     * Returns the changes that change nothing.
     *
     * @return always the same
     */
    static CallChanges none() {
        return NoCallChanges.INSTANCE;
    }
}
