package dev.pictor.model;

import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What a reasoning model answered. Immutable. */
@Value.Immutable
public abstract class ReasoningResult implements ModelResult {

    ReasoningResult() {}

    /**
     * Returns a builder for an answer with nothing more to tell.
     *
     * @param servedBy the model that answered
     * @param text the answer
     * @return a new builder
     */
    public static ReasoningResultBuilder builder(String servedBy, String text) {
        return new ReasoningResultBuilder().servedBy(servedBy).text(text);
    }

    /**
     * The answer: words, or one JSON value where the request had a schema.
     *
     * @return the text as the model gave it
     */
    @Value.Redacted
    public abstract String text();

    @Override
    @Value.Default
    public Usage usage() {
        return Usage.none();
    }

    @Override
    @Value.Default
    public FinishReason finishReason() {
        return FinishReason.STOP;
    }

    @Override
    public abstract String servedBy();

    @Override
    public abstract List<OptionWarning> warnings();

    @Override
    public abstract Optional<String> vendorRequestId();
}
