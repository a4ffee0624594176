package dev.pictor.gateway;

import dev.pictor.model.MessagePart;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningRequestBuilder;
import dev.pictor.prompts.AnswerSchema;
import dev.pictor.prompts.RenderedPrompt;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.immutables.value.Value;

/**
 * A prompt whose answer is to be an object: what {@link Gateway#ask} is asked. Immutable.
 *
 * <p>What is not set here is taken from the prompt's {@code config}, by the keys {@code temperature}, {@code
 * maxOutputTokens}, {@code thinkingTokens} and {@code seed}, and {@code options} for a map of options by the vendor's own
 * names. Any other key is refused, since nobody would heed it.
 *
 * @param <T> the class of the answer
 */
@Value.Immutable
public abstract class StructuredRequest<T> {

    StructuredRequest() {}

    /**
     * Returns a builder for an answer of a class.
     *
     * @param prompt what is asked; its file has an output schema
     * @param answerType what the answer becomes, by Jackson's rules: a record, or another class that suits the schema
     * @param <T> that class
     * @return a new builder
     */
    public static <T> StructuredRequestBuilder<T> builder(RenderedPrompt prompt, Class<T> answerType) {
        return new StructuredRequestBuilder<T>().prompt(prompt).answerType(answerType);
    }

    /**
     * Returns a builder for an answer as a map of JSON-like values.
     *
     * @param prompt what is asked; its file has an output schema
     * @return a new builder
     */
    public static StructuredRequestBuilder<Map<String, Object>> builder(RenderedPrompt prompt) {
        @SuppressWarnings("unchecked") // an object of JSON has text as keys
        Class<Map<String, Object>> map = (Class<Map<String, Object>>) (Class<?>) Map.class;
        return builder(prompt, map);
    }

    /**
     * What is asked. Its pictures are data URLs of pictures or PDFs: a web address is refused, since the caller fetches.
     *
     * @return a prompt with an output schema
     */
    public abstract RenderedPrompt prompt();

    /**
     * What the answer becomes.
     *
     * @return a class
     */
    public abstract Class<T> answerType();

    /**
     * What belongs into the sections of the prompt, by name: pictures, documents or text. Default: none. Each section of the
     * prompt is to be named, with an empty list for one that is left out.
     *
     * @return parts in order, by the section's name
     */
    @Value.Redacted
    public abstract Map<String, List<MessagePart>> sections();

    /**
     * The longest answer. Default: what the prompt's {@code config} says, else the model's own.
     *
     * @return tokens, at least 1
     */
    public abstract OptionalInt maxOutputTokens();

    /**
     * How much the model may think before it answers. Default: what the prompt's {@code config} says, else the model's own.
     *
     * @return tokens, 0 for none
     */
    public abstract OptionalInt thinkingTokens();

    /**
     * How freely the model answers. Default: what the prompt's {@code config} says, else the model's own.
     *
     * @return 0 to 2, 0 being the most predictable
     */
    public abstract OptionalDouble temperature();

    /**
     * A number that makes a repeatable model answer the same again. Default: what the prompt's {@code config} says, else none.
     *
     * @return any number
     */
    public abstract OptionalLong seed();

    /**
     * What is different for the calls. Default: {@link CallOptions#ofDefaults()}. Limits are for each of the two calls that
     * it may take.
     *
     * @return the options
     */
    @Value.Default
    public CallOptions callOptions() {
        return CallOptions.ofDefaults();
    }

    @Value.Check
    @SuppressWarnings("ReferenceEquality") // a list that cannot change is its own copy
    StructuredRequest<T> check() {
        boolean copied = sections().values().stream().allMatch(parts -> List.copyOf(parts) == parts);
        if (!copied) {
            StructuredRequestBuilder<T> copy = new StructuredRequestBuilder<T>().from(this);
            sections().forEach((name, parts) -> copy.putSections(name, List.copyOf(parts)));
            return copy.build();
        }
        ReasoningRequest unused = toReasoningRequest();
        return this;
    }

    AnswerSchema answerSchema() {
        return prompt().answerSchema()
                .orElseThrow(() -> new IllegalArgumentException("prompt " + prompt().name() + " of " + prompt().origin()
                        + " has no output schema, so its answer is no object; use Gateway.reason"));
    }

    /** @throws IllegalArgumentException if the prompt's parts or its config cannot be sent */
    ReasoningRequest toReasoningRequest() {
        PromptConfig config = PromptConfig.of(prompt());
        ReasoningRequestBuilder request = ReasoningRequest.builder(PromptMessages.of(prompt(), sections()))
                .answerSchema(answerSchema().wire())
                .options(config.options());
        (maxOutputTokens().isPresent() ? maxOutputTokens() : config.maxOutputTokens())
                .ifPresent(request::maxOutputTokens);
        (thinkingTokens().isPresent() ? thinkingTokens() : config.thinkingTokens()).ifPresent(request::thinkingTokens);
        (temperature().isPresent() ? temperature() : config.temperature()).ifPresent(request::temperature);
        (seed().isPresent() ? seed() : config.seed()).ifPresent(request::seed);
        return request.build();
    }
}
