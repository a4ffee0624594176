package dev.pictor.trace;

import java.util.OptionalDouble;
import org.immutables.value.Value;

/** What one check found, over many runs. Immutable. */
@Value.Immutable
@ClosedStyle
public abstract class EvaluationFigures {

    EvaluationFigures() {}

    /**
     * How often it passed.
     *
     * @return 0 or more
     */
    public abstract long passed();

    /**
     * How often it found something usable, but not as asked.
     *
     * @return 0 or more
     */
    public abstract long warned();

    /**
     * How often it found something of no use.
     *
     * @return 0 or more
     */
    public abstract long failed();

    /**
     * The mean of its scores.
     *
     * @return by the scale of the check, or empty if it gave none
     */
    public abstract OptionalDouble meanScore();

    /**
     * Returns the share of checks that passed.
     *
     * @return 0 to 1; a warning is no pass
     */
    public final double passRate() {
        return (double) passed() / (passed() + warned() + failed());
    }
}
