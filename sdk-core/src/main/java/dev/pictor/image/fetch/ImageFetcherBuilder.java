package dev.pictor.image.fetch;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImageLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLSocketFactory;

/** Builds an {@link ImageFetcher}. Not thread-safe. */
public final class ImageFetcherBuilder {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    private static final int DEFAULT_REDIRECTS = 3;
    private static final int MAX_REDIRECTS = 20;
    private static final int DEFAULT_HEADER_BYTES = 32_768;
    private static final int MIN_HEADER_BYTES = 256;
    private static final int MAX_HEADER_BYTES = 1 << 20;

    private final Set<Integer> allowedPorts = new TreeSet<>(Set.of(80, 443));
    private final List<Network> allowedNetworks = new ArrayList<>();
    private HostResolver resolver = HostResolver.system();
    private ImageLimits limits = ImageLimits.ofDefaults();
    private Duration timeout = DEFAULT_TIMEOUT;
    private int maxRedirects = DEFAULT_REDIRECTS;
    private int maxHeaderBytes = DEFAULT_HEADER_BYTES;
    private SSLSocketFactory tls = (SSLSocketFactory) SSLSocketFactory.getDefault();

    ImageFetcherBuilder() {}

    /**
     * Sets what finds the addresses of hosts. Default: {@link HostResolver#system()}. Its answers are judged like any
     * other.
     *
     * @param resolver asked once for each request
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ImageFetcherBuilder resolver(HostResolver resolver) {
        this.resolver = requireNonNull(resolver, "resolver");
        return this;
    }

    /**
     * Sets what pictures may be. Default: {@link ImageLimits#ofDefaults()}. At most one byte beyond
     * {@link ImageLimits#maxBytes()} is read, and nothing if the server declares more.
     *
     * @param limits checked on the bytes that came
     * @return this builder
     */
    @CanIgnoreReturnValue
    public ImageFetcherBuilder limits(ImageLimits limits) {
        this.limits = requireNonNull(limits, "limits");
        return this;
    }

    /**
     * Bounds a whole fetch: connecting, TLS, all redirects and the last byte. Default: 10 s. The time that a
     * {@link HostResolver} takes counts, but is not cut short.
     *
     * @param timeout from the start of the fetch, 1 ms to 10 min
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is outside that range
     */
    @CanIgnoreReturnValue
    public ImageFetcherBuilder timeout(Duration timeout) {
        requireNonNull(timeout, "timeout");
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout must be 1 ms to 10 min, was " + timeout);
        }
        this.timeout = timeout;
        return this;
    }

    /**
     * Sets how many redirects are followed; each is judged like the first URL. Default: 3.
     *
     * @param maxRedirects 0 to 20
     * @return this builder
     * @throws IllegalArgumentException if {@code maxRedirects} is outside that range
     */
    @CanIgnoreReturnValue
    public ImageFetcherBuilder maxRedirects(int maxRedirects) {
        this.maxRedirects = within(0, MAX_REDIRECTS, maxRedirects, "maxRedirects");
        return this;
    }

    /**
     * Bounds status line and header fields of each answer. Default: 32,768.
     *
     * @param maxHeaderBytes bytes, 256 to 1,048,576
     * @return this builder
     * @throws IllegalArgumentException if {@code maxHeaderBytes} is outside that range
     */
    @CanIgnoreReturnValue
    public ImageFetcherBuilder maxHeaderBytes(int maxHeaderBytes) {
        this.maxHeaderBytes = within(MIN_HEADER_BYTES, MAX_HEADER_BYTES, maxHeaderBytes, "maxHeaderBytes");
        return this;
    }

    /**
     * Allows another port, for http and https. Default: 80 and 443. With each, whoever writes URLs can knock on another
     * door of any public host.
     *
     * @param port 1 to 65535
     * @return this builder
     * @throws IllegalArgumentException if {@code port} is outside that range
     */
    @CanIgnoreReturnValue
    public ImageFetcherBuilder addAllowedPort(int port) {
        allowedPorts.add(within(1, 65_535, port, "port"));
        return this;
    }

    /**
     * Allows a network that is not public, such as that of an internal picture store. Default: none.
     *
     * <p><b>Danger.</b> Whoever writes URLs, or answers with redirects, can then make this process send requests to every
     * host in that network. Name the few addresses that serve pictures ({@code 10.1.2.3/32}), use a fetcher with this
     * setting only for URLs from people who may reach them anyway, and never allow loopback or link-local networks: the
     * metadata services of clouds, which hand out credentials, live there.
     *
     * @param network an address and the number of leading bits that count, such as {@code 10.1.2.0/24} or
     *     {@code fd00:1::/32}; an IPv4 network also stands for its IPv4-mapped form
     * @return this builder
     * @throws IllegalArgumentException if {@code network} is no such form, or its address has bits beyond those that count
     */
    @CanIgnoreReturnValue
    public ImageFetcherBuilder addAllowedNetwork(String network) {
        allowedNetworks.add(Network.parse(network));
        return this;
    }

    /** Sets whom TLS trusts, for tests. */
    @CanIgnoreReturnValue
    ImageFetcherBuilder tls(SSLSocketFactory tls) {
        this.tls = tls;
        return this;
    }

    /**
     * Builds it.
     *
     * @return a fetcher that does not see later changes to this builder
     */
    public ImageFetcher build() {
        return new ImageFetcher(this);
    }

    private static int within(int min, int max, int value, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", was " + value);
        }
        return value;
    }

    Set<Integer> allowedPorts() {
        return new TreeSet<>(allowedPorts);
    }

    AddressRule addressRule() {
        return new AddressRule(allowedNetworks);
    }

    HostResolver resolver() {
        return resolver;
    }

    ImageLimits limits() {
        return limits;
    }

    Duration timeout() {
        return timeout;
    }

    int maxRedirects() {
        return maxRedirects;
    }

    int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    SSLSocketFactory tls() {
        return tls;
    }
}
