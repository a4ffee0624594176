package dev.pictor.gateway;

import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.model.Money;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.ContentLevel;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** How one call is made, where it differs from the gateway's settings. Immutable. */
@Value.Immutable
public abstract class CallOptions {

    private static final CallOptions DEFAULTS = builder().build();

    CallOptions() {}

    /**
     * Returns the defaults.
     *
     * @return caches used, model by the router, no limit but the budgets'
     */
    public static CallOptions ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static CallOptionsBuilder builder() {
        return new CallOptionsBuilder();
    }

    /**
     * How the caches are used, if the gateway has any. Default: {@link CacheMode#USE}.
     *
     * @return the mode
     */
    @Value.Default
    public CacheMode cacheMode() {
        return CacheMode.USE;
    }

    /**
     * The one model that may serve the call, by id or alias. Default: empty, which leaves it to the router.
     *
     * @return the model
     */
    public abstract Optional<String> forceModel();

    /**
     * The most that one attempt may cost by its estimate. The parts of a request that asks for more pictures than its model
     * draws at once count as one. Default: empty, which means no limit but the budgets'.
     *
     * @return an amount
     */
    public abstract Optional<Money> maxCost();

    /**
     * How long the call may take with all its attempts, for callers who would rather go on without an answer. Then it is
     * stopped and fails with {@link dev.pictor.model.ModelFailure.Reason#TIMED_OUT}. The two calls that {@link
     * Gateway#ask} may make share it; the second is not made where less is left of it than the first took. Default: empty, which means as long as the run.
     *
     * @return more than nothing, at most 1 day
     */
    public abstract Optional<Duration> timeLimit();

    /**
     * What the router goes by beside the request, such as the tier of the user. No vendor gets it, and it is no part of a
     * cache key. It is recorded with the choice of the model. Default: none.
     *
     * @return the attributes
     */
    @Value.Default
    public CallAttributes attributes() {
        return CallAttributes.none();
    }

    /**
     * Whether a prompt longer than the model reads is cut at a word, with a warning, rather than refused. Default:
     * false.
     *
     * @return true if it may be cut
     */
    @Value.Default
    public boolean shortenPrompt() {
        return false;
    }

    /**
     * Whether every option of the request must be honoured. A model that is known not to is not asked, and one that turns
     * out not to has failed, both with {@link dev.pictor.model.ModelFailure.Reason#OPTION_NOT_HONOURED}; another model is
     * asked then, if there is one. Options for another vendor than the model's count as not honoured. What comes of a model
     * that had been asked is paid for. Default: false; the answer has a warning for each.
     *
     * @return true if a warning of an option is a failure
     */
    @Value.Default
    public boolean strictOptions() {
        return false;
    }

    /**
     * The most content that is recorded of the call. It only lowers what the run says. Default: empty, which means as
     * much as of the run.
     *
     * @return the level
     */
    public abstract Optional<ContentLevel> content();

    /**
     * Whether, when no model serves, the nearest cached picture will do. It is marked with its own prompt and its
     * likeness. Needs a semantic cache. Default: false.
     *
     * @return true if it will
     */
    @Value.Default
    public boolean lastResort() {
        return false;
    }

    @Value.Check
    void check() {
        timeLimit().ifPresent(limit -> {
            if (limit.isZero() || limit.isNegative() || limit.compareTo(RunOptions.MAX_DEADLINE) > 0) {
                throw new IllegalArgumentException("timeLimit must be more than nothing and at most "
                        + RunOptions.MAX_DEADLINE + ", was " + limit);
            }
        });
    }
}
