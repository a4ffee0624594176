package dev.pictor.gateway.cache;

import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** How much of its answers a gateway keeps, how long and where. Immutable. */
@Value.Immutable
public abstract class CacheSettings {

    /** The default of {@link #maxBytes()}: 67,108,864 (64 MiB). */
    public static final long DEFAULT_MAX_BYTES = 64L << 20;

    /** The default of {@link #timeToLive()}: 1 day. */
    public static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofDays(1);

    /** The default of {@link #storeTimeLimit()}: 50 ms. */
    public static final Duration DEFAULT_STORE_TIME_LIMIT = Duration.ofMillis(50);

    private static final Duration MAX_TIME_TO_LIVE = Duration.ofDays(365);
    private static final Duration MAX_STORE_TIME_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_VERSION_CHARS = 100;

    private static final CacheSettings NONE = builder().maxBytes(0).build();
    private static final CacheSettings DEFAULTS = builder().build();

    CacheSettings() {}

    /**
     * Returns the settings of a cache that keeps nothing.
     *
     * @return no memory and no store
     */
    public static CacheSettings none() {
        return NONE;
    }

    /**
     * Returns the settings that nobody changed.
     *
     * @return 64 MiB of memory, for a day, and no store
     */
    public static CacheSettings ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder that begins with the defaults.
     *
     * @return a new builder
     */
    public static CacheSettingsBuilder builder() {
        return new CacheSettingsBuilder();
    }

    /**
     * How much memory answers may take, those on their way to the store included: an eighth of it is theirs if there is a
     * store. Default: 67,108,864 (64 MiB).
     *
     * @return bytes, 0 or more; 0 keeps nothing and goes with no store
     */
    @Value.Default
    public long maxBytes() {
        return DEFAULT_MAX_BYTES;
    }

    /**
     * How long an answer is given out, from the moment the model gave it. Default: 1 day.
     *
     * @return 1 ms to 365 days
     */
    @Value.Default
    public Duration timeToLive() {
        return DEFAULT_TIME_TO_LIVE;
    }

    /**
     * Names what is kept in the store: nothing that was kept under another version is given out. Default: {@code 1}.
     *
     * @return 1 to 100 printable ASCII characters
     */
    @Value.Default
    public String version() {
        return "1";
    }

    /**
     * Where processes share answers. Default: empty, which keeps them in this process's memory alone.
     *
     * @return the store; whoever made it closes it
     */
    public abstract Optional<CacheStore> store();

    /**
     * How long a call waits for the store before it goes on without. Default: 50 ms.
     *
     * @return 1 ms to 10 s
     */
    @Value.Default
    public Duration storeTimeLimit() {
        return DEFAULT_STORE_TIME_LIMIT;
    }

    /**
     * Whether a picture that a better model drew serves a call that would go to another one: what is there costs nothing.
     * It counts as better only if the quality of both is known, for the domain and style of the call, and that of the one
     * that answered is no less. Nothing is shared between models where the request has a seed, vendor options or a
     * conversation, where a model has options of its own, or where the caller insists on a model. Default: false; each
     * model's answers are given for that model alone.
     *
     * @return true if it does
     */
    @Value.Default
    public boolean fromBetterModels() {
        return false;
    }

    /**
     * Returns whether anything is kept.
     *
     * @return false if every look-up is in vain
     */
    public final boolean isEnabled() {
        return maxBytes() > 0;
    }

    @Value.Check
    void check() {
        if (maxBytes() < 0) {
            throw new IllegalArgumentException("maxBytes must be 0 or more, was " + maxBytes());
        }
        if (maxBytes() == 0 && store().isPresent()) {
            throw new IllegalArgumentException("maxBytes must be at least 1 with a store, was 0");
        }
        checkTime("timeToLive", timeToLive(), MAX_TIME_TO_LIVE);
        checkTime("storeTimeLimit", storeTimeLimit(), MAX_STORE_TIME_LIMIT);
        if (version().isEmpty()
                || version().length() > MAX_VERSION_CHARS
                || !version().chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("version must be 1 to " + MAX_VERSION_CHARS
                    + " printable ASCII characters without spaces, was \"" + version() + "\"");
        }
    }

    private static void checkTime(String name, Duration time, Duration most) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be 1 ms to " + most + ", was " + time);
        }
    }
}
