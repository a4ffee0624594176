package dev.pictor.image;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resizes a picture to several sizes while it is decoded. */
final class ResampledRows implements RgbRows {

    private final Orientation orientation;
    private final List<ResizePlan> plans;
    private @Nullable Resampler resampler;

    /**
     * Plans the sizes.
     *
     * @throws IllegalArgumentException if a size is larger than an array
     */
    ResampledRows(ImageHeader header, List<Resize> sizes) {
        this.orientation = header.orientation();
        this.plans = sizes.stream()
                .map(resize -> ResizePlan.of(header.size(), orientation, resize))
                .toList();
        plans.forEach(plan -> plan.checkFits(4));
    }

    @Override
    public void begin(PixelSize size, boolean alpha) {
        resampler = new Resampler(size, alpha, plans);
    }

    @Override
    public void row(byte[] samples, int offset) {
        requireNonNull(resampler).row(samples, offset);
    }

    /** Returns the upright pictures, in the order of the sizes. */
    List<Picture> finish() {
        return requireNonNull(resampler).finish().stream()
                .map(picture -> PictureRows.turned(picture, orientation))
                .toList();
    }
}
