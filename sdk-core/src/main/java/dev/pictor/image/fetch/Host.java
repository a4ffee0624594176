package dev.pictor.image.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host of a URL: a name to resolve, or an address in one of the forms that programs take for one. Immutable.
 *
 * @param name lower case without a final dot; of an address, its usual form without brackets
 * @param literal the address, or null if the name must be resolved
 */
record Host(String name, @Nullable InetAddress literal) {

    private static final int MAX_NAME_CHARS = 253;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    /** Returns the host, or null if the text is none. */
    static @Nullable Host parse(String text) {
        if (text.startsWith("[")) {
            InetAddress address = text.endsWith("]") ? ipv6(text.substring(1, text.length() - 1)) : null;
            return address == null ? null : ofAddress(address);
        }
        String name = text.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.length() > MAX_NAME_CHARS || !NAME.matcher(name).matches()) {
            return null;
        }
        if (NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches()) {
            InetAddress address = ipv4(name);
            return address == null ? null : ofAddress(address);
        }
        return new Host(name, null);
    }

    /** Reads an address in its usual form, for settings. */
    static @Nullable InetAddress plainAddress(String text) {
        if (text.indexOf(':') >= 0) {
            return ipv6(text);
        }
        InetAddress address = ipv4(text);
        return address != null && address.getHostAddress().equals(text) ? address : null;
    }

    private static Host ofAddress(InetAddress address) {
        InetAddress plain = AddressRule.plain(address);
        return new Host(plain.getHostAddress(), plain);
    }

    /** An address in brackets is never looked up by the JDK; a scope, which needs a percent sign, is no part of a URL here. */
    private static @Nullable InetAddress ipv6(String text) {
        if (!IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName("[" + text + "]");
        } catch (UnknownHostException e) {
            return null; // malformed, which the caller tells
        }
    }

    /**
     * Reads IPv4 as browsers do (url.spec.whatwg.org, "IPv4 parser"): one to four decimal, octal or hexadecimal numbers,
     * the last of which fills the bytes that are left.
     */
    private static @Nullable InetAddress ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long value = number(parts[i]);
            int bytes = i < parts.length - 1 ? 1 : 5 - parts.length;
            if (value < 0 || value >= 1L << (8 * bytes)) {
                return null;
            }
            address = (address << (8 * bytes)) | value;
        }
        byte[] bytes = {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv4 address has 4 bytes", e);
        }
    }

    /** Returns the value, or -1 if it is no number or beyond 32 bits. */
    private static long number(String digits) {
        if (!NUMBER.matcher(digits).matches()) {
            return -1;
        }
        boolean hexadecimal = digits.startsWith("0x");
        boolean octal = !hexadecimal && digits.length() > 1 && digits.startsWith("0");
        String significant = digits.replaceFirst(hexadecimal ? "^0x0*" : "^0+", "");
        if (significant.isEmpty()) {
            return 0;
        }
        if (significant.length() > 11 || (octal && !significant.matches("[0-7]+"))) {
            return -1;
        }
        long value = Long.parseLong(significant, hexadecimal ? 16 : octal ? 8 : 10);
        return value >> 32 == 0 ? value : -1;
    }

    /** As a URL writes it. */
    @Override
    public String toString() {
        return name.indexOf(':') >= 0 ? "[" + name + "]" : name;
    }
}
