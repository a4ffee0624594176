package dev.pictor.image;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resizes a picture to several sizes while it is decoded. */
final class ResampledRows implements RgbRows {

    private final Orientation orientation;
    private final List<Resize> sizes;
    private @Nullable Resampler resampler;

    ResampledRows(Orientation orientation, List<Resize> sizes) {
        this.orientation = orientation;
        this.sizes = sizes;
    }

    @Override
    public void begin(PixelSize size, boolean alpha) {
        List<ResizePlan> plans = sizes.stream()
                .map(resize -> ResizePlan.of(size, orientation, resize))
                .toList();
        resampler = new Resampler(size, alpha, plans);
    }

    @Override
    public void row(byte[] samples, int offset) {
        requireNonNull(resampler).row(samples, offset);
    }

    /** Returns the pictures in the order of the sizes, as stored: not upright yet. */
    List<Picture> finish() {
        return requireNonNull(resampler).finish();
    }
}
