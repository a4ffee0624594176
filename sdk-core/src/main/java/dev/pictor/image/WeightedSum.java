package dev.pictor.image;

/** The one loop in which the time goes. */
final class WeightedSum {

    /** How many lines are summed up in one go, so that the sums are loaded and stored less often. */
    static final int LINES = 4;

    private WeightedSum() {}

    /**
     * Adds four lines to sums. Plain enough to be vectorised, which one more number in an index would prevent: sums and
     * lines begin at the same sample.
     *
     * @param sums what is added to
     * @param kept 1 to add, 0 to begin a new sum
     */
    static void add(
            float[] sums,
            float kept,
            float[] line0,
            float weight0,
            float[] line1,
            float weight1,
            float[] line2,
            float weight2,
            float[] line3,
            float weight3,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            sums[i] = sums[i] * kept
                    + (line0[i] * weight0 + line1[i] * weight1)
                    + (line2[i] * weight2 + line3[i] * weight3);
        }
    }
}
