package dev.pictor.image;

/**
 * Brings rows that have their final height to their final width, a batch of rows at a time. A batch is turned, so that
 * the samples of a column lie side by side and columns are summed up as rows are. Not thread-safe.
 */
final class ScaledColumns {

    /** Rows that are turned in one go, so that each column is visited less often. */
    static final int GROUP = 4;

    private static final int MOST_ROWS = 32;

    private final Taps across;
    private final int channels;
    private final PixelPacker packer;
    private final byte[] out;
    private final int batch;
    private final float[][] columns;
    private final float[] sums;
    private final byte[] packed;
    private int done;
    private int held;

    /**
     * Prepares for rows.
     *
     * @param across what becomes of their columns
     * @param channels samples of a pixel
     * @param packer makes bytes of them
     * @param out where these go
     */
    ScaledColumns(Taps across, int channels, PixelPacker packer, byte[] out) {
        this.across = across;
        this.channels = channels;
        this.packer = packer;
        this.out = out;
        int height = out.length / channels / across.target();
        this.batch = Math.min(MOST_ROWS, (height + GROUP - 1) / GROUP * GROUP);
        this.columns = new float[last() + 1 - first()][batch * channels];
        this.sums = new float[batch * channels];
        this.packed = new byte[batch * channels];
    }

    /** Returns the first source column that is needed. */
    int first() {
        return across.first(0);
    }

    /** Returns the last source column that is needed. */
    int last() {
        return across.last(across.target() - 1);
    }

    /**
     * Takes the next rows.
     *
     * @param rows a group of them; what follows the last row of the picture does not count
     * @param left the column of their first pixels
     */
    void take(float[][] rows, int left) {
        if (channels == 4) {
            turnFour(rows, (first() - left) * 4);
        } else {
            turnThree(rows, (first() - left) * 3);
        }
        held += GROUP;
        if (held == batch) {
            flush();
        }
    }

    /** Writes the rows that are still held, after the last. */
    void flush() {
        int stride = across.target() * channels;
        int rows = Math.min(held, out.length / stride - done);
        for (int x = 0; x < across.target(); x++) {
            sum(x);
            packer.pack(sums, packed);
            int to = done * stride + x * channels;
            for (int i = 0; i < rows * channels; i += channels, to += stride) {
                for (int channel = 0; channel < channels; channel++) {
                    out[to + channel] = packed[i + channel];
                }
            }
        }
        done += rows;
        held = 0;
    }

    private void sum(int x) {
        float[] weights = across.weights(x);
        int first = across.first(x);
        for (int i = 0; i < weights.length; i += WeightedSum.LINES) {
            int column = first + i;
            WeightedSum.add(
                    sums,
                    i == 0 ? 0 : 1,
                    column(column),
                    across.weight(x, column),
                    column(column + 1),
                    across.weight(x, column + 1),
                    column(column + 2),
                    across.weight(x, column + 2),
                    column(column + 3),
                    across.weight(x, column + 3),
                    0,
                    sums.length);
        }
    }

    /** Beyond the last column, where weights are 0, any will do. */
    private float[] column(int column) {
        return columns[Math.min(column - first(), columns.length - 1)];
    }

    private void turnThree(float[][] rows, int offset) {
        float[] row0 = rows[0];
        float[] row1 = rows[1];
        float[] row2 = rows[2];
        float[] row3 = rows[3];
        int to = held * 3;
        int from = offset;
        for (float[] column : columns) {
            column[to] = row0[from];
            column[to + 1] = row0[from + 1];
            column[to + 2] = row0[from + 2];
            column[to + 3] = row1[from];
            column[to + 4] = row1[from + 1];
            column[to + 5] = row1[from + 2];
            column[to + 6] = row2[from];
            column[to + 7] = row2[from + 1];
            column[to + 8] = row2[from + 2];
            column[to + 9] = row3[from];
            column[to + 10] = row3[from + 1];
            column[to + 11] = row3[from + 2];
            from += 3;
        }
    }

    private void turnFour(float[][] rows, int offset) {
        for (int i = 0; i < GROUP; i++) {
            float[] row = rows[i];
            int to = (held + i) * 4;
            int from = offset;
            for (float[] column : columns) {
                column[to] = row[from];
                column[to + 1] = row[from + 1];
                column[to + 2] = row[from + 2];
                column[to + 3] = row[from + 3];
                from += 4;
            }
        }
    }
}
