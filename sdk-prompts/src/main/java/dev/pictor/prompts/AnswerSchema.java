package dev.pictor.prompts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What an answer to a prompt must look like: as the prompt's file says, and as a model is told. Comes from
 * {@link Prompt#answerSchema()}. Immutable.
 *
 * <p>{@link #wire()} keeps to what vendors of models take: objects without further properties, of which all are required
 * and those that the file leaves optional may be null; lists, text, numbers, booleans, enumerations, {@code anyOf} and
 * {@code $ref} to {@code $defs}. What it cannot say, such as ranges, lengths, patterns and formats, stands in the
 * descriptions in words. {@link #read} then holds the answer to {@link #full()}, where all but formats counts: a
 * {@code format} is told and not checked.
 */
public final class AnswerSchema {

    private final String promptName;
    private final Map<String, Object> full;
    private final Map<String, Object> wire;
    private final JsonSchemas.Validator validator;

    private AnswerSchema(
            String promptName, Map<String, Object> full, Map<String, Object> wire, JsonSchemas.Validator validator) {
        this.promptName = promptName;
        this.full = full;
        this.wire = wire;
        this.validator = validator;
    }

    /** @throws PromptFailure if it is no schema, or none that a model can be given */
    static AnswerSchema of(String promptName, Map<String, Object> full) {
        Map<String, Object> wire = Values.copyOf(WireSchema.of(full));
        return new AnswerSchema(promptName, full, wire, JsonSchemas.compile(full));
    }

    /**
     * Returns the schema as the prompt's file has it.
     *
     * @return a schema of JSON Schema 2020-12 as maps, lists and scalars
     */
    public Map<String, Object> full() {
        return full;
    }

    /**
     * Returns the schema to give to a model.
     *
     * @return a schema as maps, lists and scalars, in the file's order: at most 100 properties, 10 levels, 500 enumerated
     *     values, and 15,000 characters in these values and the names
     */
    public Map<String, Object> wire() {
        return wire;
    }

    /**
     * Reads an answer and holds it to {@link #full()}.
     *
     * <p>Where the JSON is: if the text begins with a brace or bracket, a byte order mark and blanks apart, it is the value
     * that begins there. Else, if the text has exactly one block between code fences, it is the first complete object or
     * list in that block. Else it is the first complete object or list in the text, looked for from the first 100 braces and
     * brackets. What follows the value is left alone.
     *
     * <p>A null for a property that is neither required nor may be null counts as its absence. A name that an object has
     * twice is a problem, and so is JSON of over 1,048,576 characters of text or over 64 levels.
     *
     * @param text what a model said
     * @return the value, or all that is wrong
     */
    public AnswerReading read(String text) {
        AnswerText found = AnswerText.find(text);
        JsonNode value = found.value();
        if (value == null) {
            return AnswerReading.broken(promptName, found.problems());
        }
        OptionalNulls.drop(full, value);
        List<AnswerProblem> problems = validator.validate(value);
        return problems.isEmpty() && value instanceof ObjectNode object
                ? AnswerReading.fits(promptName, object)
                : AnswerReading.broken(promptName, problems);
    }

    @Override
    public String toString() {
        return "AnswerSchema[" + promptName + "]";
    }
}
