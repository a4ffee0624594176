package dev.pictor.gateway.routing;

import java.time.Duration;
import org.immutables.value.Value;

/** How often models that are down are probed. Immutable. */
@Value.Immutable
public abstract class ProbeSettings {

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    ProbeSettings() {}

    /**
     * Returns a builder that starts from the defaults.
     *
     * @return a new builder
     */
    public static ProbeSettingsBuilder builder() {
        return new ProbeSettingsBuilder();
    }

    /**
     * Returns the defaults.
     *
     * @return settings
     */
    public static ProbeSettings ofDefaults() {
        return builder().build();
    }

    /**
     * How long to wait before the first probe and between two. Default: 10 s.
     *
     * @return 1 s or more
     */
    @Value.Default
    public Duration interval() {
        return Duration.ofSeconds(10);
    }

    /**
     * How long one probe may take. Default: 5 s.
     *
     * @return more than zero
     */
    @Value.Default
    public Duration limit() {
        return Duration.ofSeconds(5);
    }

    /**
     * How many models are probed at once; more are not probed. Default: 100.
     *
     * @return 1 or more
     */
    @Value.Default
    public int maxModels() {
        return 100;
    }

    @Value.Check
    void check() {
        if (interval().compareTo(MIN_INTERVAL) < 0) {
            throw new IllegalArgumentException("interval must be " + MIN_INTERVAL + " or more, was " + interval());
        }
        if (limit().isNegative() || limit().isZero()) {
            throw new IllegalArgumentException("limit must be more than zero, was " + limit());
        }
        if (maxModels() < 1) {
            throw new IllegalArgumentException("maxModels must be 1 or more, was " + maxModels());
        }
    }
}
