package dev.pictor.model;

import dev.pictor.image.ImageBytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/** A picture without its background. Immutable. */
@Value.Immutable
public abstract class BackgroundRemovalResult implements ModelResult {

    BackgroundRemovalResult() {}

    /**
     * Returns a builder for an answer with nothing more to tell.
     *
     * @param servedBy who cut it out
     * @param image what is left, transparent where the background was
     * @return a new builder
     */
    public static BackgroundRemovalResultBuilder builder(String servedBy, ImageBytes image) {
        return new BackgroundRemovalResultBuilder().servedBy(servedBy).image(image);
    }

    /**
     * What is left.
     *
     * @return a picture with an alpha channel, upright, of the given picture's width and height unless a warning of
     *     {@code size} says otherwise
     */
    public abstract ImageBytes image();

    /**
     * How unsure the service is of its work. Default: empty, where it does not tell.
     *
     * @return 0 (sure) to 1 (unsure)
     */
    public abstract OptionalDouble uncertainty();

    /**
     * What the service says that it charged, in its own unit. Default: empty, where it does not tell; see
     * {@link ModelProfile#price()} then.
     *
     * @return such as 0.25 {@code credits}
     */
    public abstract Optional<Money> charged();

    @Override
    @Value.Default
    public Usage usage() {
        return Usage.builder().images(1).build();
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
        double unsure = uncertainty().orElse(0);
        if (!(unsure >= 0 && unsure <= 1)) {
            throw new IllegalArgumentException("uncertainty must be 0 to 1, was " + unsure);
        }
    }
}
