package dev.pictor.model.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes that are not kept: their SHA-256, what they are, and how many. Not thread-safe. */
final class Digested {

    private static final int HEAD = 16;
    private static final int BLOCK = 8 << 10; // whole groups of four

    private final MessageDigest sha256;
    private final byte[] head = new byte[HEAD];
    private long count;

    private final byte[] base64 = new byte[BLOCK];
    private final byte[] decoded = new byte[BLOCK / 4 * 3];
    private int used;

    Digested() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    void add(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length && count + i < HEAD; i++) {
            head[(int) count + i] = bytes[offset + i];
        }
        sha256.update(bytes, offset, length);
        count += length;
    }

    /** Adds bytes in base64, of either alphabet. Padding is left out. */
    void addBase64(byte[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte c = text[i];
            if (c != '=') {
                base64[used++] = (byte) (c == '-' ? '+' : c == '_' ? '/' : c);
                if (used == BLOCK) {
                    decode();
                }
            }
        }
    }

    private void decode() {
        int whole = used % 4 == 1 ? used - 1 : used; // six bits are no byte
        if (whole > 0) {
            int length = Base64.getDecoder().decode(Arrays.copyOf(base64, whole), decoded);
            add(decoded, 0, length);
        }
        used = 0;
    }

    /** Ends it: nothing may be added any more. */
    String describe() {
        decode();
        return "sha256:" + HexFormat.of().formatHex(sha256.digest()) + ", "
                + mediaType(head, (int) Math.min(count, HEAD))
                        .map(type -> type + ", ")
                        .orElse("") + count + " bytes";
    }

    /** Tells pictures and documents by their first bytes. */
    static Optional<String> mediaType(byte[] head, int length) {
        String begin = new String(head, 0, length, ISO_8859_1);
        if (begin.startsWith("\u0089PNG\r\n")) {
            return Optional.of("image/png");
        }
        if (begin.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        }
        if (begin.startsWith("RIFF") && begin.startsWith("WEBP", 8)) {
            return Optional.of("image/webp");
        }
        if (begin.startsWith("GIF8")) {
            return Optional.of("image/gif");
        }
        return begin.startsWith("%PDF-") ? Optional.of("application/pdf") : Optional.empty();
    }
}
