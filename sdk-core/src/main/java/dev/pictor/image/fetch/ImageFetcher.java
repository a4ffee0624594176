package dev.pictor.image.fetch;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.fetch.ImageFetchException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pictures from URLs that may come from strangers. Immutable and thread-safe; everything works on the caller's
 * thread. Pictor fetches nothing by itself: there is no default fetcher, and none is used that was not given.
 *
 * <ul>
 *   <li><b>Where to.</b> http and https on ports 80 and 443, and only public addresses. A host may be written in any of
 *       the ways programs read as an address; it is judged by the address. All addresses that a name resolves to must
 *       pass. Redirects are judged anew, and none leads from https to http.
 *   <li><b>The address that was checked is the one that is connected to.</b> A name is resolved once for each request, and
 *       the connection is made to an address of that answer, past proxies and without another look-up, so a name that
 *       changes its mind (DNS rebinding) gains nothing. {@code java.net.http.HttpClient} resolves names itself and cannot
 *       be given an address without losing the host name for TLS; therefore this class speaks HTTP/1.1 on its own, one
 *       request a connection.
 *   <li><b>What is sent.</b> Host, path, query and a few fixed header fields: no cookie, no credential, no referrer.
 *       Proxies and authenticators of the JVM are not used. TLS trusts what the JVM trusts by default.
 *   <li><b>What comes back.</b> Bounded in time, bytes, header bytes and redirects. The declared type is not believed:
 *       bytes that are no picture are refused.
 * </ul>
 *
 * <p>A body without a length ends when the connection does, so a cut in it is seen only when the picture is decoded.
 */
public final class ImageFetcher {

    private final Set<Integer> allowedPorts;
    private final AddressRule addressRule;
    private final HostResolver resolver;
    private final ImageLimits limits;
    private final Duration timeout;
    private final int maxRedirects;
    private final int maxHeaderBytes;
    private final SSLSocketFactory tls;

    ImageFetcher(ImageFetcherBuilder builder) {
        this.allowedPorts = builder.allowedPorts();
        this.addressRule = builder.addressRule();
        this.resolver = builder.resolver();
        this.limits = builder.limits();
        this.timeout = builder.timeout();
        this.maxRedirects = builder.maxRedirects();
        this.maxHeaderBytes = builder.maxHeaderBytes();
        this.tls = builder.tls();
    }

    /**
     * Returns a builder with the defaults: public addresses, ports 80 and 443, 10 s, 3 redirects.
     *
     * @return a new builder
     */
    public static ImageFetcherBuilder builder() {
        return new ImageFetcherBuilder();
    }

    /**
     * Fetches a picture. An interrupt closes the connection, except while a name is being resolved.
     *
     * @param url absolute, http or https; a fragment is not sent
     * @return the picture
     * @throws ImageFetchException if the URL is refused or no complete answer came
     * @throws dev.pictor.image.ImageRejectedException if the bytes are no known picture, or it is too large
     * @throws InterruptedException if the thread was interrupted before the picture was complete
     */
    public ImageBytes fetch(URI url) throws InterruptedException {
        requireNonNull(url, "url");
        Deadline deadline = Deadline.in(timeout);
        Target target = Target.of(url, allowedPorts, null);
        Answer answer = ask(target, deadline);
        int redirects = 0;
        while (answer instanceof Redirect redirect) {
            if (++redirects > maxRedirects) {
                throw target.failure(
                        Reason.TOO_MANY_REDIRECTS,
                        "it redirects again, and the limit of " + maxRedirects + " is reached");
            }
            Target next = Target.of(redirect.to(), allowedPorts, target);
            if (target.secure() && !next.secure()) {
                throw next.failure(Reason.DOWNGRADE_REFUSED, "a redirect from https to http is not followed");
            }
            target = next;
            answer = ask(target, deadline);
        }
        return ((Picture) answer).image();
    }

    private sealed interface Answer permits Picture, Redirect {}

    private record Picture(ImageBytes image) implements Answer {}

    private record Redirect(URI to) implements Answer {}

    private Answer ask(Target target, Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before fetching " + target);
        }
        List<InetAddress> addresses = checkedAddresses(target);
        try (Connection connection = Connection.open(target, addresses, tls, deadline)) {
            connection.send(target.request());
            InputStream in = connection.in();
            Head head = Head.read(target, in, maxHeaderBytes);
            return switch (head.status()) {
                case 200 -> new Picture(ImageBytes.read(Body.open(target, head, in, limits.maxBytes()), limits));
                case 301, 302, 303, 307, 308 -> new Redirect(location(target, head));
                default ->
                    throw new ImageFetchException(
                            "cannot fetch " + target + ": the status is " + head.status(), head.status());
            };
        } catch (UncheckedIOException e) {
            throw failure(target, deadline, e.getCause());
        } catch (IOException e) {
            throw failure(target, deadline, e);
        }
    }

    /** Resolves a name, once, and returns what it gave if all of it may be connected to. */
    private List<InetAddress> checkedAddresses(Target target) {
        InetAddress literal = target.host().literal();
        Set<InetAddress> addresses = new LinkedHashSet<>();
        if (literal != null) {
            addresses.add(literal);
        } else {
            for (InetAddress address : resolve(target)) {
                addresses.add(AddressRule.plain(address));
            }
        }
        for (InetAddress address : addresses) {
            String refusal = addressRule.refusal(address);
            if (refusal != null) {
                throw target.failure(
                        Reason.ADDRESS_REFUSED,
                        "its host is at an address that is not public (" + refusal + ") and not allowed");
            }
        }
        return List.copyOf(addresses);
    }

    private List<InetAddress> resolve(Target target) {
        try {
            List<InetAddress> found = resolver.resolve(target.host().name());
            if (found.isEmpty()) {
                throw target.failure(Reason.HOST_NOT_FOUND, "its host has no address");
            }
            return found;
        } catch (UnknownHostException e) {
            throw target.failure(Reason.HOST_NOT_FOUND, "its host is unknown, or the name service failed", e);
        }
    }

    /** What a parser says of a bad URL quotes it whole, so it is no cause. */
    private static URI location(Target target, Head head) {
        String location = head.field("location");
        if (location == null || location.isEmpty()) {
            throw target.failure(Reason.BAD_ANSWER, "it redirects to nowhere");
        }
        try {
            return resolve(target.url(), new URI(Target.ascii(location.getBytes(StandardCharsets.ISO_8859_1))));
        } catch (URISyntaxException e) {
            throw target.failure(
                    Reason.BAD_ANSWER,
                    "it redirects to what is no URL (" + e.getReason() + " at " + e.getIndex() + ")");
        }
    }

    /**
     * Resolves by RFC 3986, where a lone query keeps the path; {@link URI#resolve} goes by the older RFC 2396, and puts no
     * slash after a bare host.
     */
    private static URI resolve(URI url, URI location) throws URISyntaxException {
        if (location.isAbsolute()) {
            return location;
        }
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        URI base = new URI(url.getScheme() + "://" + url.getRawAuthority() + path);
        boolean queryOnly =
                location.getRawAuthority() == null && location.getRawPath().isEmpty() && location.getRawQuery() != null;
        return queryOnly ? new URI(base + "?" + location.getRawQuery()) : base.resolve(location);
    }

    private static ImageFetchException failure(Target target, Deadline deadline, @Nullable IOException cause)
            throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException interrupted = new InterruptedException("interrupted while fetching " + target);
            interrupted.initCause(cause);
            throw interrupted;
        }
        if (deadline.isOver()) {
            return target.failure(Reason.TIMED_OUT, "the answer was not complete in time", cause);
        }
        if (cause instanceof SSLException
                && !(cause.getCause() instanceof EOFException)
                && !(cause.getCause() instanceof SocketException)) {
            return target.failure(Reason.TLS_FAILED, "TLS failed: " + cause.getMessage(), cause);
        }
        return target.failure(Reason.CONNECTION_FAILED, "there is no connection, or it broke", cause);
    }
}
