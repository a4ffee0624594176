package dev.pictor.feedback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes one value in the text of a JSON file and leaves all else as it is, so that a diff shows the change alone. The
 * place is a JSON pointer (RFC 6901), of which the last part may be {@code -} for one more in a list, or the name of a member
 * that is not there yet.
 */
final class JsonEdit {

    private static final JsonFactory JSON = new JsonFactory();

    private final String text;
    private final List<String> path;
    /** Where the value is that was looked for, or the list or object that is to get one more. */
    private int start = -1;

    private int end = -1;
    private int parentStart = -1;
    private int parentEnd = -1;
    private int lastStart = -1;
    private int lastEnd = -1;
    private boolean parentIsObject;

    private JsonEdit(String text, List<String> path) {
        this.text = text;
        this.path = path;
    }

    /**
     * Returns the text with another value.
     *
     * @param value JSON
     * @throws IllegalArgumentException if the text is no JSON or has no such place
     */
    static String set(String text, String pointer, String value) {
        JsonEdit edit = find(text, pointer);
        if (edit.start >= 0) {
            return text.substring(0, edit.start) + value + text.substring(edit.end);
        }
        if (edit.parentEnd < 0) {
            throw new IllegalArgumentException("there is no " + pointer + " in the file");
        }
        return edit.withOneMore(value);
    }

    /** Returns the JSON text at a place, or null if there is none. */
    static @Nullable String get(String text, String pointer) {
        JsonEdit edit = find(text, pointer);
        return edit.start < 0 ? null : text.substring(edit.start, edit.end);
    }

    private static JsonEdit find(String text, String pointer) {
        JsonEdit edit = new JsonEdit(text, parts(pointer));
        try (JsonParser parser = JSON.createParser(new StringReader(text))) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("the file is empty");
            }
            edit.value(parser, 0, true);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file is no JSON", e);
        }
        return edit;
    }

    private static List<String> parts(String pointer) {
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException("a JSON pointer begins with a slash, was \"" + pointer + "\"");
        }
        List<String> parts = new ArrayList<>();
        for (String part : pointer.substring(1).split("/", -1)) {
            parts.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return parts;
    }

    /** Reads a value whose first token is the current one; {@code onPath} says that it is what the first parts name. */
    private void value(JsonParser parser, int depth, boolean onPath) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        JsonToken token = parser.currentToken();
        boolean isParent = onPath && depth == path.size() - 1;
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            int index = 0;
            while (!parser.nextToken().isStructEnd()) {
                int memberFrom = (int) parser.currentTokenLocation().getCharOffset();
                String name = token == JsonToken.START_OBJECT ? parser.currentName() : String.valueOf(index++);
                if (token == JsonToken.START_OBJECT) {
                    JsonToken unused = parser.nextToken();
                }
                value(
                        parser,
                        depth + 1,
                        onPath && depth < path.size() && path.get(depth).equals(name));
                if (isParent) {
                    lastStart = memberFrom;
                    lastEnd = end(parser);
                }
            }
            if (isParent) {
                parentStart = from;
                parentEnd = (int) parser.currentTokenLocation().getCharOffset();
                parentIsObject = token == JsonToken.START_OBJECT;
            }
        }
        if (onPath && depth == path.size()) {
            start = from;
            end = end(parser);
        }
    }

    /** Where the current token ends: a text that is read lazily has to be read for it. */
    private static int end(JsonParser parser) throws IOException {
        parser.finishToken();
        return (int) parser.currentLocation().getCharOffset();
    }

    private String withOneMore(String value) {
        String name = path.get(path.size() - 1);
        if (!parentIsObject && !name.equals("-")) {
            throw new IllegalArgumentException("a list gets one more by \"-\", was \"" + name + "\"");
        }
        String member = parentIsObject ? quoted(name) + ": " + value : value;
        if (lastEnd < 0) {
            return text.substring(0, parentStart + 1) + member + text.substring(parentEnd);
        }
        int lineStart = text.lastIndexOf('\n', lastStart) + 1;
        String indent = text.substring(lineStart, lastStart);
        // as the one before: on a line of its own if that is, else on the same line
        String gap = indent.isBlank() && lineStart > parentStart ? "\n" + indent : " ";
        return text.substring(0, lastEnd) + "," + gap + member + text.substring(lastEnd);
    }

    static String quoted(String word) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(word)) + '"';
    }
}
