package dev.pictor.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes one picture of another size from blocks of source rows, as they come: first downwards, at the full width of the
 * source, then finished rows across. Not thread-safe.
 *
 * <p>A target row that is larger than source rows gathers one block after another, so that no source row is kept: at most
 * eight target rows are under way. One that is smaller waits for its last block, so that no target row is kept: it takes
 * at most three blocks.
 */
final class ScaledRows {

    /** Samples that stay in the innermost cache for all target rows that gather a block. */
    private static final int TILE = 1024;

    private final Taps down;
    private final boolean waits;
    private final int channels;
    private final PixelSize target;
    private final byte[] out;
    private final ScaledColumns columns;
    private final float[][] finished = new float[ScaledColumns.GROUP][];
    private final List<float[]> underWay = new ArrayList<>();
    private final List<float[]> spare = new ArrayList<>();
    private int next;

    ScaledRows(ResizePlan plan, boolean alpha) {
        ResizePlan.Window window = plan.window();
        channels = alpha ? 4 : 3;
        out = plan.newSamples(channels);
        target = plan.target();
        down = Taps.of(plan.source().height(), window.top(), window.height(), target.height());
        waits = window.height() <= target.height();
        Taps across = Taps.of(plan.source().width(), window.left(), window.width(), target.width());
        columns = new ScaledColumns(across, channels, new PixelPacker(alpha, plan.isLinearLight()), out);
    }

    /** Returns how many blocks of source rows have to be kept. */
    int keptBlocks() {
        return waits ? 3 : 1;
    }

    /** Returns the first source column that is needed. */
    int firstColumn() {
        return columns.first();
    }

    /** Returns the last source column that is needed. */
    int lastColumn() {
        return columns.last();
    }

    /** Returns the first source row that is needed. */
    int firstRow() {
        return down.first(0);
    }

    /** Returns the last source row that is needed. */
    int lastRow() {
        return down.last(target.height() - 1);
    }

    /** Takes the next block. */
    void take(int block, FloatRows rows) {
        if (waits) {
            takeWaiting(block, rows);
        } else {
            takeGathering(block, rows);
        }
    }

    /** Returns the picture, once all blocks are taken. */
    Picture finish() {
        return Picture.wrap(target, channels == 4, out);
    }

    private void takeWaiting(int block, FloatRows rows) {
        while (next < target.height() && lastBlock(next) <= block) {
            float[] sums = newRow(rows);
            for (int earlier = firstBlock(next); earlier <= block; earlier++) {
                gather(next, earlier, rows, sums, 0, rows.samples());
            }
            finishRow(sums, rows.left());
        }
    }

    private void takeGathering(int block, FloatRows rows) {
        while (next + underWay.size() < target.height() && firstBlock(next + underWay.size()) <= block) {
            underWay.add(newRow(rows));
        }
        int start = (firstColumn() - rows.left()) * channels;
        int end = (lastColumn() + 1 - rows.left()) * channels;
        for (int from = start; from < end; from += TILE) {
            for (int i = 0; i < underWay.size(); i++) {
                gather(next + i, block, rows, underWay.get(i), from, Math.min(end, from + TILE));
            }
        }
        while (!underWay.isEmpty() && lastBlock(next) <= block) {
            finishRow(underWay.remove(0), rows.left());
        }
    }

    private int firstBlock(int y) {
        return down.first(y) / FloatRows.BLOCK;
    }

    private int lastBlock(int y) {
        return down.last(y) / FloatRows.BLOCK;
    }

    private float[] newRow(FloatRows rows) {
        return spare.isEmpty() ? new float[rows.samples()] : spare.remove(spare.size() - 1);
    }

    private void gather(int y, int block, FloatRows rows, float[] sums, int from, int to) {
        int row = block * FloatRows.BLOCK;
        WeightedSum.add(
                sums,
                block == firstBlock(y) ? 0 : 1,
                rows.row(row),
                down.weight(y, row),
                rows.row(row + 1),
                down.weight(y, row + 1),
                rows.row(row + 2),
                down.weight(y, row + 2),
                rows.row(row + 3),
                down.weight(y, row + 3),
                from,
                to);
    }

    private void finishRow(float[] sums, int left) {
        finished[next % ScaledColumns.GROUP] = sums;
        next++;
        boolean isLast = next == target.height();
        if (isLast) {
            Arrays.fill(finished, (next - 1) % ScaledColumns.GROUP, ScaledColumns.GROUP, sums);
        }
        if (isLast || next % ScaledColumns.GROUP == 0) {
            columns.take(finished, left);
            spare.addAll(List.of(finished));
        }
        if (isLast) {
            columns.flush();
        }
    }
}
