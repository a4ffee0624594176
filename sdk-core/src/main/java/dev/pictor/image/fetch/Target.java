package dev.pictor.image.fetch;

import dev.pictor.image.fetch.ImageFetchException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one request goes: a URL that the rules let pass, but for the addresses behind its host. Immutable.
 *
 * @param url as given; it has no user name
 * @param secure whether it is https
 * @param host whom to ask
 * @param port 1 to 65535
 * @param requestTarget path and query in ASCII, from the first slash
 * @param shown how messages name it
 */
record Target(URI url, boolean secure, Host host, int port, String requestTarget, String shown) {

    private static final int MAX_TARGET_CHARS = 8_000;
    private static final int MAX_SHOWN_PATH_CHARS = 200;
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::([0-9]{0,5}))?");

    /**
     * Checks a URL. It reads the host itself: {@link URI} knows none in {@code 0x7f.1}, which others take for 127.0.0.1.
     *
     * @param from whose redirect led here, or null
     */
    static Target of(URI url, Set<Integer> allowedPorts, @Nullable Target from) {
        String origin = from == null ? "" : " (redirected from " + from.shown() + ")";
        String scheme = url.getScheme();
        if (scheme == null) {
            throw refusal(Reason.INVALID_URL, origin, "the URL has no scheme; write it out from https://");
        }
        boolean secure = scheme.equalsIgnoreCase("https");
        if (!secure && !scheme.equalsIgnoreCase("http")) {
            throw refusal(
                    Reason.SCHEME_REFUSED, origin, "only http and https are fetched, not " + cut(scheme, 20) + ":");
        }
        String authority = url.getRawAuthority();
        if (authority == null) {
            throw refusal(Reason.INVALID_URL, origin, "the URL has no host");
        }
        if (authority.indexOf('@') >= 0) {
            throw refusal(
                    Reason.USER_INFO_REFUSED,
                    origin,
                    "the URL holds a user name or password; take out all up to the @");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        Host host = parts.matches() ? Host.parse(parts.group(1)) : null;
        if (host == null) {
            throw refusal(
                    Reason.INVALID_URL,
                    origin,
                    "the URL's host is no name of letters, digits, hyphens and dots (write others in their xn-- form) and"
                            + " no address, or its port is no number: " + cut(authority, 100));
        }
        int port = port(parts.group(2), secure);
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String all = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
        String ascii = ascii(all.getBytes(StandardCharsets.UTF_8));
        String shown = scheme.toLowerCase(Locale.ROOT) + "://" + host + (isDefault(port, secure) ? "" : ":" + port)
                + cut(path, MAX_SHOWN_PATH_CHARS) + origin;
        if (ascii.length() > MAX_TARGET_CHARS) {
            throw refusal(
                    Reason.INVALID_URL,
                    " " + shown,
                    "path and query may have " + MAX_TARGET_CHARS + " characters, have " + ascii.length());
        }
        if (!allowedPorts.contains(port)) {
            throw refusal(Reason.PORT_REFUSED, " " + shown, "the allowed ports are " + allowedPorts);
        }
        return new Target(url, secure, host, port, ascii, shown);
    }

    /** Writes all but visible ASCII with percent signs. */
    static String ascii(byte[] bytes) {
        StringBuilder ascii = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (b > ' ' && b < 0x7F) {
                ascii.append((char) b);
            } else {
                ascii.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return ascii.toString();
    }

    private static int port(@Nullable String digits, boolean secure) {
        if (digits == null || digits.isEmpty()) {
            return secure ? 443 : 80;
        }
        return Integer.parseInt(digits);
    }

    private static boolean isDefault(int port, boolean secure) {
        return port == (secure ? 443 : 80);
    }

    private static ImageFetchException refusal(Reason reason, String which, String why) {
        return new ImageFetchException(reason, "cannot fetch a picture" + which + ": " + why);
    }

    private static String cut(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars) + "...";
    }

    ImageFetchException failure(Reason reason, String why) {
        return failure(reason, why, null);
    }

    ImageFetchException failure(Reason reason, String why, @Nullable Throwable cause) {
        return new ImageFetchException(reason, "cannot fetch " + shown + ": " + why, cause);
    }

    /** All that is ever sent. The same for everybody, but for host, path and query. */
    String request() {
        return "GET " + requestTarget + " HTTP/1.1\r\n"
                + "Host: " + host + (isDefault(port, secure) ? "" : ":" + port) + "\r\n"
                + "User-Agent: pictor\r\n"
                + "Accept: image/png, image/jpeg, image/webp;q=0.9, */*;q=0.1\r\n"
                + "Accept-Encoding: identity\r\n"
                + "Connection: close\r\n"
                + "\r\n";
    }

    @Override
    public String toString() {
        return shown;
    }
}
