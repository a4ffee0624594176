package dev.pictor.feedback;

import java.time.Duration;
import org.immutables.value.Value;

/** From what evidence on a preference is learned. Immutable. */
@Value.Immutable
public abstract class PreferenceOptions {

    private static final PreferenceOptions DEFAULTS = builder().build();

    PreferenceOptions() {}

    /**
     * Returns the defaults.
     *
     * @return ten runs' worth of evidence, of which half is gone after 30 days
     */
    public static PreferenceOptions ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static PreferenceOptionsBuilder builder() {
        return new PreferenceOptionsBuilder();
    }

    /**
     * After how long a run counts half. Default: 30 days.
     *
     * @return more than zero
     */
    @Value.Default
    public Duration halfLife() {
        return Duration.ofDays(30);
    }

    /**
     * How many runs of today the evidence must weigh. Default: 10.
     *
     * @return above 0
     */
    @Value.Default
    public double minWeight() {
        return 10;
    }

    /**
     * Of whose runs a larger share is regenerated, the user is quality-sensitive. Default: 0.3.
     *
     * @return 0 to 1
     */
    @Value.Default
    public double regenerationRate() {
        return 0.3;
    }

    /**
     * Of whose runs a larger share asks for basic detail, the user is cost-sensitive. Default: 0.7.
     *
     * @return 0 to 1
     */
    @Value.Default
    public double basicShare() {
        return 0.7;
    }

    /**
     * Of what there is a larger share than this, that is a favourite. Default: 0.5.
     *
     * @return 0.5 to 1, so that there is at most one
     */
    @Value.Default
    public double favouriteShare() {
        return 0.5;
    }

    @Value.Check
    void check() {
        if (halfLife().isNegative() || halfLife().isZero()) {
            throw new IllegalArgumentException("halfLife must be more than zero, was " + halfLife());
        }
        if (!(minWeight() > 0)) {
            throw new IllegalArgumentException("minWeight must be above 0, was " + minWeight());
        }
        checkShare(regenerationRate(), 0, "regenerationRate");
        checkShare(basicShare(), 0, "basicShare");
        checkShare(favouriteShare(), 0.5, "favouriteShare");
    }

    private static void checkShare(double share, double least, String name) {
        if (!(share >= least && share <= 1)) {
            throw new IllegalArgumentException(name + " must be " + least + " to 1, was " + share);
        }
    }
}
