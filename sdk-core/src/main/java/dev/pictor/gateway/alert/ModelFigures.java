package dev.pictor.gateway.alert;

import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** What was counted of the calls to one model within a window. Immutable. */
@Value.Immutable
public abstract class ModelFigures {

    ModelFigures() {}

    /**
     * Returns a builder for a model without rate limits and answers.
     *
     * @param calls how many calls were answered or failed, 0 or more
     * @param errorRate the share of those that failed, 0 to 1
     * @return a new builder
     */
    public static ModelFiguresBuilder builder(int calls, double errorRate) {
        return new ModelFiguresBuilder().calls(calls).errorRate(errorRate);
    }

    /**
     * How many calls were answered or failed.
     *
     * @return 0 or more
     */
    public abstract int calls();

    /**
     * The share of those that failed.
     *
     * @return 0 to 1
     */
    public abstract double errorRate();

    /**
     * How many calls were turned away for their rate. Default: 0.
     *
     * @return 0 or more
     */
    @Value.Default
    public int rateLimited() {
        return 0;
    }

    /**
     * In what time 19 of 20 answers came. Default: empty, which means that there was none.
     *
     * @return the time
     */
    public abstract Optional<Duration> p95();

    @Value.Check
    void check() {
        if (calls() < 0 || rateLimited() < 0) {
            throw new IllegalArgumentException(
                    "counts must be 0 or more, were " + calls() + " calls and " + rateLimited() + " rate limited");
        }
        if (!(errorRate() >= 0 && errorRate() <= 1)) {
            throw new IllegalArgumentException("errorRate must be 0 to 1, was " + errorRate());
        }
    }
}
