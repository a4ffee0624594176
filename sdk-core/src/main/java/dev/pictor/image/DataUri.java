package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.NOT_AN_IMAGE;
import static dev.pictor.image.ImageRejectedException.Reason.TOO_MANY_BYTES;
import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Pictures as data URIs (RFC 2397), base64 only. Messages never hold what was given: it is content of a picture. */
final class DataUri {

    private static final Pattern HEAD =
            Pattern.compile("data:image/[a-z0-9][a-z0-9.+-]*;base64", Pattern.CASE_INSENSITIVE);

    /** No image type that is registered comes near it. */
    private static final int MAX_HEAD_CHARS = 100;

    private DataUri() {}

    static String encode(ImageFormat format, byte[] bytes) {
        return "data:" + format.mediaType() + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] decode(String uri, int maxBytes) {
        requireNonNull(uri, "uri");
        int comma = uri.indexOf(',');
        if (comma < 0
                || comma > MAX_HEAD_CHARS
                || !HEAD.matcher(uri.substring(0, comma)).matches()) {
            throw new ImageRejectedException(
                    NOT_AN_IMAGE, "data URI must begin like data:image/png;base64, and nothing else before the comma");
        }
        int start = comma + 1;
        int chars = uri.length() - start;
        if (chars % 4 != 0) {
            throw new ImageRejectedException(
                    NOT_AN_IMAGE,
                    "base64 of a data URI must be padded to a multiple of 4 characters, has " + chars
                            + "; it is cut off or was changed on the way");
        }
        long count = chars / 4 * 3L - padding(uri, start);
        if (count > maxBytes) {
            throw new ImageRejectedException(
                    TOO_MANY_BYTES, "picture has " + count + " bytes, the limit is " + maxBytes);
        }
        int foreign = firstForeign(uri, start);
        if (foreign >= 0) {
            throw new ImageRejectedException(
                    NOT_AN_IMAGE,
                    "data URI has a character at " + foreign + " that is not of base64 (A-Z, a-z, 0-9, + and /)");
        }
        return Base64.getDecoder().decode(uri.substring(start).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static int padding(String uri, int start) {
        int end = uri.length();
        if (end == start || uri.charAt(end - 1) != '=') {
            return 0;
        }
        return uri.charAt(end - 2) == '=' ? 2 : 1;
    }

    private static int firstForeign(String uri, int start) {
        int end = uri.length() - padding(uri, start);
        for (int i = start; i < end; i++) {
            char c = uri.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            boolean known = letter || (c >= '0' && c <= '9') || c == '+' || c == '/';
            if (!known) {
                return i;
            }
        }
        return -1;
    }
}
