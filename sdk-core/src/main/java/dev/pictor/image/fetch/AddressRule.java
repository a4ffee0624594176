package dev.pictor.image.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be connected to: public ones and those that the application allows. Immutable.
 *
 * <p>Sources, as of 2025: the IANA IPv4 and IPv6 Special-Purpose Address Registries
 * (iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry), multicast by RFC 5771, IPv6 global
 * unicast by RFC 4291. A block that the registries call not globally reachable is refused whole, with the few reachable
 * exceptions inside 192.0.0.0/24 and 2001::/23, since no picture is served from them.
 */
final class AddressRule {

    private record Special(Network network, String name) {}

    private static final List<Special> SPECIAL = List.of(
            special("0.0.0.0/8", "this network, RFC 791"),
            special("10.0.0.0/8", "private, RFC 1918"),
            special("100.64.0.0/10", "shared by a carrier's customers, RFC 6598"),
            special("127.0.0.0/8", "loopback, RFC 1122"),
            special("169.254.0.0/16", "link-local with metadata services, RFC 3927"),
            special("172.16.0.0/12", "private, RFC 1918"),
            special("192.0.0.0/24", "protocol assignments, RFC 6890"),
            special("192.0.2.0/24", "documentation, RFC 5737"),
            special("192.88.99.0/24", "former 6to4 relays, RFC 7526"),
            special("192.168.0.0/16", "private, RFC 1918"),
            special("198.18.0.0/15", "benchmarking, RFC 2544"),
            special("198.51.100.0/24", "documentation, RFC 5737"),
            special("203.0.113.0/24", "documentation, RFC 5737"),
            special("224.0.0.0/4", "multicast, RFC 5771"),
            special("255.255.255.255/32", "broadcast, RFC 919"),
            special("240.0.0.0/4", "reserved, RFC 1112"),
            // public by registry, but answered by the host of a virtual machine:
            // learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
            special("168.63.129.16/32", "the platform of Azure"),
            special("::/128", "unspecified, RFC 4291"),
            special("::1/128", "loopback, RFC 4291"),
            special("::/96", "IPv4-compatible, RFC 4291"),
            special("64:ff9b:1::/48", "local translation, RFC 8215"),
            special("100::/64", "discard only, RFC 6666"),
            special("2001::/32", "Teredo, RFC 4380"),
            special("2001::/23", "protocol assignments, RFC 2928"),
            special("2001:db8::/32", "documentation, RFC 3849"),
            special("2002::/16", "6to4, RFC 3056"),
            special("3fff::/20", "documentation, RFC 9637"),
            special("5f00::/16", "segment routing, RFC 9602"),
            special("fc00::/7", "unique local, RFC 4193"),
            special("fe80::/10", "link-local, RFC 4291"),
            special("fec0::/10", "site-local, RFC 3879"),
            special("ff00::/8", "multicast, RFC 4291"));

    private static final Network IPV6_GLOBAL = Network.parse("2000::/3");

    /** Where resolvers of IPv6-only networks put IPv4 addresses (RFC 6052): judged by the address inside. */
    private static final Network TRANSLATED = Network.parse("64:ff9b::/96");

    private final List<Network> allowed;

    AddressRule(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Tells why an address in its {@link #plain} form may not be connected to, or null if it may. */
    @Nullable
    String refusal(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address)) ? null : whyNotPublic(address);
    }

    static @Nullable String whyNotPublic(InetAddress address) {
        for (Special special : SPECIAL) {
            if (special.network().contains(address)) {
                return special.name();
            }
        }
        if (TRANSLATED.contains(address)) {
            byte[] bytes = address.getAddress();
            return whyNotPublic(of(Arrays.copyOfRange(bytes, 12, 16)));
        }
        boolean ipv6 = address.getAddress().length == 16;
        return ipv6 && !IPV6_GLOBAL.contains(address) ? "not of global unicast, RFC 4291" : null;
    }

    /** The address without a host name or scope, and IPv4 where it is IPv4 dressed as IPv6 (::ffff:0:0/96). */
    static InetAddress plain(InetAddress address) {
        return of(address.getAddress());
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes, this one " + bytes.length, e);
        }
    }

    private static Special special(String network, String name) {
        return new Special(Network.parse(network), network + ", " + name);
    }
}
