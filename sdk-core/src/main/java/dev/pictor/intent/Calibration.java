package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Turns a raw score into how often an answer of that score is right. It never turns the order of two scores around.
 * Immutable.
 *
 * <p>Two forms: the logistic one of Platt, {@code 1 / (1 + exp(-(slope * log(s / (1 - s)) + offset)))}, which needs a few dozen
 * answers, and the isotonic one, a rising line through points, which follows any shape and needs some hundred.
 */
public final class Calibration {

    /** The two forms. More may come; keep a {@code default} branch. */
    public enum Form {
        /** A logistic curve. */
        PLATT,
        /** A rising line through points. */
        ISOTONIC
    }

    /**
     * An answer whose truth became known.
     *
     * @param score the raw score, 0 to 1
     * @param right whether the answer was right
     */
    public record Outcome(double score, boolean right) {
        /** Checks the score. */
        public Outcome {
            Checks.unit(score, "score");
        }
    }

    private static final double EDGE = 1e-6;
    private static final int STEPS = 200;

    private final Form form;
    private final double[] scores; // of Platt: slope
    private final double[] values; // of Platt: offset

    private Calibration(Form form, double[] scores, double[] values) {
        this.form = form;
        this.scores = scores;
        this.values = values;
    }

    /**
     * Returns the calibration that changes nothing.
     *
     * @return one that takes the score for the truth
     */
    public static Calibration none() {
        return platt(1, 0);
    }

    /**
     * Returns a logistic calibration.
     *
     * @param slope 0 or more; 1 changes nothing
     * @param offset 0 changes nothing
     * @return the calibration
     * @throws IllegalArgumentException if the slope is below 0 or one of them is no number
     */
    public static Calibration platt(double slope, double offset) {
        if (!(slope >= 0 && slope < 1e6) || !(Math.abs(offset) < 1e6)) {
            throw new IllegalArgumentException(
                    "slope must be 0 or more and offset a number, were " + slope + " and " + offset);
        }
        return new Calibration(Form.PLATT, new double[] {slope}, new double[] {offset});
    }

    /**
     * Returns an isotonic calibration: straight lines between points, level beyond the outermost.
     *
     * @param scores raw scores, 0 to 1, each above the one before
     * @param values what they mean, 0 to 1, none below the one before; as many
     * @return the calibration
     * @throws IllegalArgumentException if the lists are empty, differ in length, leave 0 to 1 or do not rise
     */
    public static Calibration isotonic(List<Double> scores, List<Double> values) {
        if (scores.isEmpty() || scores.size() != values.size()) {
            throw new IllegalArgumentException(
                    "scores and values must be as many, at least one, were " + scores.size() + " and " + values.size());
        }
        for (int i = 0; i < scores.size(); i++) {
            Checks.unit(scores.get(i), "scores[" + i + "]");
            Checks.unit(values.get(i), "values[" + i + "]");
            if (i > 0 && (scores.get(i) <= scores.get(i - 1) || values.get(i) < values.get(i - 1))) {
                throw new IllegalArgumentException("scores and values must rise, point " + i + " does not");
            }
        }
        return new Calibration(
                Form.ISOTONIC,
                scores.stream().mapToDouble(Double::doubleValue).toArray(),
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Fits a calibration to answers whose truth is known. The same answers in any order give the same calibration.
     *
     * @param form its form
     * @param outcomes the answers; they must not be those that the model was trained on
     * @return the calibration; {@link #none()} if there are no answers
     */
    public static Calibration fit(Form form, List<Outcome> outcomes) {
        requireNonNull(form, "form");
        if (outcomes.isEmpty()) {
            return none();
        }
        List<Outcome> sorted = outcomes.stream()
                .sorted(Comparator.comparingDouble(Outcome::score).thenComparing(Outcome::right))
                .toList();
        return form == Form.ISOTONIC ? fitIsotonic(sorted) : fitPlatt(sorted);
    }

    /**
     * Returns what a score means.
     *
     * @param score 0 to 1
     * @return 0 to 1; never less than for a lower score
     * @throws IllegalArgumentException if the score is outside 0 to 1
     */
    public double apply(double score) {
        Checks.unit(score, "score");
        if (form == Form.PLATT) {
            return sigmoid(scores[0] * logit(score) + values[0]);
        }
        int above = 0;
        while (above < scores.length && scores[above] < score) {
            above++;
        }
        if (above == 0 || above == scores.length) {
            return values[Math.min(above, scores.length - 1)];
        }
        double share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
        double value = values[above - 1] + share * (values[above] - values[above - 1]);
        return Math.min(value, values[above]);
    }

    /**
     * Returns its form.
     *
     * @return the form
     */
    public Form form() {
        return form;
    }

    /**
     * Returns the raw scores of its points.
     *
     * @return ascending; of {@link Form#PLATT} the slope alone
     */
    public List<Double> scores() {
        return Arrays.stream(scores).boxed().toList();
    }

    /**
     * Returns what the scores of its points mean.
     *
     * @return not falling; of {@link Form#PLATT} the offset alone
     */
    public List<Double> values() {
        return Arrays.stream(values).boxed().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Calibration that
                && form == that.form
                && Arrays.equals(scores, that.scores)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(scores) * 31 + Arrays.hashCode(values);
    }

    /**
     * Writes the calibration as a lexicon has it, no number rounded: points of a rising line that are rounded may no longer rise.
     *
     * @return one line of JSON
     */
    public String toJson() {
        return "{\"form\": \"" + form.name().toLowerCase(Locale.ROOT) + "\", \"scores\": " + json(scores)
                + ", \"values\": " + json(values) + "}";
    }

    private static String json(double[] numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number ->
                        BigDecimal.valueOf(number).stripTrailingZeros().toPlainString())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public String toString() {
        return form + " " + scores() + " " + values();
    }

    /** Pools neighbours that violate the order; a right and a wrong answer more keep both ends from 0 and 1. */
    private static Calibration fitIsotonic(List<Outcome> sorted) {
        List<double[]> pools = new ArrayList<>(); // sum of scores, right, all
        for (Outcome outcome : sorted) {
            pools.add(new double[] {outcome.score(), outcome.right() ? 1 : 0, 1});
            while (pools.size() > 1) {
                double[] last = pools.get(pools.size() - 1);
                double[] before = pools.get(pools.size() - 2);
                boolean rises = before[1] / before[2] < last[1] / last[2] && before[0] / before[2] < last[0] / last[2];
                if (rises) {
                    break;
                }
                pools.remove(pools.size() - 1);
                for (int i = 0; i < before.length; i++) {
                    before[i] += last[i];
                }
            }
        }
        List<Double> scores = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        double least = 0;
        for (double[] pool : pools) {
            double score = Math.min(1, pool[0] / pool[2]);
            if (!scores.isEmpty() && score <= scores.get(scores.size() - 1)) {
                continue;
            }
            least = Math.max(least, (pool[1] + 1) / (pool[2] + 2));
            scores.add(score);
            values.add(least);
        }
        return isotonic(scores, values);
    }

    /** Newton's method on the logistic loss, with Platt's softened targets and a light pull to no change. */
    private static Calibration fitPlatt(List<Outcome> sorted) {
        double right = sorted.stream().filter(Outcome::right).count();
        double high = (right + 1) / (right + 2);
        double low = 1 / (sorted.size() - right + 2);
        double slope = 1;
        double offset = 0;
        for (int step = 0; step < STEPS; step++) {
            double gradientSlope = slope - 1;
            double gradientOffset = offset;
            double curveSlope = 1;
            double curveOffset = 1;
            double curveBoth = 0;
            for (Outcome outcome : sorted) {
                double x = logit(outcome.score());
                double p = sigmoid(slope * x + offset);
                double miss = p - (outcome.right() ? high : low);
                double curve = Math.max(1e-9, p * (1 - p));
                gradientSlope += miss * x;
                gradientOffset += miss;
                curveSlope += curve * x * x;
                curveOffset += curve;
                curveBoth += curve * x;
            }
            double determinant = curveSlope * curveOffset - curveBoth * curveBoth;
            double stepSlope = (gradientSlope * curveOffset - gradientOffset * curveBoth) / determinant;
            double stepOffset = (gradientOffset * curveSlope - gradientSlope * curveBoth) / determinant;
            double damp = Math.min(1, 1 / Math.max(Math.abs(stepSlope), Math.abs(stepOffset)));
            slope -= damp * stepSlope;
            offset -= damp * stepOffset;
        }
        return platt(Math.max(0, slope), offset);
    }

    static double logit(double score) {
        double inside = Math.min(1 - EDGE, Math.max(EDGE, score));
        return Math.log(inside / (1 - inside));
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
