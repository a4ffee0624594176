package dev.pictor.adapter.gemini;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.model.ModelProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Builds a {@link GeminiImageAdapter}. Not thread-safe. */
public final class GeminiImageAdapterBuilder {

    private static final URI GOOGLE = URI.create("https://generativelanguage.googleapis.com");
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MIN_CONNECT_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofMinutes(1);
    private static final Pattern KEY = Pattern.compile("[!-~]{1,512}");

    private final String apiKey;
    private ModelProfile profile = GeminiModels.profiles().get(0);
    private URI baseUrl = GOOGLE;
    private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;

    GeminiImageAdapterBuilder(String apiKey) {
        if (!KEY.matcher(apiKey).matches()) { // checked here because OkHttp's own message would show the key
            throw new IllegalArgumentException("apiKey must be 1 to 512 printable ASCII characters without blanks");
        }
        this.apiKey = apiKey;
    }

    /**
     * Chooses a model from the catalogue. Default: {@code gemini-nano-banana-2.1}, the first of
     * {@link GeminiModels#profiles()}.
     *
     * @param id its id, or one of its aliases
     * @return this builder
     * @throws IllegalArgumentException if the catalogue does not have it; see {@link #model(ModelProfile)}
     */
    @CanIgnoreReturnValue
    public GeminiImageAdapterBuilder model(String id) {
        profile = GeminiModels.find(id)
                .orElseThrow(() -> new IllegalArgumentException("model must be one of "
                        + GeminiModels.profiles().stream().map(ModelProfile::id).toList() + ", was " + id
                        + "; give the profile of any other model"));
        return this;
    }

    /**
     * Chooses a model by a profile of your own: a newer model than the catalogue knows, or other prices.
     *
     * @param profile what the model is, can do and costs; its id is sent to Google
     * @return this builder
     * @throws IllegalArgumentException if it promises what the adapter cannot do: a mask, a seed, more than one picture
     */
    @CanIgnoreReturnValue
    public GeminiImageAdapterBuilder model(ModelProfile profile) {
        if (profile.supportsMask() || profile.supportsSeed() || profile.maxCount() != 1) {
            throw new IllegalArgumentException(
                    "profile must promise no mask, no seed and a count of 1, was " + profile.id());
        }
        this.profile = profile;
        return this;
    }

    /**
     * Sends requests, and the key with them, somewhere else: to a proxy, or to a server in a test. Default:
     * {@code https://generativelanguage.googleapis.com}.
     *
     * @param baseUrl an http or https address; {@code /v1beta/models/..} is added to it
     * @return this builder
     * @throws IllegalArgumentException if it is no such address, or has a query or a fragment
     */
    @CanIgnoreReturnValue
    public GeminiImageAdapterBuilder baseUrl(URI baseUrl) {
        String scheme = String.valueOf(baseUrl.getScheme()).toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme)
                || baseUrl.getHost() == null
                || baseUrl.getRawQuery() != null
                || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException("baseUrl must be an http or https address, was " + baseUrl);
        }
        this.baseUrl = baseUrl;
        return this;
    }

    /**
     * Bounds the time to reach the server, within the deadline of the call. Default: 10 s.
     *
     * @param connectTimeout 1 ms to 1 min
     * @return this builder
     * @throws IllegalArgumentException if {@code connectTimeout} is outside that range
     */
    @CanIgnoreReturnValue
    public GeminiImageAdapterBuilder connectTimeout(Duration connectTimeout) {
        requireNonNull(connectTimeout, "connectTimeout");
        if (connectTimeout.compareTo(MIN_CONNECT_TIMEOUT) < 0 || connectTimeout.compareTo(MAX_CONNECT_TIMEOUT) > 0) {
            throw new IllegalArgumentException("connectTimeout must be " + MIN_CONNECT_TIMEOUT + " to "
                    + MAX_CONNECT_TIMEOUT + ", was " + connectTimeout);
        }
        this.connectTimeout = connectTimeout;
        return this;
    }

    /**
     * Builds the adapter. Nothing is sent, and the environment is not read for settings.
     *
     * @return the adapter, to be closed by the caller
     */
    public GeminiImageAdapter build() {
        return new GeminiImageAdapter(profile, new GeminiConnection(profile.id(), apiKey, baseUrl, connectTimeout));
    }

    @Override
    public String toString() {
        return "GeminiImageAdapterBuilder[" + profile.id() + "]";
    }
}
