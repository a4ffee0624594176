package dev.pictor.model;

import dev.pictor.image.ImageBytes;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What a model drew. Immutable. */
@Value.Immutable
public abstract class ImageResult implements ModelResult {

    ImageResult() {}

    /**
     * Returns a builder for an answer with nothing more to tell.
     *
     * @param servedBy the model that answered
     * @param images what it drew, at least one
     * @return a new builder
     */
    public static ImageResultBuilder builder(String servedBy, List<ImageBytes> images) {
        return new ImageResultBuilder().servedBy(servedBy).images(images);
    }

    /**
     * The pictures.
     *
     * @return at least one, in the model's order
     */
    public abstract List<ImageBytes> images();

    /**
     * What the model said beside the pictures. Default: empty.
     *
     * @return its words
     */
    @Value.Redacted
    public abstract Optional<String> text();

    /**
     * What a later request needs to go on from here, if {@link ImageRequest#continuable()} asked for it. Default: empty.
     *
     * @return the state of the conversation
     */
    @Value.Redacted
    public abstract Optional<Continuation> continuation();

    @Override
    @Value.Default
    public Usage usage() {
        return Usage.none();
    }

    @Override
    @Value.Default
    public FinishReason finishReason() {
        return FinishReason.STOP;
    }

    @Override
    public abstract String servedBy();

    @Override
    public abstract List<OptionWarning> warnings();

    @Override
    public abstract Optional<String> vendorRequestId();

    @Value.Check
    void check() {
        if (images().isEmpty()) {
            throw new IllegalArgumentException("an image result needs at least one picture");
        }
    }
}
