package dev.pictor.intent;

import dev.pictor.pipeline.RunOptions;
import java.time.Duration;
import org.immutables.value.Value;

/** When words are enough, when to ask a model, and when to ask the user. Immutable. */
@Value.Immutable
public abstract class IntentSettings {

    private static final IntentSettings DEFAULTS = builder().build();

    IntentSettings() {}

    /**
     * Returns the defaults.
     *
     * @return a model below 0.9, for 2 seconds at most; suggestions below 0.8 and questions below 0.5
     */
    public static IntentSettings ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static IntentSettingsBuilder builder() {
        return new IntentSettingsBuilder();
    }

    /**
     * Below this confidence of the words a model is asked, if there is one. Default: 0.9, since words that are surer than they
     * should be are mostly ambiguous ones.
     *
     * @return {@link #proceedFrom()} to 1; 1 to ask about every wish
     */
    @Value.Default
    public double askModelBelow() {
        return Math.max(0.9, proceedFrom());
    }

    /**
     * From this confidence on the user is not asked, and words need no model. Default: 0.8.
     *
     * @return 0 to 1
     */
    @Value.Default
    public double proceedFrom() {
        return 0.8;
    }

    /**
     * Below this confidence the user is asked, if that is possible; from it on, the intent is suggested. Default: 0.5.
     *
     * @return 0 to {@link #proceedFrom()}
     */
    @Value.Default
    public double suggestFrom() {
        return 0.5;
    }

    /**
     * Below this confidence words say nothing. Default: 0.3.
     *
     * @return 0 to {@link #suggestFrom()}
     */
    @Value.Default
    public double keywordsFrom() {
        return 0.3;
    }

    /**
     * How long a model may take to read a wish, with a second answer where the first does not fit. Default: 2 seconds.
     *
     * @return more than nothing, at most 1 day
     */
    @Value.Default
    public Duration modelTime() {
        return Duration.ofSeconds(2);
    }

    /**
     * Whether a model is asked at all, if there is one. Default: true.
     *
     * @return false to leave it to the words
     */
    @Value.Default
    public boolean askModel() {
        return true;
    }

    /**
     * How many analyses are kept in memory, for wishes that come again. Default: 1,000.
     *
     * @return 0 for none, to 1,000,000
     */
    @Value.Default
    public int cachedAnalyses() {
        return 1_000;
    }

    /**
     * How long an analysis is kept. Default: 7 days.
     *
     * @return more than nothing
     */
    @Value.Default
    public Duration cachedFor() {
        return Duration.ofDays(7);
    }

    @Value.Check
    void check() {
        Checks.unit(proceedFrom(), "proceedFrom");
        Checks.unit(suggestFrom(), "suggestFrom");
        Checks.unit(keywordsFrom(), "keywordsFrom");
        if (suggestFrom() > proceedFrom() || keywordsFrom() > suggestFrom()) {
            throw new IllegalArgumentException("keywordsFrom, suggestFrom and proceedFrom must not fall, were "
                    + keywordsFrom() + ", " + suggestFrom() + " and " + proceedFrom());
        }
        Checks.unit(askModelBelow(), "askModelBelow");
        if (askModelBelow() < proceedFrom()) {
            throw new IllegalArgumentException("askModelBelow must be at least proceedFrom, which is " + proceedFrom()
                    + ", was " + askModelBelow());
        }
        positive(modelTime(), "modelTime");
        if (modelTime().compareTo(RunOptions.MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException(
                    "modelTime must be at most " + RunOptions.MAX_DEADLINE + ", was " + modelTime());
        }
        positive(cachedFor(), "cachedFor");
        if (cachedAnalyses() < 0 || cachedAnalyses() > 1_000_000) {
            throw new IllegalArgumentException("cachedAnalyses must be 0 to 1000000, was " + cachedAnalyses());
        }
    }

    private static void positive(Duration time, String name) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException(name + " must be more than nothing, was " + time);
        }
    }
}
