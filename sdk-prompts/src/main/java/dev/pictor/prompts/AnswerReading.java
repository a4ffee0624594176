package dev.pictor.prompts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@link AnswerSchema#read} made of an answer: its value, or all that is wrong with it. Immutable. */
public final class AnswerReading {

    private static final ObjectMapper VALUES = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final String promptName;
    private final @Nullable ObjectNode value;
    private final List<AnswerProblem> problems;

    private AnswerReading(String promptName, @Nullable ObjectNode value, List<AnswerProblem> problems) {
        this.promptName = promptName;
        this.value = value;
        this.problems = problems;
    }

    static AnswerReading fits(String promptName, ObjectNode value) {
        return new AnswerReading(promptName, value, List.of());
    }

    static AnswerReading broken(String promptName, List<AnswerProblem> problems) {
        return new AnswerReading(promptName, null, List.copyOf(problems));
    }

    /**
     * Returns whether the answer fits the schema.
     *
     * @return true if there is no problem
     */
    public boolean fits() {
        return problems.isEmpty();
    }

    /**
     * Returns all that is wrong.
     *
     * @return by place, then by keyword; at most 1,000, none if the answer fits
     */
    public List<AnswerProblem> problems() {
        return problems;
    }

    /**
     * Returns the answer as maps, lists, text, numbers, booleans and null, without nulls for what is optional and may not
     * be null.
     *
     * @return a new map, in the order of the answer
     * @throws IllegalStateException if the answer does not fit
     */
    public Map<String, Object> value() {
        @SuppressWarnings("unchecked") // an object of JSON has text as keys
        Map<String, Object> map = as(Map.class);
        return map;
    }

    /**
     * Returns the answer as an object, by Jackson's rules. Records and {@code Optional} are known; what the class has no
     * place for is left out.
     *
     * @param type a class that the schema was written for
     * @param <T> the class
     * @return a new object
     * @throws IllegalStateException if the answer does not fit the schema
     * @throws IllegalArgumentException if the class cannot hold an answer that fits the schema
     */
    public <T> T as(Class<T> type) {
        if (value == null) {
            throw new IllegalStateException(
                    "the answer to prompt " + promptName + " does not fit its schema: see problems()");
        }
        try {
            return VALUES.treeToValue(value, type);
        } catch (JsonMappingException e) { // without the cause, which quotes the answer
            throw cannotHold(
                    type,
                    e.getPath().stream()
                            .map(at -> at.getFieldName() == null
                                    ? String.valueOf(at.getIndex())
                                    : String.valueOf(at.getFieldName()))
                            .collect(Collectors.joining("/", "/", "")));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw cannotHold(type, "/");
        }
    }

    private IllegalArgumentException cannotHold(Class<?> type, String at) {
        return new IllegalArgumentException(
                type.getName() + " cannot hold an answer that fits the schema of prompt " + promptName + ", at " + at);
    }

    @Override
    public String toString() {
        return "AnswerReading[" + promptName + ", " + problems.size() + " problems]";
    }
}
