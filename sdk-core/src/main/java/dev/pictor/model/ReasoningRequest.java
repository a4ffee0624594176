package dev.pictor.model;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.immutables.value.Value;

/** What a reasoning model is asked. Immutable. */
@Value.Immutable
public abstract class ReasoningRequest {

    ReasoningRequest() {}

    /**
     * Returns a builder.
     *
     * @param messages the conversation, at least one message
     * @return a new builder
     */
    public static ReasoningRequestBuilder builder(List<Message> messages) {
        return new ReasoningRequestBuilder().messages(messages);
    }

    /**
     * Returns a builder that starts from this request.
     *
     * @return a new builder
     */
    public ReasoningRequestBuilder toBuilder() {
        return new ReasoningRequestBuilder().from(this);
    }

    /**
     * The conversation, oldest first.
     *
     * @return at least one message
     */
    @Value.Redacted
    public abstract List<Message> messages();

    /**
     * The JSON Schema of the answer. Default: empty, which asks for plain text.
     *
     * @return a schema as maps, lists and scalars
     */
    public abstract Map<String, Object> answerSchema();

    /**
     * The longest answer. Default: empty, which leaves it to the model.
     *
     * @return tokens, at least 1
     */
    public abstract OptionalInt maxOutputTokens();

    /**
     * How much the model may think before it answers. Default: empty, which leaves it to the model. Vendors that know
     * levels only get the nearest one, with a warning.
     *
     * @return tokens, 0 for none
     */
    public abstract OptionalInt thinkingTokens();

    /**
     * How freely the model answers. Default: empty, which leaves it to the model.
     *
     * @return 0 to 2, 0 being the most predictable
     */
    public abstract OptionalDouble temperature();

    /**
     * A number that makes a repeatable model answer the same again. Default: empty.
     *
     * @return any number
     */
    public abstract OptionalLong seed();

    /**
     * Options of one vendor, by that vendor's own names. Default: none. An adapter warns of each it does not know.
     *
     * @return names and JSON-like values
     */
    @Value.Redacted
    public abstract Map<String, Object> options();

    @Value.Check
    void check() {
        if (messages().isEmpty()) {
            throw new IllegalArgumentException("a reasoning request needs at least one message");
        }
        if (maxOutputTokens().isPresent() && maxOutputTokens().getAsInt() < 1) {
            throw new IllegalArgumentException("maxOutputTokens must be at least 1, was "
                    + maxOutputTokens().getAsInt());
        }
        if (thinkingTokens().orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "thinkingTokens must be 0 or more, was " + thinkingTokens().getAsInt());
        }
        if (temperature().isPresent()
                && !(temperature().getAsDouble() >= 0 && temperature().getAsDouble() <= 2)) {
            throw new IllegalArgumentException(
                    "temperature must be 0 to 2, was " + temperature().getAsDouble());
        }
    }
}
