package dev.pictor.intent;

import dev.pictor.intent.Calibration.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well confidences keep their word: answers sorted into ten bins of equal width by confidence, each with its mean
 * confidence and the share that was right. Immutable.
 */
public final class ReliabilityTable {

    /** The number of bins. */
    public static final int BINS = 10;

    /**
     * The answers of one bin.
     *
     * @param from the least confidence; the bin ends a tenth above it
     * @param count how many answers, 0 or more
     * @param confidence their mean confidence; 0 if there are none
     * @param right the share of them that was right, 0 to 1; 0 if there are none
     */
    public record Bin(double from, int count, double confidence, double right) {}

    private final List<Bin> bins;
    private final int count;

    private ReliabilityTable(List<Bin> bins, int count) {
        this.bins = bins;
        this.count = count;
    }

    /**
     * Sorts answers into bins.
     *
     * @param outcomes confidences, and whether the answers were right
     * @return the table
     */
    public static ReliabilityTable of(List<Outcome> outcomes) {
        int[] counts = new int[BINS];
        int[] right = new int[BINS];
        double[] sums = new double[BINS];
        for (Outcome outcome : outcomes) {
            int bin = Math.min(BINS - 1, (int) (outcome.score() * BINS));
            counts[bin]++;
            right[bin] += outcome.right() ? 1 : 0;
            sums[bin] += outcome.score();
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            int count = counts[i];
            bins.add(new Bin(
                    (double) i / BINS,
                    count,
                    count == 0 ? 0 : sums[i] / count,
                    count == 0 ? 0 : (double) right[i] / count));
        }
        return new ReliabilityTable(List.copyOf(bins), outcomes.size());
    }

    /**
     * Returns the bins.
     *
     * @return {@value #BINS}, by rising confidence
     */
    public List<Bin> bins() {
        return bins;
    }

    /**
     * Returns the expected calibration error: how far confidence and share of right answers lie apart, averaged over the
     * answers.
     *
     * @return 0 for perfect to 1; 0 if there are no answers
     */
    public double expectedError() {
        double sum = 0;
        for (Bin bin : bins) {
            sum += bin.count() * Math.abs(bin.confidence() - bin.right());
        }
        return count == 0 ? 0 : sum / count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReliabilityTable that && bins.equals(that.bins);
    }

    @Override
    public int hashCode() {
        return bins.hashCode();
    }

    /**
     * Returns the table as text, a line for each bin that is not empty.
     *
     * @return lines, each ended
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("confidence   answers   mean   right\n");
        for (Bin bin : bins) {
            if (bin.count() > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "%.1f to %.1f   %7d  %.3f   %.3f\n",
                        bin.from(),
                        bin.from() + 1.0 / BINS,
                        bin.count(),
                        bin.confidence(),
                        bin.right()));
            }
        }
        return text.append(String.format(Locale.ROOT, "expected calibration error %.3f\n", expectedError()))
                .toString();
    }
}
