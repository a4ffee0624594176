package dev.pictor.feedback;

import dev.pictor.trace.RunId;
import java.util.List;
import org.immutables.value.Value;

/** Complex wishes that a cheap model drew, and that were rated down. Immutable. */
@Value.Immutable
public abstract class Misroute {

    /** How many runs are named at most: 5. */
    public static final int MAX_EXAMPLES = 5;

    Misroute() {}

    static MisrouteBuilder builder(String model, String routePolicy) {
        return new MisrouteBuilder().model(model).routePolicy(routePolicy);
    }

    /**
     * The model that drew.
     *
     * @return its id
     */
    public abstract String model();

    /**
     * By what it was chosen.
     *
     * @return a policy and its version, {@code fallback} if the first choice failed, or {@code unknown}
     */
    public abstract String routePolicy();

    /**
     * How many were rated down of those that were rated.
     *
     * @return the share
     */
    public abstract Proportion ratedDown();

    /**
     * Some of the runs.
     *
     * @return at most 5, the newest first
     */
    public abstract List<RunId> examples();
}
