package dev.pictor.trace;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes HTML whose tags are always closed. Names of tags and attributes are ours; text and attribute values may be
 * anybody's and are escaped here, and nowhere else. Characters that a reader cannot see but that change what is seen
 * (controls, reversals of direction, lone surrogates) are written as their code points. Not thread-safe.
 */
final class HtmlWriter {

    /** Within the page, a picture's bytes, or a picture beside the page or in its bundle. */
    private static final Pattern LINK =
            Pattern.compile("#|data:image/|pictures/[0-9a-f]{64}\\.[a-z]{3,4}$|blobs/[0-9a-f]{64}$");

    private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** Opens a tag. Attributes are names and values in turn. */
    @CanIgnoreReturnValue
    HtmlWriter open(String tag, String... attributes) {
        tag(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Closes the tag that was opened last. */
    @CanIgnoreReturnValue
    HtmlWriter close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Writes a tag that has neither content nor end. */
    @CanIgnoreReturnValue
    HtmlWriter empty(String tag, String... attributes) {
        tag(tag, attributes);
        return this;
    }

    /** Writes a tag around text. */
    @CanIgnoreReturnValue
    HtmlWriter leaf(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    @CanIgnoreReturnValue
    HtmlWriter text(String text) {
        text.codePoints().forEach(c -> {
            if (isHidden(c)) {
                out.append("<span class=\"hidden\">").append(name(c)).append("</span>");
            } else {
                escape(c);
            }
        });
        return this;
    }

    /** Writes text as it is laid out. A parser drops the first line break after the tag, so it gets one to drop. */
    @CanIgnoreReturnValue
    HtmlWriter pre(String text) {
        open("pre");
        out.append('\n');
        return text(text).close();
    }

    /** Writes a style sheet of ours, which is not escaped. */
    @CanIgnoreReturnValue
    HtmlWriter style(String css) {
        out.append("<style>").append(css).append("</style>");
        return this;
    }

    /** Writes a script of ours, which is not escaped either. */
    @CanIgnoreReturnValue
    HtmlWriter script(String js) {
        out.append("<script>").append(js).append("</script>");
        return this;
    }

    /** Returns the page. All tags must be closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return out.append('\n').toString();
    }

    private void tag(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            attribute(attributes[i], attributes[i + 1]);
        }
        out.append('>');
    }

    private void attribute(String name, String value) {
        if (name.equals("href") && !LINK.matcher(value).lookingAt()) {
            throw new IllegalArgumentException("a report links only into itself, not to " + value);
        }
        out.append(' ').append(name).append("=\"");
        value.codePoints().forEach(c -> {
            if (isHidden(c)) {
                out.append(name(c));
            } else {
                escape(c);
            }
        });
        out.append('"');
    }

    private void escape(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(c);
        }
    }

    /** Joiners are left alone: emoji and several scripts are written with them. */
    private static boolean isHidden(int c) {
        return (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r')
                || c == 0x061C // Arabic letter mark
                || c == 0x200B // zero width space
                || c == 0x200E // left-to-right mark
                || c == 0x200F // right-to-left mark
                || (c >= 0x202A && c <= 0x202E) // embeddings and overrides of direction
                || (c >= 0x2060 && c <= 0x206F) // isolates of direction, invisible operators
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) // half a character
                || c == 0xFEFF // byte order mark
                || (c >= 0xE0000 && c <= 0xE007F); // tags, which smuggle text
    }

    private static String name(int c) {
        String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        return "U+" + "0".repeat(Math.max(0, 4 - hex.length())) + hex;
    }
}
