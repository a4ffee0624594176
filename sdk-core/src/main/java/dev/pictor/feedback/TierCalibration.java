package dev.pictor.feedback;

import dev.pictor.intent.Calibration;
import dev.pictor.intent.ReliabilityTable;
import java.util.Locale;
import org.immutables.value.Value;

/**
 * How well the confidences of a tier kept their word by users' ratings, and a calibration fitted to them. It is fitted to the
 * older four fifths of the ratings and held against the newest fifth, and proposed only where it does better there. Immutable.
 */
@Value.Immutable
public abstract class TierCalibration {

    TierCalibration() {}

    /**
     * Whose confidences.
     *
     * @return {@code words} or {@code model}; what was remembered of a model counts as the model
     */
    public abstract String tier();

    /**
     * The confidences as they were, by what was right.
     *
     * @return a table of all that was rated
     */
    public abstract ReliabilityTable inForce();

    /**
     * A calibration fitted to the raw confidences of all that was rated.
     *
     * @return the calibration
     */
    public abstract Calibration fitted();

    /**
     * How far the confidences as they were lie from what was right, squared, over the newest fifth.
     *
     * @return the Brier score, 0 is perfect
     */
    public abstract double brierInForce();

    /**
     * How far those of a calibration fitted to the older ratings lie, over the same.
     *
     * @return the Brier score, 0 is perfect
     */
    public abstract double brierFitted();

    /**
     * How many ratings the two scores are over.
     *
     * @return 1 or more
     */
    public abstract int heldBack();

    /**
     * How sure it is that the fitted one is better.
     *
     * @return the mean gain by its standard error; the fitted one is proposed from 2 on
     */
    public abstract double z();

    /**
     * Returns whether the fitted calibration is proposed.
     *
     * @return true if it did surely better on ratings that it was not fitted to
     */
    public final boolean isBetter() {
        return z() >= 2;
    }

    /**
     * Says so in a sentence.
     *
     * @return with all figures
     */
    public final String evidence() {
        return String.format(
                Locale.ROOT,
                "on the newest %d ratings its Brier score is %.3f instead of %.3f, z %.1f",
                heldBack(),
                brierFitted(),
                brierInForce(),
                z());
    }
}
