package dev.pictor.secret;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds credentials by the name before them, in whatever text: members of JSON, also of JSON inside a string, parameters of
 * a query or form, lines of headers. One pass; not thread-safe; used once.
 */
final class NamedSecrets {

    private static final int LONGEST_NAME = 64;
    private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token", "apikey", "digest", "key");

    private final String text;
    private final SecretNames names;
    private final String mark;
    private @Nullable StringBuilder hidden;
    /** Up to where the text is in {@link #hidden} already. */
    private int copied;

    NamedSecrets(String text, SecretNames names, String mark) {
        this.text = text;
        this.names = names;
        this.mark = mark;
    }

    /** Returns the text itself if there is nothing in it. */
    String hide() {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '=' || c == ':') {
                at = Math.max(at, afterValue(at) - 1);
            }
        }
        return hidden == null
                ? text
                : hidden.append(text, copied, text.length()).toString();
    }

    /** Hides the value after a separator if the name before it says so. Returns where it ends, or 0. */
    private int afterValue(int separator) {
        int end = separator;
        boolean quoted = false;
        boolean spaced = false;
        while (end > 0 && (isQuote(text.charAt(end - 1)) || text.charAt(end - 1) == ' ')) {
            end--;
            quoted |= isQuote(text.charAt(end));
            spaced |= text.charAt(end) == ' ';
        }
        int start = end;
        while (start > 0 && end - start < LONGEST_NAME && isOfName(text.charAt(start - 1))) {
            start--;
        }
        if (start == end) {
            return 0;
        }
        String name = text.substring(start, end);
        boolean inQuery = start > 0 && "?&;".indexOf(text.charAt(start - 1)) >= 0;
        boolean tells;
        if (text.charAt(separator) == '=') {
            tells = !quoted && !spaced && (inQuery ? names.isParameter(name) : names.isHeader(name));
        } else {
            tells = quoted ? names.isHeader(name) : names.isUnmistakable(name);
        }
        return tells ? hideValue(separator + 1, name.regionMatches(true, name.length() - 6, "cookie", 0, 6)) : 0;
    }

    private int hideValue(int from, boolean wholeLine) {
        int start = from;
        boolean quoted = false;
        int slashes = 0;
        while (start < text.length() && (" [\\\"'".indexOf(text.charAt(start)) >= 0)) {
            quoted |= text.charAt(start) == '"' || text.charAt(start) == '\'';
            slashes += text.charAt(start) == '\\' ? 1 : 0;
            start++;
        }
        int end = quoted ? quotedEnd(start, text.charAt(start - 1), slashes > 0) : plainEnd(start, wholeLine);
        if (end == start || text.startsWith(mark, start) || text.charAt(start) == '{') {
            return 0; // hidden already, or with members of its own
        }
        if (hidden == null) {
            hidden = new StringBuilder(text.length());
        }
        hidden.append(text, copied, start).append(mark);
        copied = end;
        return end;
    }

    private int quotedEnd(int start, char quote, boolean escaped) {
        int end = start;
        while (end < text.length() && text.charAt(end) != quote) {
            if (text.charAt(end) == '\\') {
                if (escaped) {
                    return end;
                }
                end++;
            }
            end++;
        }
        return Math.min(end, text.length());
    }

    private int plainEnd(int start, boolean wholeLine) {
        String stops = wholeLine ? "\r\n" : " \t\r\n,;&\"'<>)]}\\#";
        int end = start;
        while (end < text.length() && stops.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        boolean isScheme = !wholeLine
                && end < text.length()
                && text.charAt(end) == ' '
                && SCHEMES.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
        return isScheme ? plainEnd(end + 1, false) : end;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '\\';
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
