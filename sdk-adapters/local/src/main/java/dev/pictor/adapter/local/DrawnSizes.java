package dev.pictor.adapter.local;

import static java.util.Comparator.comparingDouble;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.PixelSize;
import java.util.List;

/** The sizes that a model draws at a server: some, or all within the server's limits. Immutable. */
final class DrawnSizes {

    /** A ratio without a size is drawn at about this many pixels, in steps that the models of today can draw. */
    private static final double USUAL_PIXELS = 1_048_576;

    private static final int USUAL_STEP_PX = 16;
    private static final double MOST_RATIO = 3;

    private final List<PixelSize> some;
    private final ServerProfile server;

    DrawnSizes(List<PixelSize> some, ServerProfile server) {
        this.some = some;
        this.server = server;
    }

    /** Returns the size to ask for in the place of another: the same where it is drawn, else one near it. */
    PixelSize nearest(PixelSize asked) {
        if (!some.isEmpty()) {
            return some.contains(asked) ? asked : ofSome(AspectRatio.of(asked), (double) asked.pixels());
        }
        return fits(asked)
                ? asked
                : fitted((double) asked.width() / asked.height(), (double) asked.pixels(), server.sizeStepPx());
    }

    /** Returns the size to ask for where only a ratio is wanted. */
    PixelSize nearest(AspectRatio asked) {
        return some.isEmpty()
                ? fitted(
                        (double) asked.width() / asked.height(),
                        USUAL_PIXELS,
                        Math.max(USUAL_STEP_PX, server.sizeStepPx()))
                : ofSome(asked, USUAL_PIXELS);
    }

    private boolean fits(PixelSize size) {
        return server.sizeStepPx() == 1
                || (size.width() % server.sizeStepPx() == 0
                        && size.height() % server.sizeStepPx() == 0
                        && size.pixels() >= server.minPixels()
                        && size.pixels() <= server.maxPixels()
                        && size.longSide() <= MOST_RATIO * Math.min(size.width(), size.height()));
    }

    /** By ratio, then by area. */
    private PixelSize ofSome(AspectRatio ratio, double pixels) {
        return some.stream()
                .min(comparingDouble((PixelSize size) -> ratio.distance(AspectRatio.of(size)))
                        .thenComparingDouble(size -> Math.abs(size.pixels() - pixels)))
                .orElseThrow();
    }

    /** Rounding may lead outside by less than a step. */
    private PixelSize fitted(double proportion, double pixels, int step) {
        double ratio = proportion;
        if (server.sizeStepPx() > 1) {
            ratio = Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, proportion));
        }
        double area = Math.min((double) server.maxPixels(), Math.max((double) server.minPixels(), pixels));
        double width = Math.sqrt(area * ratio);
        PixelSize near = new PixelSize(stepped(width, step), stepped(area / width, step));
        if (near.pixels() > server.maxPixels()) {
            return down(near, step);
        }
        return near.pixels() < server.minPixels() || isTooLong(near) ? up(near, step) : near;
    }

    private boolean isTooLong(PixelSize size) {
        return server.sizeStepPx() > 1 && size.longSide() > MOST_RATIO * Math.min(size.width(), size.height());
    }

    private static PixelSize down(PixelSize size, int step) {
        return size.width() >= size.height()
                ? new PixelSize(size.width() - step, size.height())
                : new PixelSize(size.width(), size.height() - step);
    }

    private static PixelSize up(PixelSize size, int step) {
        return size.width() >= size.height()
                ? new PixelSize(size.width(), size.height() + step)
                : new PixelSize(size.width() + step, size.height());
    }

    private static int stepped(double side, int step) {
        return (int) Math.max(step, Math.round(side / step) * step);
    }
}
