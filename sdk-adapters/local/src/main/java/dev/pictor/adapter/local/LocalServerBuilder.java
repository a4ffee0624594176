package dev.pictor.adapter.local;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.Imaging;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings of a {@link LocalServer}. Not thread-safe. */
public final class LocalServerBuilder {

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Pattern KEY = Pattern.compile("[!-~]{1,512}");
    private static final Pattern PATH_END = Pattern.compile("/*(/v1/*)?$");

    URI baseUrl;
    ServerProfile profile;
    Optional<String> apiKey = Optional.empty();
    Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    Duration idleTimeout = DEFAULT_IDLE_TIMEOUT;
    Imaging imaging = Imaging.ofDefaults();

    LocalServerBuilder(URI baseUrl, ServerProfile profile) {
        this.baseUrl = checked(baseUrl);
        this.profile = profile;
    }

    /**
     * Sets where the server listens. Default: where a server of its kind usually does.
     *
     * @param baseUrl an http or https address; {@code /v1/..} is added to it, a {@code /v1} at its end is taken off
     * @return this builder
     * @throws IllegalArgumentException if it is no such address, or has a query or a fragment
     */
    @CanIgnoreReturnValue
    public LocalServerBuilder baseUrl(URI baseUrl) {
        this.baseUrl = checked(baseUrl);
        return this;
    }

    /**
     * Sets what the server takes. Default: by the method that made this builder.
     *
     * @param profile one of {@link ServerProfile#builtIn()}, or one of your own
     * @return this builder
     */
    @CanIgnoreReturnValue
    public LocalServerBuilder profile(ServerProfile profile) {
        this.profile = requireNonNull(profile, "profile");
        return this;
    }

    /**
     * Sets the key that is sent as a bearer token. Default: none.
     *
     * @param apiKey 1 to 512 printable ASCII characters without blanks; it is sent to the base URL and shown nowhere
     * @return this builder
     * @throws IllegalArgumentException if the key has another form
     */
    @CanIgnoreReturnValue
    public LocalServerBuilder apiKey(String apiKey) {
        if (!KEY.matcher(apiKey).matches()) {
            throw new IllegalArgumentException("apiKey must be 1 to 512 printable ASCII characters without blanks");
        }
        this.apiKey = Optional.of(apiKey);
        return this;
    }

    /**
     * Bounds the time to reach the server, within the deadline of a call. Default: 10 s.
     *
     * @param timeout 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is outside that range
     */
    @CanIgnoreReturnValue
    public LocalServerBuilder connectTimeout(Duration timeout) {
        this.connectTimeout = checked(timeout, "connectTimeout");
        return this;
    }

    /**
     * Bounds how long nothing may come of an answer that has begun. Before it begins only the call's own time counts: a
     * model that is loaded first takes minutes. Default: 30 s.
     *
     * @param timeout 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is outside that range
     */
    @CanIgnoreReturnValue
    public LocalServerBuilder idleTimeout(Duration timeout) {
        this.idleTimeout = checked(timeout, "idleTimeout");
        return this;
    }

    /**
     * Sets what converts pictures that the server does not read, and masks. Default: {@link Imaging#ofDefaults()}, which
     * reads JPEG and PNG; WebP takes the codec of {@code sdk-adapter-imaging}.
     *
     * @param imaging decodes and encodes
     * @return this builder
     */
    @CanIgnoreReturnValue
    public LocalServerBuilder imaging(Imaging imaging) {
        this.imaging = requireNonNull(imaging, "imaging");
        return this;
    }

    /**
     * Builds the way to the server. Nothing is sent, and the environment is not read.
     *
     * @return a new server, to be closed by the caller
     */
    public LocalServer build() {
        return new LocalServer(this);
    }

    @Override
    public String toString() {
        return "LocalServerBuilder[" + profile.name() + " at " + baseUrl + "]";
    }

    private static URI checked(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme)
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException("baseUrl must be an http or https address without user, query and"
                    + " fragment, was of the scheme " + scheme + " and host " + url.getHost());
        }
        return URI.create(PATH_END.matcher(url.toString()).replaceFirst(""));
    }

    private static Duration checked(Duration value, String name) {
        if (value.toMillis() < 1 || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(name + " must be 1 ms to 10 min, was " + value);
        }
        return value;
    }
}
