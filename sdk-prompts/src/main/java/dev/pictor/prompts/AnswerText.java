package dev.pictor.prompts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serial;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the JSON in what a model said, by the rules of {@link AnswerSchema#read}. Messages say where, never what: a
 * parser's own would quote the answer.
 *
 * @param value the object or list, null if there is none that can be read
 * @param problems what is wrong, none if there is a value
 */
record AnswerText(@Nullable JsonNode value, List<AnswerProblem> problems) {

    static final int MAX_CHARACTERS = 1 << 20;
    static final int MAX_DEPTH = 64;
    private static final int MAX_PLACES = 100;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String FENCE = "```";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1) // one more is seen, and told
                    .maxStringLength(MAX_CHARACTERS)
                    .maxNumberLength(400)
                    .build())
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    static AnswerText find(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return problem("size", "must have at most " + MAX_CHARACTERS + " characters, has " + text.length());
        }
        int start = text.indexOf(BYTE_ORDER_MARK) == 0 ? 1 : 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        if (start < text.length() && isOpening(text.charAt(start))) {
            return read(text, start, text.length());
        }
        int[] block = onlyBlock(text);
        return block.length == 0 ? first(text, start, text.length()) : first(text, block[0], block[1]);
    }

    /** The first place from which an object or list can be read to its end. */
    private static AnswerText first(String text, int from, int to) {
        AnswerText firstTried = problem("json", "must be a JSON object, and there is none");
        int tried = 0;
        for (int at = from; at < to && tried < MAX_PLACES; at++) {
            if (isOpening(text.charAt(at))) {
                AnswerText read = read(text, at, to);
                if (read.value() != null || isComplete(read)) {
                    return read;
                }
                if (tried++ == 0) {
                    firstTried = read;
                }
            }
        }
        return firstTried;
    }

    private static boolean isOpening(char c) {
        return c == '{' || c == '[';
    }

    /** Whether it is JSON, though not as it should be: what follows is no better answer then. */
    private static boolean isComplete(AnswerText read) {
        return !read.problems().get(0).keyword().equals("json");
    }

    /** Where the text between fences begins and ends, or nothing if there is not exactly one such block. */
    private static int[] onlyBlock(String text) {
        int[] block = {};
        int open = -1;
        int line = 0;
        while (line < text.length()) {
            int next = text.indexOf('\n', line) + 1;
            int end = next == 0 ? text.length() : next;
            if (text.substring(line, Math.min(end, line + 80)).stripLeading().startsWith(FENCE)) {
                if (open < 0) {
                    if (block.length > 0) {
                        return new int[0];
                    }
                    open = end;
                } else {
                    block = new int[] {open, line};
                    open = -1;
                }
            }
            line = end;
        }
        if (open < 0) {
            return block;
        }
        return block.length > 0 ? new int[0] : new int[] {open, text.length()};
    }

    private static AnswerText read(String text, int from, int to) {
        try (JsonParser parser = JSON.createParser(new StringReader(text.substring(from, to)))) {
            JsonToken unused = parser.nextToken();
            return new AnswerText(value(parser), List.of());
        } catch (Broken e) {
            return problem(e.keyword, e.rule);
        } catch (IOException e) { // the parser's words quote the answer
            return notJson(text, from);
        }
    }

    private static AnswerText notJson(String text, int from) {
        long line = text.substring(0, from).chars().filter(c -> c == '\n').count() + 1;
        return problem(
                "json", "must be a complete JSON object; what begins in line " + line + " is not complete or not JSON");
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.INT
                        ? nodes.numberNode(parser.getIntValue())
                        : parser.getNumberType() == JsonParser.NumberType.LONG
                                ? nodes.numberNode(parser.getLongValue())
                                : nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> {
                double number = parser.getDoubleValue();
                if (!Double.isFinite(number)) {
                    throw new Broken("size", "must have no number over 1.8e308");
                }
                yield nodes.numberNode(number);
            }
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            default -> throw new IOException("no value");
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        checkDepth(parser);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (object.has(name)) {
                throw new Broken("duplicate", "must not have a property twice in one object");
            }
            JsonToken unused = parser.nextToken();
            object.set(name, value(parser));
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("no end");
        }
        return object;
    }

    private static ArrayNode list(JsonParser parser) throws IOException {
        checkDepth(parser);
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw new IOException("no end");
            }
            list.add(value(parser));
        }
        return list;
    }

    private static void checkDepth(JsonParser parser) throws IOException {
        if (parser.getParsingContext().getNestingDepth() > MAX_DEPTH) {
            throw new Broken("size", "must be at most " + MAX_DEPTH + " levels deep");
        }
    }

    private static AnswerText problem(String keyword, String message) {
        return new AnswerText(null, List.of(new AnswerProblem("", keyword, message)));
    }

    /** JSON that is not as it should be. */
    private static final class Broken extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String keyword;
        private final String rule;

        Broken(String keyword, String rule) {
            this.keyword = keyword;
            this.rule = rule;
        }
    }
}
