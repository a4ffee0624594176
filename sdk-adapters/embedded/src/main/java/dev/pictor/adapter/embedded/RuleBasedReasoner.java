package dev.pictor.adapter.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.adapter.embedded.Lexicon.Kind;
import dev.pictor.model.CallContext;
import dev.pictor.model.Message;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers by rule what kind of picture is wished for. It is no language model: it knows a list of English words and
 * phrases, and looks for them in the text of the last user message, which is the wish and nothing else.
 *
 * <p>It fills these properties of {@link ReasoningRequest#answerSchema()}. Any other it leaves out, or gives as null where it
 * is required and may be null:
 *
 * <ul>
 *   <li>{@code domain}: {@code photography}, {@code art}, {@code diagrams} or {@code products}; {@code art} if no word
 *       tells
 *   <li>{@code style}: a word, such as {@code impressionist}
 *   <li>{@code subject}: the wish without filler, medium and style
 *   <li>{@code facts}: counts, words in double quotation marks, and what stands behind {@code no} or {@code without}, each
 *       with {@code kind}, {@code quote} and {@code count}
 *   <li>{@code purpose}: null
 *   <li>{@code mood}: a word of the wish, or null
 *   <li>{@code colours}: names of colours in the order of the wish, maybe none
 *   <li>{@code confidence}: 0.2 to 1, in the domain; below 0.5 the wish is vague
 *   <li>{@code reasoning}: a sentence that names the words it went by
 *   <li>{@code questions}: the question for the medium if the wish is vague, else none
 *   <li>{@code suggestion}: a sentence, or null from a confidence of 0.8 on
 * </ul>
 *
 * <p>The answer is compact JSON with the properties in the order of the schema. The same wish has the same answer.
 * Sampling settings and pictures have no effect; unknown options are reported. No call takes longer than a few
 * milliseconds, costs anything, or leaves this process.
 *
 * <p>Immutable and thread-safe.
 */
public final class RuleBasedReasoner implements ReasoningModelAdapter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ModelProfile PROFILE = ModelProfile.builder("rule-based-reasoner-1", "pictor.embedded")
            .price(Price.free())
            .build();
    private static final Usage NO_TOKENS =
            Usage.builder().inputTextTokens(0).outputTextTokens(0).build();

    private static final double VAGUE = 0.5;
    private static final double SURE = 0.8;
    private static final Map<String, Object> MEDIUM = Map.of(
            "about",
            "medium",
            "text",
            "What kind of picture should it be?",
            "choices",
            List.of("a photograph", "a painting", "a diagram", "a product photo"));

    /** Creates a reasoner. */
    public RuleBasedReasoner() {}

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    /**
     * Answers.
     *
     * @param request the wish as its last user message, and the schema of the answer
     * @param call not asked: the answer is there at once
     * @return one JSON object
     * @throws ModelException if there is no wish or no schema of an object, or the schema requires a property or allows only
     *     values that need a language model; {@link Reason#INVALID_REQUEST}, {@link Billed#NOT_SENT}
     */
    @Override
    public ReasoningResult reason(ReasoningRequest request, CallContext call) {
        Reading reading = Lexicon.WORDS.read(wish(request.messages()));
        return ReasoningResult.builder(PROFILE.id(), json(answer(known(reading), request.answerSchema())))
                .usage(NO_TOKENS)
                .warnings(request.options().keySet().stream()
                        .map(option -> new OptionWarning(option, "ignored: " + PROFILE.id() + " has no options"))
                        .toList())
                .build();
    }

    private static String wish(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.role() == Message.Role.USER)
                .reduce((earlier, later) -> later)
                .map(Message::text)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> unable("the last user message has no text"));
    }

    private static Map<String, @Nullable Object> known(Reading reading) {
        Domain domain = reading.domain();
        List<String> evidence = reading.evidenceFor(domain);
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        known.put("domain", domain.text());
        known.put("style", reading.style(domain));
        known.put("subject", reading.subject());
        known.put("facts", Facts.of(reading.text()));
        known.put("purpose", null);
        known.put("mood", reading.phrase(Kind.MOOD).orElse(null));
        known.put("colours", reading.names(Kind.COLOUR));
        known.put("confidence", reading.confidence());
        known.put(
                "reasoning",
                evidence.isEmpty()
                        ? "No word of the wish tells the domain, so art is assumed."
                        : "The wish says \"" + String.join("\", \"", evidence) + "\", which speaks for " + domain.text()
                                + ".");
        known.put("questions", reading.confidence() < VAGUE ? List.of(MEDIUM) : List.of());
        known.put(
                "suggestion",
                reading.confidence() < SURE
                        ? "Draw \"" + reading.subject() + "\" as " + domain.text() + ", " + reading.style(domain) + "."
                        : null);
        return known;
    }

    private static Map<String, @Nullable Object> answer(
            Map<String, @Nullable Object> known, Map<String, Object> schema) {
        if (!(schema.get("properties") instanceof Map<?, ?> properties)) {
            throw unable("the request has no answer schema with properties");
        }
        Set<Object> required =
                new LinkedHashSet<>(schema.get("required") instanceof Collection<?> names ? names : List.of());
        Set<Object> asked = new LinkedHashSet<>(properties.keySet());
        asked.addAll(required);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        for (Object name : asked) {
            if (name instanceof String property && known.containsKey(property)) {
                Object value = known.get(property);
                if (fits(value, properties.get(property))) {
                    answer.put(property, value);
                } else if (value != null || required.contains(property)) {
                    throw unable("the answer schema does not allow its answer for the property \"" + property + "\"");
                }
            } else if (required.contains(name) && isNullable(properties.get(name))) {
                answer.put(name.toString(), null);
            } else if (required.contains(name)) {
                throw unable("the answer schema requires the property \"" + name + "\"");
            }
        }
        return answer;
    }

    private static boolean isNullable(@Nullable Object schema) {
        return schema instanceof Map<?, ?> rules
                && rules.get("type") instanceof Collection<?> types
                && types.contains("null");
    }

    private static boolean fits(@Nullable Object value, @Nullable Object schema) {
        if (!(schema instanceof Map<?, ?> rules)) {
            return true;
        }
        boolean listed = !(rules.get("enum") instanceof Collection<?> allowed)
                || allowed.stream().anyMatch(one -> Objects.equals(one, value));
        boolean nullable = !(rules.get("type") instanceof String);
        return listed && (value != null || nullable);
    }

    private static String json(Map<String, @Nullable Object> answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write an answer of plain values as JSON", e);
        }
    }

    private static ModelException unable(String why) {
        return new ModelException(ModelFailure.builder(
                        PROFILE.id(),
                        Reason.INVALID_REQUEST,
                        Billed.NOT_SENT,
                        PROFILE.id() + " answers by rule and cannot: " + why + "; ask a language model instead")
                .build());
    }
}
