package dev.pictor.image.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of a host. An {@link ImageFetcher} asks once for each request it makes, judges every address of the
 * answer, and connects to one of those very addresses.
 *
 * <p><b>Threads.</b> Called from many threads at once.
 *
 * <p><b>Blocking and deadline.</b> May block. The time counts, but nothing cuts it short: the JVM's resolver can be
 * neither timed nor interrupted. An implementation that can, should keep to a few seconds.
 *
 * <p><b>Errors.</b> {@link UnknownHostException} if there is no such host or the name service fails. Unchecked exceptions
 * go to the caller of the fetcher as they are.
 *
 * <p><b>Closing.</b> Whoever made the resolver closes it.
 */
@FunctionalInterface
public interface HostResolver {

    /**
     * Returns the addresses of a host.
     *
     * @param host a name of lower-case letters, digits, hyphens, underscores and dots; never an address
     * @return in the order in which to try them; empty means that there is no such host
     * @throws UnknownHostException if there is no such host or the name service fails
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * Returns the JVM's resolver, with its cache.
     *
     * @return {@link InetAddress#getAllByName}
     */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
