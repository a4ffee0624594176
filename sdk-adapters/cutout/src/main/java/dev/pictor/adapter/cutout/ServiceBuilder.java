package dev.pictor.adapter.cutout;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.Imaging;
import dev.pictor.model.ModelProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the builders of both services have in common. Not thread-safe. */
abstract class ServiceBuilder<B extends ServiceBuilder<B>> {

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofMinutes(1);
    private static final Pattern KEY = Pattern.compile("[!-~]{1,512}");

    final String apiKey;
    ModelProfile profile;
    Imaging imaging = Imaging.ofDefaults();
    Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;

    private URI baseUrl;

    ServiceBuilder(String apiKey, String modelId, ServiceTerms terms) {
        if (!KEY.matcher(apiKey).matches()) { // the JDK's own message would show the key
            throw new IllegalArgumentException("apiKey must be 1 to 512 printable ASCII characters without blanks");
        }
        this.apiKey = apiKey;
        this.profile = CutoutModels.profile(modelId);
        this.baseUrl = terms.address();
    }

    abstract B self();

    /**
     * Sets what the service says it is, such as with a price of your own contract. Default: as in
     * {@link CutoutModels#catalogue()}.
     *
     * @param profile the profile; nothing of it is sent
     * @return this builder
     */
    @CanIgnoreReturnValue
    public B profile(ModelProfile profile) {
        this.profile = requireNonNull(profile, "profile");
        return self();
    }

    /**
     * Sends requests, and the key with them, somewhere else: to a proxy, or to a server in a test. Default: the service's
     * own address.
     *
     * @param baseUrl an http or https address; the path of the API is added to it
     * @return this builder
     * @throws IllegalArgumentException if it is no such address, or has a query or a fragment
     */
    @CanIgnoreReturnValue
    public B baseUrl(URI baseUrl) {
        String scheme = String.valueOf(baseUrl.getScheme()).toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme)
                || baseUrl.getHost() == null
                || baseUrl.getRawUserInfo() != null
                || baseUrl.getRawQuery() != null
                || baseUrl.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "baseUrl must be an http or https address without user, query or fragment");
        }
        this.baseUrl = baseUrl;
        return self();
    }

    /**
     * Bounds the time to reach the service, within the deadline of the call. Default: 10 s.
     *
     * @param connectTimeout 1 ms to 1 min
     * @return this builder
     * @throws IllegalArgumentException if {@code connectTimeout} is outside that range
     */
    @CanIgnoreReturnValue
    public B connectTimeout(Duration connectTimeout) {
        if (connectTimeout.toMillis() < 1 || connectTimeout.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("connectTimeout must be 1 ms to 1 min, was " + connectTimeout);
        }
        this.connectTimeout = connectTimeout;
        return self();
    }

    /**
     * Sets what converts pictures that the service does not take as they are. Default: {@link Imaging#ofDefaults()}, which
     * reads JPEG and PNG.
     *
     * @param imaging such as one with the codecs of {@code sdk-adapter-imaging}
     * @return this builder
     */
    @CanIgnoreReturnValue
    public B imaging(Imaging imaging) {
        this.imaging = requireNonNull(imaging, "imaging");
        return self();
    }

    URI uri(String path) {
        String base = baseUrl.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + profile.id() + "]";
    }
}
