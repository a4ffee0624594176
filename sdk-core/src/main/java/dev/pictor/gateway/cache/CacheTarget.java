package dev.pictor.gateway.cache;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** Which model is asked, how and for whom: the part of a {@link CacheKey} that is not in the request. Immutable. */
@Value.Immutable
public abstract class CacheTarget {

    CacheTarget() {}

    /**
     * Returns a builder.
     *
     * @param provider who serves the model
     * @param model the model's id
     * @return a new builder
     */
    public static CacheTargetBuilder builder(String provider, String model) {
        return new CacheTargetBuilder().provider(provider).model(model);
    }

    /**
     * Who serves the model.
     *
     * @return as its profile names it
     */
    public abstract String provider();

    /**
     * The model that answers, not an alias and not the one that was asked for first.
     *
     * @return its id
     */
    public abstract String model();

    /**
     * Which state of the model answers, where one id stands for several. Default: empty.
     *
     * @return the vendor's word for it
     */
    public abstract Optional<String> modelVersion();

    /**
     * The tenant whose answers these are. Nobody is given another tenant's answer. Default: empty, which is a tenant of
     * its own.
     *
     * @return the tenant's id
     */
    public abstract Optional<String> tenant();

    /**
     * Vendor options that are set for this model rather than in the request. Default: none.
     *
     * @return names and JSON-like values
     */
    @Value.Redacted
    public abstract Map<String, Object> options();

    /**
     * What else an answer depends on, such as the versions of templates and policies. Default: none.
     *
     * @return names and their versions
     */
    public abstract Map<String, String> versions();
}
