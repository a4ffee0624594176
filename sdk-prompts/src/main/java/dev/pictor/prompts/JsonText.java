package dev.pictor.prompts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a value as JSON, and counts the work while it does so. */
final class JsonText extends StringWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private final RenderState state;

    private JsonText(RenderState state) {
        this.state = state;
    }

    /**
     * Writes a value.
     *
     * @param indent blanks for each level, as {@code JSON.stringify} of JavaScript has them; 0 for one line
     * @throws PromptFailure if there is something in it that is no value, or the rendering is over its limit
     */
    static String of(@Nullable Object value, int indent, RenderState state) throws IOException {
        JsonText text = new JsonText(state);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            if (indent > 0) {
                json.setPrettyPrinter(printer(indent));
            }
            write(value, json);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(item, json);
            }
            json.writeEndArray();
        } else if (value instanceof Number number) {
            json.writeNumber(Values.text(number));
        } else if (value instanceof Boolean is) {
            json.writeBoolean(is);
        } else if (value instanceof String text) {
            json.writeString(text);
        } else {
            throw new PromptFailure(PromptException.Reason.MALFORMED, "json takes only values");
        }
    }

    /** The layout of JavaScript's {@code JSON.stringify}. */
    private static DefaultPrettyPrinter printer(int indent) {
        DefaultIndenter lines = new DefaultIndenter(" ".repeat(indent), "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        return printer;
    }

    @Override
    public void write(int one) {
        count(1);
        super.write(one);
    }

    @Override
    public void write(char[] more, int from, int length) {
        count(length);
        super.write(more, from, length);
    }

    @Override
    public void write(String more, int from, int length) {
        count(length);
        super.write(more, from, length);
    }

    private void count(int length) {
        state.work(1 + (length >> 4));
    }
}
