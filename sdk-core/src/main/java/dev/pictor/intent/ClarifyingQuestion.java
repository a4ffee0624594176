package dev.pictor.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import org.immutables.value.Value;

/** What to ask before drawing. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = ClarifyingQuestionBuilder.class)
public abstract class ClarifyingQuestion {

    ClarifyingQuestion() {}

    /**
     * Returns a question.
     *
     * @param about what the answer settles, such as {@code subject} or {@code medium}
     * @param text the question
     * @param choices answers to choose from; any other may be given
     * @return the question
     */
    public static ClarifyingQuestion of(String about, String text, List<String> choices) {
        return new ClarifyingQuestionBuilder()
                .about(about)
                .text(text)
                .choices(choices)
                .build();
    }

    /**
     * What the answer settles.
     *
     * @return such as {@code subject}, {@code medium}, {@code purpose}, {@code style} or {@code setting}
     */
    public abstract String about();

    /**
     * The question.
     *
     * @return in the language of the wish, if a model asks
     */
    @Value.Redacted
    public abstract String text();

    /**
     * Answers to choose from.
     *
     * @return each a few words that can be added to the wish
     */
    @Value.Redacted
    public abstract List<String> choices();
}
