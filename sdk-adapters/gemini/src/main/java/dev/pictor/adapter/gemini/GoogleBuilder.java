package dev.pictor.adapter.gemini;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.catalogue.ModelCatalogue;
import dev.pictor.catalogue.ModelKind;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.http.ModelHttp;
import dev.pictor.model.http.ModelHttpBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What all adapters of this artifact can be told. Not thread-safe.
 *
 * @param <B> the builder that it is
 */
abstract class GoogleBuilder<B extends GoogleBuilder<B>> {

    private static final String DEFAULT_MODEL = "balanced";

    private final GoogleAccess access;
    private final ModelCatalogue catalogue;
    private final ModelKind kind;
    private ModelProfile profile;
    private URI baseUrl;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration idleTimeout = Duration.ofSeconds(30);

    GoogleBuilder(GoogleAccess access, ModelKind kind) {
        this(access, GeminiModels.catalogue(), kind);
    }

    GoogleBuilder(GoogleAccess access, ModelCatalogue catalogue, ModelKind kind) {
        this.access = access;
        this.catalogue = catalogue;
        this.kind = kind;
        this.profile = find(DEFAULT_MODEL);
        this.baseUrl = access.home();
    }

    private ModelProfile find(String name) {
        return access.served(catalogue.profile(kind, name));
    }

    abstract B self();

    /** Checks that the adapter can do what a profile promises. */
    abstract void check(ModelProfile promised);

    /**
     * Chooses a model from the catalogue. Default: {@code balanced}.
     *
     * @param name its id, an alias, the name of a retired model, or a tier: {@code fast}, {@code balanced}, {@code best}
     * @return this builder
     * @throws IllegalArgumentException if the catalogue has none: the message lists those that it has; give the
     *     {@linkplain #profile(ModelProfile) profile} of any other model
     */
    @CanIgnoreReturnValue
    public B model(String name) {
        profile = find(requireNonNull(name, "name"));
        return self();
    }

    /**
     * Chooses a model by a profile of your own: a newer model than the catalogue knows, or other prices.
     *
     * @param profile what the model is, can do and costs; its id is sent to Google
     * @return this builder
     * @throws IllegalArgumentException if it promises what the adapter cannot do: the message names it
     */
    @CanIgnoreReturnValue
    public B profile(ModelProfile profile) {
        check(requireNonNull(profile, "profile"));
        this.profile = profile;
        return self();
    }

    /**
     * Sends requests, and key or token with them, somewhere else: to a proxy, or to a server in a test. Default:
     * {@code https://generativelanguage.googleapis.com} with a key, the host of the location on Vertex AI.
     *
     * @param baseUrl an http or https address; {@code /v1beta/..} or {@code /v1/..} is added to it
     * @return this builder
     * @throws IllegalArgumentException if it is no such address, or has a query or a fragment
     */
    @CanIgnoreReturnValue
    public B baseUrl(URI baseUrl) {
        String scheme = String.valueOf(baseUrl.getScheme()).toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme)
                || baseUrl.getHost() == null
                || baseUrl.getRawQuery() != null
                || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException("baseUrl must be an http or https address, was " + baseUrl);
        }
        this.baseUrl = baseUrl;
        return self();
    }

    /**
     * Bounds the time to reach the server, within the deadline of the call. Default: 10 s.
     *
     * @param connectTimeout 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if {@code connectTimeout} is outside that range
     */
    @CanIgnoreReturnValue
    public B connectTimeout(Duration connectTimeout) {
        ModelHttp.builder().connectTimeout(connectTimeout);
        this.connectTimeout = connectTimeout;
        return self();
    }

    /**
     * Bounds how long nothing may come of an answer that has begun, within the deadline of the call. Default: 30 s.
     *
     * @param idleTimeout 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if {@code idleTimeout} is outside that range
     */
    @CanIgnoreReturnValue
    public B idleTimeout(Duration idleTimeout) {
        ModelHttp.builder().idleTimeout(idleTimeout);
        this.idleTimeout = idleTimeout;
        return self();
    }

    ModelProfile profile() {
        return profile;
    }

    URI baseUrl() {
        return baseUrl;
    }

    ModelHttp http() {
        ModelHttpBuilder http = ModelHttp.builder()
                .connectTimeout(connectTimeout)
                .idleTimeout(idleTimeout)
                .errorReasons(GeminiFailures::reason);
        access.secret().ifPresent(http::addSecret);
        return http.build();
    }

    GeminiConnection connection() {
        return new GeminiConnection(profile.id(), access, baseUrl, http());
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + profile.id() + "]";
    }
}
