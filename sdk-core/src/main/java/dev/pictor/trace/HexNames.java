package dev.pictor.trace;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of artifacts in text of any kind. Whatever looks like one counts, in damaged lines too: what is kept too long
 * does less harm than what is missed.
 */
final class HexNames {

    private static final int LENGTH = 64;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private HexNames() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Adds every run of 64 lower-case hexadecimal digits. */
    static void find(byte[] text, Set<String> into) {
        int from = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length || !isDigit(text[at])) {
                if (at - from == LENGTH) {
                    into.add(new String(text, from, LENGTH, StandardCharsets.US_ASCII));
                }
                from = at + 1;
            }
        }
    }

    private static boolean isDigit(byte c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
