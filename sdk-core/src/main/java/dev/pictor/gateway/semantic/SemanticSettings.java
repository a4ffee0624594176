package dev.pictor.gateway.semantic;

import java.time.Duration;
import org.immutables.value.Value;

/**
 * Whether a stored answer may serve a prompt that is worded differently, and how near the two must be. Off unless
 * asked for: {@link #none()} is the default of everything that takes these settings. Immutable.
 */
@Value.Immutable
public abstract class SemanticSettings {

    private static final SemanticSettings NONE = builder().enabled(false).build();

    SemanticSettings() {}

    /**
     * Returns settings that switch it off.
     *
     * @return not enabled
     */
    public static SemanticSettings none() {
        return NONE;
    }

    /**
     * Returns a builder of settings that switch it on, with the defaults for the rest.
     *
     * @return a new builder
     */
    public static SemanticSettingsBuilder builder() {
        return new SemanticSettingsBuilder();
    }

    /**
     * Whether prompts are compared at all. Default: true, for settings made by {@link #builder()}.
     *
     * @return true if they are
     */
    @Value.Default
    public boolean enabled() {
        return true;
    }

    /**
     * The least cosine between the vectors of two prompts that may share an answer. Default: 0.8. What the prompts
     * tell must agree whatever the cosine, see {@link AttributeGuard}: no threshold alone keeps a red chair from a
     * blue one.
     *
     * @return 0 to 1; 1 is the same direction
     */
    @Value.Default
    public double threshold() {
        return 0.8;
    }

    /**
     * How many prompts are remembered, over all envelopes. Default: 10,000, about 35 MB with vectors of 768
     * numbers and prompts of 30 words.
     *
     * @return entries, 1 to 1,000,000
     */
    @Value.Default
    public int maxEntries() {
        return 10_000;
    }

    /**
     * How long a model may take for the vector of a prompt. After that the call goes on without a look-up. Default: 2 s,
     * and never more than a quarter of the time that the call has left.
     *
     * @return 1 ms to 1 min
     */
    @Value.Default
    public Duration embeddingLimit() {
        return Duration.ofSeconds(2);
    }

    @Value.Check
    void check() {
        if (embeddingLimit().compareTo(Duration.ofMillis(1)) < 0
                || embeddingLimit().compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("embeddingLimit must be 1 ms to 1 min, was " + embeddingLimit());
        }
        if (!(threshold() >= 0 && threshold() <= 1)) {
            throw new IllegalArgumentException("threshold must be 0 to 1, was " + threshold());
        }
        if (maxEntries() < 1 || maxEntries() > SemanticIndex.MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "maxEntries must be 1 to " + SemanticIndex.MAX_ENTRIES + ", was " + maxEntries());
        }
    }
}
