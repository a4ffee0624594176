package dev.pictor.gateway.routing;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.immutables.value.Value;

/**
 * Which failures of one model move a call on to the next. Immutable.
 *
 * <p>By default a call moves on when the model or the way to it is at fault, and when its key or quota is. It stays when
 * the request is at fault, since the next model would be asked in vain; when a content policy refused it, since nobody
 * may look for a laxer one in silence; and when the caller stopped it.
 *
 * <p>A call that may have been charged moves on too, unless {@link #afterMaybeBilled()} says otherwise. The first model's
 * charge stays on the books in full, and the next model reserves its own, so no budget is exceeded; what it can cost is
 * two models for one picture. A stalled model would else fail every call that reaches it.
 */
@Value.Immutable
public abstract class FallbackPolicy {

    private static final Set<Reason> DEFAULT_REASONS = Collections.unmodifiableSet(EnumSet.of(
            Reason.RATE_LIMITED,
            Reason.QUOTA_EXHAUSTED,
            Reason.UNAUTHORIZED,
            Reason.FORBIDDEN,
            Reason.MODEL_NOT_FOUND,
            Reason.TIMED_OUT,
            Reason.UNAVAILABLE,
            Reason.MALFORMED_ANSWER,
            Reason.UNUSABLE_PICTURE,
            Reason.OPTION_NOT_HONOURED));

    FallbackPolicy() {}

    /**
     * Returns a builder that starts from the defaults.
     *
     * @return a new builder
     */
    public static FallbackPolicyBuilder builder() {
        return new FallbackPolicyBuilder();
    }

    /**
     * Returns the defaults.
     *
     * @return a policy
     */
    public static FallbackPolicy ofDefaults() {
        return builder().build();
    }

    /**
     * Returns the policy that never moves on: the first model's failure is the call's, and so is Pictor's own refusal to
     * ask it. Which model is first is for the router to say.
     *
     * @return a policy
     */
    public static FallbackPolicy none() {
        return builder().reasons(Set.of()).afterRefusal(false).build();
    }

    /**
     * The failures that move a call on. Default: all but {@link Reason#INVALID_REQUEST},
     * {@link Reason#BLOCKED_BY_POLICY} and {@link Reason#CANCELLED}. The first two may be asked for, the last may not.
     *
     * @return the reasons
     */
    @Value.Default
    public Set<Reason> reasons() {
        return DEFAULT_REASONS;
    }

    /**
     * Whether a call moves on after a failure that may have been charged: {@link Billed#UNKNOWN_OUTCOME} or
     * {@link Billed#BILLED_UNUSABLE}. Default: true.
     *
     * @return false if a call that may have been charged is never made a second time elsewhere
     */
    @Value.Default
    public boolean afterMaybeBilled() {
        return true;
    }

    /**
     * Whether a call moves on when Pictor itself did not let it through to a model: no free place, an open breaker, too
     * little left of a budget. Default: true.
     *
     * @return false if the refusal is the call's end
     */
    @Value.Default
    public boolean afterRefusal() {
        return true;
    }

    /**
     * Returns whether a failure moves the call on to the next model.
     *
     * @param failure of the model before
     * @return true if the next one is asked
     */
    public boolean movesOn(ModelException failure) {
        return movesOn(failure.reason(), failure.billed());
    }

    /**
     * Returns whether a failure moves the call on to the next model.
     *
     * @param reason what went wrong
     * @param billed whether it may have been charged
     * @return true if the next one is asked
     */
    public boolean movesOn(Reason reason, Billed billed) {
        boolean isFree = billed == Billed.NOT_SENT || billed == Billed.REJECTED;
        return reasons().contains(reason) && (isFree || afterMaybeBilled());
    }

    /**
     * Checks the reasons.
     *
     * @throws IllegalArgumentException if a cancelled call would move on
     */
    @Value.Check
    void check() {
        if (reasons().contains(Reason.CANCELLED)) {
            throw new IllegalArgumentException("reasons must not hold CANCELLED: who stops a call stops all of it");
        }
    }
}
