package dev.pictor.image.fetch;

import dev.pictor.image.fetch.ImageFetchException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Status and header fields of an answer, read by RFC 9112 without its leniencies: no folded lines, no space before a
 * colon, one value for each field that matters. The others are checked and forgotten.
 */
final class Head {

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( [\\t\\x20-\\x7E\\x80-\\xFF]*)?");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):([\\t\\x20-\\x7E\\x80-\\xFF]*)");

    private static final Set<String> KEPT =
            Set.of("location", "content-length", "transfer-encoding", "content-encoding");

    private final Target target;
    private final int status;
    private final Map<String, String> fields = new HashMap<>();

    private Head(Target target, int status) {
        this.target = target;
        this.status = status;
    }

    /** Reads the final head; what the server says before it (100 to 199) counts as header bytes too. */
    static Head read(Target target, InputStream in, int maxBytes) throws IOException {
        Lines lines = new Lines(target, in, maxBytes);
        Head head;
        do {
            Matcher status = STATUS_LINE.matcher(lines.next());
            if (!status.matches()) {
                throw target.failure(Reason.BAD_ANSWER, "the answer does not begin with a status line of HTTP/1");
            }
            head = new Head(target, Integer.parseInt(status.group(1)));
            for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
                head.add(line);
            }
        } while (head.status < 200 && head.status != 101);
        return head;
    }

    private void add(String line) {
        Matcher field = FIELD.matcher(line);
        if (!field.matches()) {
            throw target.failure(Reason.BAD_ANSWER, "the answer has a malformed header field");
        }
        String name = field.group(1).toLowerCase(Locale.ROOT);
        String value = field.group(2).strip();
        String first = KEPT.contains(name) ? fields.putIfAbsent(name, value) : null;
        if (first != null && !first.equals(value)) {
            throw target.failure(Reason.BAD_ANSWER, "the answer has several different values of " + name);
        }
    }

    int status() {
        return status;
    }

    /** Returns the value of a field, which is one of those that are kept. */
    @Nullable
    String field(String lowerCaseName) {
        return fields.get(lowerCaseName);
    }
}
