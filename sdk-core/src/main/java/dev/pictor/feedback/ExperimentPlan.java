package dev.pictor.feedback;

import java.util.Locale;
import org.immutables.value.Value;

/**
 * What an experiment is to show, and how sure it must be: written down before anyone looks. Immutable.
 *
 * <p>How many users it takes follows from the plan, by the formula for two independent shares with pooled variance under the
 * hypothesis of no difference (J. L. Fleiss, "Statistical Methods for Rates and Proportions").
 */
@Value.Immutable
public abstract class ExperimentPlan {

    private static final double LEAST_ALPHA = 1e-9; // as exact as the distributions are

    ExperimentPlan() {}

    /**
     * Returns a builder.
     *
     * @param experiment the id in {@code experiments.yaml}, or the name of a flag
     * @param control the arm that others are compared with; of a flag, {@code off}
     * @param treatment the arm that is compared; of a flag, {@code on}
     * @return a new builder
     */
    public static ExperimentPlanBuilder builder(String experiment, String control, String treatment) {
        return new ExperimentPlanBuilder()
                .experiment(experiment)
                .control(control)
                .treatment(treatment);
    }

    /**
     * The experiment.
     *
     * @return its id
     */
    public abstract String experiment();

    /**
     * The arm that is compared with.
     *
     * @return its name
     */
    public abstract String control();

    /**
     * The arm that is compared.
     *
     * @return its name
     */
    public abstract String treatment();

    /**
     * The treatment's share of users over the control's, as the weights of the arms say; 0.25 for a flag with a share
     * of 20 percent. Default: 1.
     *
     * @return above 0
     */
    @Value.Default
    public double ratio() {
        return 1;
    }

    /**
     * The share of satisfied users that the control is expected to have. Default: 0.7.
     *
     * @return above 0 and below 1
     */
    @Value.Default
    public double baseline() {
        return 0.7;
    }

    /**
     * The least difference that matters, either way. Default: 0.05.
     *
     * @return above 0; {@code baseline} and it are below 1
     */
    @Value.Default
    public double leastEffect() {
        return 0.05;
    }

    /**
     * How often a difference may be seen where there is none. Default: 0.05.
     *
     * @return at least 0.000000001 for each of the {@link #looks}, and below 1
     */
    @Value.Default
    public double alpha() {
        return 0.05;
    }

    /**
     * How often a difference of the least effect is to be seen. Default: 0.8.
     *
     * @return above 0 and below 1
     */
    @Value.Default
    public double power() {
        return 0.8;
    }

    /**
     * How often it is decided, once it has enough users. The chance of error is divided among the looks. Default: 1.
     *
     * @return 1 to 100
     */
    @Value.Default
    public int looks() {
        return 1;
    }

    @Value.Check
    void check() {
        Statistics.checkOpen(baseline(), "baseline");
        Statistics.checkOpen(alpha(), "alpha");
        Statistics.checkOpen(power(), "power");
        Statistics.checkOpen(leastEffect(), "leastEffect");
        if (baseline() + leastEffect() >= 1) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "baseline and leastEffect must be below 1, were %s and %s",
                    baseline(),
                    leastEffect()));
        }
        if (!(ratio() > 0 && Double.isFinite(ratio()))) {
            throw new IllegalArgumentException("ratio must be above 0, was " + ratio());
        }
        if (looks() < 1 || looks() > 100) {
            throw new IllegalArgumentException("looks must be 1 to 100, was " + looks());
        }
        if (alphaOfALook() < LEAST_ALPHA) {
            throw new IllegalArgumentException("alpha must be at least " + LEAST_ALPHA + " for each look, was "
                    + alpha() + " for " + looks() + " looks");
        }
        if (control().equals(treatment())) {
            throw new IllegalArgumentException("control and treatment must differ, were \"" + control() + "\"");
        }
    }

    /** The chance of error of one look. */
    final double alphaOfALook() {
        return alpha() / looks();
    }

    /**
     * Returns how many users of the control must have rated before anything is decided.
     *
     * @return 1 or more
     */
    public final long controlUsers() {
        double p1 = baseline();
        double p2 = p1 + leastEffect();
        double pooled = (p1 + ratio() * p2) / (1 + ratio());
        double byChance =
                Statistics.twoSidedZ(1 - alphaOfALook()) * Math.sqrt((1 + 1 / ratio()) * pooled * (1 - pooled));
        double byEffect = Statistics.quantile(power()) * Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2) / ratio());
        double root = (byChance + byEffect) / leastEffect();
        return (long) Math.ceil(root * root);
    }

    /**
     * Returns how many users of the treatment must have rated before anything is decided.
     *
     * @return 1 or more
     */
    public final long treatmentUsers() {
        return (long) Math.ceil(controlUsers() * ratio());
    }
}
