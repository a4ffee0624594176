package dev.pictor.adapter.openai;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ModelProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The sizes that a model draws. One with a {@link ModelProfile#maxSize()} draws every size with sides divisible by 16, a
 * ratio from 1:3 to 3:1, no side above the longer one of the largest size, no more pixels than that has (openai-java
 * 4.100.0), and no fewer than 655,360 (apiyi.com, measured 2026-11-09). Others draw what they list.
 */
final class ImageSizes {

    private static final int STEP = 16;
    private static final double MOST_RATIO = 3;
    private static final long FEWEST_PIXELS = 655_360;
    private static final long USUAL_PIXELS = 1_024 * 1_024;

    private final Optional<PixelSize> max;
    private final List<PixelSize> some;

    ImageSizes(ModelProfile profile) {
        this.max = profile.maxSize();
        this.some = profile.sizes();
    }

    /** Returns the size that is nearest to the one asked for, or empty if nothing is known of the model's sizes. */
    Optional<PixelSize> nearest(PixelSize asked) {
        if (max.isEmpty()) {
            return nearestOfSome(AspectRatio.of(asked), asked.pixels());
        }
        return Optional.of(fits(asked) ? asked : fitted(AspectRatio.of(asked), asked.pixels()));
    }

    /** Returns a size of the usual area with this ratio, or nearly so, or empty if nothing is known. */
    Optional<PixelSize> nearest(AspectRatio asked) {
        if (max.isEmpty()) {
            return nearestOfSome(asked, USUAL_PIXELS);
        }
        return Optional.of(exact(asked).orElseGet(() -> fitted(asked, USUAL_PIXELS)));
    }

    private Optional<PixelSize> nearestOfSome(AspectRatio ratio, long pixels) {
        return some.stream()
                .min(Comparator.<PixelSize>comparingDouble(
                                size -> AspectRatio.of(size).distance(ratio))
                        .thenComparingDouble(size -> Math.abs(Math.log((double) size.pixels() / pixels))));
    }

    /** Returns the size of exactly this ratio whose area is nearest to the usual one. */
    private Optional<PixelSize> exact(AspectRatio ratio) {
        PixelSize best = null;
        int longest = longest();
        for (int times = 1; (long) times * STEP * Math.max(ratio.width(), ratio.height()) <= longest; times++) {
            PixelSize size = new PixelSize(times * STEP * ratio.width(), times * STEP * ratio.height());
            if (fits(size) && (best == null || fromUsual(size) < fromUsual(best))) {
                best = size;
            }
        }
        return Optional.ofNullable(best);
    }

    private static long fromUsual(PixelSize size) {
        return Math.abs(size.pixels() - USUAL_PIXELS);
    }

    /** Returns a size that fits, with nearly this ratio and area. */
    private PixelSize fitted(AspectRatio ratio, long pixels) {
        double proportion = Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, (double) ratio.width() / ratio.height()));
        double area = Math.min(most(), Math.max(FEWEST_PIXELS, pixels));
        double width = Math.sqrt(area * proportion);
        width = Math.min(width, longest() * Math.min(1, proportion));
        PixelSize best = null;
        for (int w = rounded(width) - 2 * STEP; w <= rounded(width) + 2 * STEP; w += STEP) {
            for (int h = rounded(width / proportion) - 2 * STEP;
                    h <= rounded(width / proportion) + 2 * STEP;
                    h += STEP) {
                if (w > 0 && h > 0) {
                    PixelSize size = new PixelSize(w, h);
                    if (fits(size) && (best == null || away(size, proportion, area) < away(best, proportion, area))) {
                        best = size;
                    }
                }
            }
        }
        return best == null ? max.orElseThrow() : best;
    }

    private static double away(PixelSize size, double proportion, double area) {
        return 2 * Math.abs(Math.log((double) size.width() / size.height() / proportion))
                + Math.abs(Math.log(size.pixels() / area));
    }

    private static int rounded(double side) {
        return (int) Math.round(side / STEP) * STEP;
    }

    private boolean fits(PixelSize size) {
        return size.width() % STEP == 0
                && size.height() % STEP == 0
                && size.longSide() <= longest()
                && size.longSide() <= MOST_RATIO * Math.min(size.width(), size.height())
                && size.pixels() >= FEWEST_PIXELS
                && size.pixels() <= most();
    }

    private int longest() {
        return max.orElseThrow().longSide();
    }

    private long most() {
        return max.orElseThrow().pixels();
    }
}
