package dev.pictor.image;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;

/** Builds {@link Imaging}. Not thread-safe. */
public final class ImagingBuilder {

    private final List<ImageCodec> codecs = new ArrayList<>();
    private ImageLimits limits = ImageLimits.ofDefaults();

    ImagingBuilder() {}

    /**
     * Adds a codec. It is asked before those that were added earlier, and all of them before the JDK's.
     *
     * @param codec reads or writes some formats
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ImagingBuilder addCodec(ImageCodec codec) {
        codecs.add(0, requireNonNull(codec, "codec"));
        return this;
    }

    /**
     * Sets what pictures may be. Default: {@link ImageLimits#ofDefaults()}.
     *
     * @param limits checked again before decoding, whatever {@link ImageBytes} was made with
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ImagingBuilder limits(ImageLimits limits) {
        this.limits = requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Builds it.
     *
     * @return imaging that does not see later changes to this builder
     */
    public Imaging build() {
        return new Imaging(this);
    }

    List<ImageCodec> codecs() {
        List<ImageCodec> all = new ArrayList<>(codecs);
        all.add(new JdkCodec());
        return List.copyOf(all);
    }

    ImageLimits limits() {
        return limits;
    }
}
