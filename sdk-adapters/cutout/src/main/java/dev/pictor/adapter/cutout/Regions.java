package dev.pictor.adapter.cutout;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.PixelSize;
import java.util.Arrays;

/**
 * Which pixels are background: what is reached from the border over pixels of its colour. One byte a pixel, and a queue of
 * the front. Not thread-safe.
 */
final class Regions {

    static final byte PRODUCT = 0;
    static final byte BACKGROUND = 1;
    static final byte SHADOW = 2;

    /** Background with a speck on it, or next to one. */
    static final byte DUST = 3;

    /** Product that a search has seen. */
    private static final byte SEEN = 4;

    private static final int DUST_MARGIN_PX = 3;

    private static final int CHECK_EVERY = 1 << 16;

    final PixelSize size;
    final byte[] kind;

    private final Distances distances;
    private final int threshold;
    private final Stopping stopping;
    private final PixelQueue queue = new PixelQueue();
    private final int width;
    private final int height;

    /**
     * A piece that hangs together.
     *
     * @param pixels how many
     * @param meanFar their mean distance from the background
     */
    record Piece(int pixels, double meanFar) {}

    /** Tells whether a neighbour belongs to what is searched. */
    @FunctionalInterface
    private interface Step {
        boolean reaches(int from, int to);
    }

    Regions(Distances distances, int threshold, Stopping stopping) {
        this.size = distances.size;
        this.distances = distances;
        this.threshold = threshold;
        this.stopping = stopping;
        this.width = size.width();
        this.height = size.height();
        this.kind = new byte[distances.far.length];
    }

    /** Marks the background, and nothing else. */
    void flood() throws InterruptedException {
        Arrays.fill(kind, PRODUCT);
        for (int x = 0; x < width; x++) {
            seed(x);
            seed((height - 1) * width + x);
        }
        for (int y = 0; y < height; y++) {
            seed(y * width);
            seed(y * width + width - 1);
        }
        spread(BACKGROUND, (from, to) -> kind[to] == PRODUCT && isLikeBackground(to));
    }

    private void seed(int pixel) {
        if (kind[pixel] == PRODUCT && isLikeBackground(pixel)) {
            kind[pixel] = BACKGROUND;
            queue.add(pixel);
        }
    }

    /** Goes on from the background over what gets darker by small steps only, in the tint of the background. */
    void floodShadows(int steepest) throws InterruptedException {
        byte[] shade = distances.shade;
        for (int pixel = 0; pixel < kind.length; pixel++) {
            if (kind[pixel] == BACKGROUND && touches(pixel, PRODUCT)) {
                queue.add(pixel);
            }
        }
        spread(
                SHADOW,
                (from, to) -> kind[to] == PRODUCT
                        && (isLikeBackground(to)
                                || ((shade[to] & 0xFF) < Distances.TINTED - 5
                                        && (shade[from] & 0xFF) != Distances.TINTED
                                        && Math.abs((shade[to] & 0xFF) - (shade[from] & 0xFF)) <= steepest)));
    }

    private boolean isLikeBackground(int pixel) {
        return (distances.far[pixel] & 0xFF) <= threshold;
    }

    boolean touches(int pixel, byte other) {
        int x = pixel % width;
        return (x > 0 && kind[pixel - 1] == other)
                || (x < width - 1 && kind[pixel + 1] == other)
                || (pixel >= width && kind[pixel - width] == other)
                || (pixel < kind.length - width && kind[pixel + width] == other);
    }

    @CanIgnoreReturnValue
    private int spread(byte mark, Step step) throws InterruptedException {
        int taken = 0;
        while (!queue.isEmpty()) {
            if (++taken % CHECK_EVERY == 0) {
                stopping.check();
            }
            int pixel = queue.take();
            int x = pixel % width;
            if (x > 0) {
                visit(pixel, pixel - 1, mark, step);
            }
            if (x < width - 1) {
                visit(pixel, pixel + 1, mark, step);
            }
            if (pixel >= width) {
                visit(pixel, pixel - width, mark, step);
            }
            if (pixel < kind.length - width) {
                visit(pixel, pixel + width, mark, step);
            }
        }
        return taken;
    }

    private void visit(int from, int to, byte mark, Step step) {
        if (step.reaches(from, to)) {
            kind[to] = mark;
            queue.add(to);
        }
    }

    /** Takes pieces of the product that are smaller for dust on the background, and returns how many are left. */
    int despeckle(int leastPixels) throws InterruptedException {
        int left = 0;
        for (int pixel = 0; pixel < kind.length; pixel++) {
            if (kind[pixel] != PRODUCT) {
                continue;
            }
            int count = mark(pixel, SEEN, (from, to) -> kind[to] == PRODUCT);
            if (count < leastPixels) {
                mark(pixel, DUST, (from, to) -> {
                    dustAround(from);
                    return kind[to] == SEEN;
                });
            } else {
                left++;
            }
        }
        forgetSeen();
        return left;
    }

    private void dustAround(int pixel) {
        int x = pixel % width;
        int y = pixel / width;
        for (int j = Math.max(0, y - DUST_MARGIN_PX); j <= Math.min(height - 1, y + DUST_MARGIN_PX); j++) {
            for (int i = Math.max(0, x - DUST_MARGIN_PX); i <= Math.min(width - 1, x + DUST_MARGIN_PX); i++) {
                int near = j * width + i;
                kind[near] = kind[near] == BACKGROUND || kind[near] == SHADOW ? DUST : kind[near];
            }
        }
    }

    /** What is found of areas inside of the product that look like the background. */
    record Holes(int count, long pixels) {}

    /**
     * Finds areas inside of the product that are as even as the background, and as like it.
     *
     * @param cut whether they become background
     */
    Holes holes(int leastPixels, double mostMeanFar, boolean cut) throws InterruptedException {
        int count = 0;
        long pixels = 0;
        for (int pixel = 0; pixel < kind.length; pixel++) {
            if (kind[pixel] != PRODUCT || !isLikeBackground(pixel)) {
                continue;
            }
            double[] sum = new double[1];
            int area = mark(pixel, SEEN, (from, to) -> {
                if (kind[to] != PRODUCT || !isLikeBackground(to)) {
                    return false;
                }
                sum[0] += Distances.decoded(distances.far[to]);
                return true;
            });
            Piece piece = new Piece(area, sum[0] / area);
            if (piece.pixels() >= leastPixels && piece.meanFar() <= mostMeanFar) {
                count++;
                pixels += area;
                if (cut) {
                    mark(pixel, BACKGROUND, (from, to) -> kind[to] == SEEN);
                }
            }
        }
        forgetSeen();
        return new Holes(count, pixels);
    }

    @CanIgnoreReturnValue
    private int mark(int first, byte mark, Step step) throws InterruptedException {
        kind[first] = mark;
        queue.add(first);
        return spread(mark, step);
    }

    private void forgetSeen() {
        for (int pixel = 0; pixel < kind.length; pixel++) {
            if (kind[pixel] == SEEN) {
                kind[pixel] = PRODUCT;
            }
        }
    }

    long count(byte wanted) {
        long count = 0;
        for (byte one : kind) {
            count += one == wanted ? 1 : 0;
        }
        return count;
    }

    /** Returns the share of the outermost pixels that belong to the product. */
    double touchShare() {
        int product = 0;
        for (int x = 0; x < width; x++) {
            product += (kind[x] == PRODUCT ? 1 : 0) + (kind[(height - 1) * width + x] == PRODUCT ? 1 : 0);
        }
        for (int y = 0; y < height; y++) {
            product += (kind[y * width] == PRODUCT ? 1 : 0) + (kind[y * width + width - 1] == PRODUCT ? 1 : 0);
        }
        return product / (2.0 * (width + height));
    }

    /**
     * Writes how deep each pixel lies, in steps to the side: 1 and more in the product, -1 and less outside, up to the limit.
     */
    void depths(byte[] into, int limit) throws InterruptedException {
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at++) {
                boolean inside = kind[at] == PRODUCT;
                int least = limit;
                if (x > 0) {
                    least = nearer(into[at - 1], inside, least);
                }
                if (y > 0) {
                    least = nearer(into[at - width], inside, least);
                    if (x > 0) {
                        least = nearer(into[at - width - 1], inside, least);
                    }
                    if (x < width - 1) {
                        least = nearer(into[at - width + 1], inside, least);
                    }
                }
                into[at] = (byte) (inside ? least : -least);
            }
        }
        stopping.check();
        for (int y = height - 1, at = kind.length - 1; y >= 0; y--) {
            for (int x = width - 1; x >= 0; x--, at--) {
                boolean inside = into[at] > 0;
                int least = Math.abs(into[at]);
                if (x < width - 1) {
                    least = nearer(into[at + 1], inside, least);
                }
                if (y < height - 1) {
                    least = nearer(into[at + width], inside, least);
                    if (x > 0) {
                        least = nearer(into[at + width - 1], inside, least);
                    }
                    if (x < width - 1) {
                        least = nearer(into[at + width + 1], inside, least);
                    }
                }
                into[at] = (byte) (inside ? least : -least);
            }
        }
        stopping.check();
    }

    /** A pixel beside one of the other kind is at 1, else one deeper than its neighbour. */
    private static int nearer(byte neighbour, boolean inside, int least) {
        boolean same = neighbour > 0 == inside;
        return Math.min(least, same ? Math.abs(neighbour) + 1 : 1);
    }
}
