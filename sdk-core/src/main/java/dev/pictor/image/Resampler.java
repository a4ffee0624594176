package dev.pictor.image;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Resizes a source to one or several sizes while its rows pass by, with Lanczos3. Each row is converted once, whatever
 * the number of sizes. Where nothing is scaled, pixels are copied. Not thread-safe.
 *
 * <p>It holds a few rows of floats at the width of the source: 12 of them at most, and 8 more for each size.
 */
final class Resampler {

    private final PixelSize source;
    private final List<CutRows> cuts = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Supplier<Picture>> results = new ArrayList<>();
    private int y;

    /**
     * Prepares for the rows of a source.
     *
     * @param source its size
     * @param alpha whether its pixels are RGBA rather than RGB
     * @param plans what to make of it; their sources have this size
     * @throws IllegalArgumentException if a result would not fit into an array
     */
    Resampler(PixelSize source, boolean alpha, List<ResizePlan> plans) {
        this.source = source;
        List<ScaledRows> numbers = new ArrayList<>();
        List<ScaledRows> light = new ArrayList<>();
        for (ResizePlan plan : plans) {
            if (!plan.source().equals(source)) {
                throw new IllegalArgumentException("a plan for " + plan.source() + " is not for " + source);
            }
            if (plan.isCopy()) {
                CutRows cut = new CutRows(plan, alpha);
                cuts.add(cut);
                results.add(cut::finish);
            } else {
                ScaledRows scaled = new ScaledRows(plan, alpha);
                (plan.isLinearLight() ? light : numbers).add(scaled);
                results.add(scaled::finish);
            }
        }
        if (!numbers.isEmpty()) {
            lanes.add(new Lane(numbers, alpha, false));
        }
        if (!light.isEmpty()) {
            lanes.add(new Lane(light, alpha, true));
        }
    }

    /** Returns the picture at another size. */
    static Picture resized(Picture source, Resize resize) {
        ResizePlan plan = ResizePlan.of(source.size(), resize);
        if (plan.isIdentity()) {
            return source;
        }
        Resampler resampler = new Resampler(source.size(), source.hasAlpha(), List.of(plan));
        int stride = source.width() * source.channels();
        for (int y = 0; y < source.height(); y++) {
            resampler.row(source.samples(), y * stride);
        }
        return resampler.finish().get(0);
    }

    /**
     * Takes the next row, from the top. The array may be used again as soon as the call returns.
     *
     * @param samples holds the row
     * @param offset index of the row's first sample
     * @throws IllegalStateException if the source has no more rows
     */
    void row(byte[] samples, int offset) {
        if (y == source.height()) {
            throw new IllegalStateException("all " + y + " rows are there already");
        }
        for (CutRows cut : cuts) {
            cut.row(y, samples, offset);
        }
        for (Lane lane : lanes) {
            lane.row(y, samples, offset);
        }
        y++;
    }

    /**
     * Returns the results, after the last row.
     *
     * @return a picture for each plan, in their order
     * @throws IllegalStateException if rows are missing
     */
    List<Picture> finish() {
        if (y < source.height()) {
            throw new IllegalStateException("row " + y + " of " + source.height() + " has not come yet");
        }
        return results.stream().map(Supplier::get).toList();
    }

    /** The sizes that are made of the same floats. */
    private static final class Lane {

        private final List<ScaledRows> targets;
        private final FloatRows rows;
        private final int first;
        private final int last;

        Lane(List<ScaledRows> targets, boolean alpha, boolean linearLight) {
            this.targets = targets;
            int left = Integer.MAX_VALUE;
            int right = 0;
            int top = Integer.MAX_VALUE;
            int bottom = 0;
            int blocks = 1;
            for (ScaledRows target : targets) {
                left = Math.min(left, target.firstColumn());
                right = Math.max(right, target.lastColumn());
                top = Math.min(top, target.firstRow());
                bottom = Math.max(bottom, target.lastRow());
                blocks = Math.max(blocks, target.keptBlocks());
            }
            first = top;
            last = bottom;
            rows = new FloatRows(left, right, alpha, linearLight, blocks);
        }

        void row(int y, byte[] samples, int offset) {
            if (y < first || y > last) {
                return;
            }
            rows.put(y, samples, offset);
            if (y == last || y % FloatRows.BLOCK == FloatRows.BLOCK - 1) {
                for (ScaledRows target : targets) {
                    target.take(y / FloatRows.BLOCK, rows);
                }
            }
        }
    }
}
