package dev.pictor.image.fetch;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** The addresses that begin with the same bits, IPv4 or IPv6. Immutable. */
final class Network {

    private final byte[] base;
    private final int prefixBits;

    private Network(byte[] base, int prefixBits) {
        this.base = base;
        this.prefixBits = prefixBits;
    }

    /** Reads a form like {@code 10.0.0.0/8} or {@code fd00::/8}, strictly: a slip here opens a door. */
    static Network parse(String text) {
        requireNonNull(text, "network");
        int slash = text.indexOf('/');
        InetAddress address = slash < 0 ? null : Host.plainAddress(text.substring(0, slash));
        int bits = slash < 0 ? -1 : bits(text.substring(slash + 1));
        if (address == null || bits < 0 || bits > address.getAddress().length * 8) {
            throw malformed(text, null);
        }
        Network network = new Network(address.getAddress(), bits);
        for (int bit = bits; bit < network.base.length * 8; bit++) {
            if ((network.base[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                throw malformed(text, "its address has bits beyond the first " + bits);
            }
        }
        return network;
    }

    private static int bits(String digits) {
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
    }

    private static IllegalArgumentException malformed(String text, @Nullable String why) {
        return new IllegalArgumentException("network must look like 10.0.0.0/8 or fd00::/8, was \"" + text + "\""
                + (why == null ? "" : ": " + why));
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != base.length) {
            return false;
        }
        int whole = prefixBits / 8;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != base[i]) {
                return false;
            }
        }
        int rest = prefixBits % 8;
        return rest == 0 || ((bytes[whole] ^ base[whole]) & 0xFF) >> (8 - rest) == 0;
    }
}
