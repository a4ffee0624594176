package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import dev.pictor.trace.Decision;

/**
 * Whether a flag is on for somebody, and why. Immutable.
 *
 * @param flag the flag's name
 * @param isOn whether it is on
 * @param rule {@code unknown}, {@code stopped}, {@code off}, {@code user}, {@code tenant}, {@code percent} or {@code nobody}
 * @param reason why, in a sentence
 */
public record FlagDecision(String flag, boolean isOn, String rule, String reason) {

    /** The kind of the decision in a trace. */
    public static final String KIND = "flag";

    /** The rule of a flag of which the share decides. */
    static final String SHARE = "percent";

    /** Checks that all are given. */
    public FlagDecision {
        requireNonNull(flag, "flag");
        requireNonNull(rule, "rule");
        requireNonNull(reason, "reason");
    }

    /**
     * Returns it as a run notes it.
     *
     * @return a decision of the kind {@value #KIND}, which has chosen {@code name=on} or {@code name=off}
     */
    public Decision toDecision() {
        return Decision.builder(KIND, "is " + flag + " on?", flag + (isOn ? "=on" : "=off"), reason)
                .policy(rule)
                .build();
    }
}
