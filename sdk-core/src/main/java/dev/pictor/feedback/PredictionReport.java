package dev.pictor.feedback;

import java.util.Locale;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * How well a {@link QualityPredictor} would have done: it is fitted to the older part of the history and asked for the newer
 * part, which it has not seen. Immutable.
 */
@Value.Immutable
public abstract class PredictionReport {

    PredictionReport() {}

    /**
     * How many rated runs there are.
     *
     * @return 0 or more
     */
    public abstract int ratedRuns();

    /**
     * Why nothing is predicted.
     *
     * @return a sentence, or empty if something is
     */
    public abstract Optional<String> tooSmall();

    /**
     * How often it was right on the newer part, satisfied being expected from a probability of 0.5 on.
     *
     * @return the share; of no trials if nothing is predicted
     */
    public abstract Proportion accuracy();

    /**
     * How often it is right to say what most of the older part were, every time: the figure that has to be beaten.
     *
     * @return the share
     */
    public abstract Proportion baseRate();

    /**
     * The mean squared error of the probabilities.
     *
     * @return 0, which is best, to 1
     */
    public abstract double brier();

    /**
     * The same for who always says the share of satisfied users in the older part.
     *
     * @return 0 to 1
     */
    public abstract double baseBrier();

    /**
     * By how much probabilities differ from what came, on average over ten bins of probability, each by its size.
     *
     * @return 0, which is best, to 1
     */
    public abstract double calibrationError();

    /**
     * Returns whether it is surely better than saying the same every time.
     *
     * @return true if Wilson's lower bound of its accuracy, at 95 %, is above the base rate
     */
    public final boolean isBetterThanBaseRate() {
        return accuracy().trials() > 0
                && accuracy().wilson(0.95).low() > baseRate().rate().orElse(1);
    }

    @Override
    public final String toString() {
        return tooSmall()
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "accuracy %s, base rate %s, Brier %.4f against %.4f, calibration error %.4f; %s",
                        accuracy(),
                        baseRate(),
                        brier(),
                        baseBrier(),
                        calibrationError(),
                        isBetterThanBaseRate() ? "better than the base rate" : "not surely better than the base rate"));
    }
}
