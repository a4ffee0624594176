package dev.pictor.feedback;

import java.util.Locale;
import org.immutables.value.Value;

/** A threshold that users' ratings speak against, and a better one. Immutable. */
@Value.Immutable
public abstract class ThresholdChange {

    ThresholdChange() {}

    static ThresholdChangeBuilder builder(String name, double before, double after) {
        return new ThresholdChangeBuilder().name(name).before(before).after(after);
    }

    /**
     * Which threshold.
     *
     * @return {@code complexity}, or {@code confidence.} and a tier such as {@code confidence.keyword}
     */
    public abstract String name();

    /**
     * What it is.
     *
     * @return 0 to 1
     */
    public abstract double before();

    /**
     * What it should be.
     *
     * @return 0 to 1, on a grid of 0.05
     */
    public abstract double after();

    /**
     * How many were satisfied of the runs that the change would treat otherwise.
     *
     * @return the share
     */
    public abstract Proportion touched();

    /**
     * How many were satisfied of the runs that they are compared with.
     *
     * @return the share
     */
    public abstract Proportion others();

    /**
     * How likely such a difference, or a greater one, is by chance, times the number of thresholds that were tried.
     *
     * @return 0 to 1
     */
    public abstract double p();

    /**
     * Why.
     *
     * @return a sentence
     */
    public abstract String reason();

    /**
     * Says so in a sentence.
     *
     * @return with all figures
     */
    public final String evidence() {
        return String.format(Locale.ROOT, "%s: %s satisfied against %s, p %.2g", reason(), touched(), others(), p());
    }
}
