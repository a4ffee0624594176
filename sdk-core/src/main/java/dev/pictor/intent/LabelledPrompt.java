package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/** A prompt and what is known to be true of it. What is not known is left out. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = LabelledPromptBuilder.class)
public abstract class LabelledPrompt {

    LabelledPrompt() {}

    /**
     * Starts a labelled prompt.
     *
     * @param prompt the text
     * @return its builder
     */
    public static LabelledPromptBuilder builder(String prompt) {
        return new LabelledPromptBuilder().prompt(requireNonNull(prompt, "prompt"));
    }

    /**
     * The text.
     *
     * @return any text
     */
    @Value.Redacted
    public abstract String prompt();

    /**
     * The right domain.
     *
     * @return the domain, or empty if it is not known
     */
    public abstract Optional<Domain> domain();

    /**
     * Whether careful readers might disagree. Such a prompt counts half. Default: false.
     *
     * @return whether the domain is a matter of opinion
     */
    @Value.Default
    public boolean ambiguous() {
        return false;
    }

    /**
     * Whether one has to ask what is wanted.
     *
     * @return true or false, or empty if it is not known
     */
    public abstract Optional<Boolean> needsClarification();

    /**
     * How much it asks of a model.
     *
     * @return 0 for little to 1 for much, or empty if it is not known
     */
    public abstract OptionalDouble complexity();

    /**
     * Where it comes from. Prompts of one source resemble each other, so calibration judges each source by what was learned
     * from the others.
     *
     * @return a name, or empty for a source of its own
     */
    public abstract Optional<String> source();

    @Value.Check
    void check() {
        complexity().ifPresent(value -> Checks.unit(value, "complexity"));
    }
}
