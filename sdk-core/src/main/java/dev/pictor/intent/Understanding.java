package dev.pictor.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** What a wish was understood to ask for. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = UnderstandingBuilder.class)
public abstract class Understanding {

    Understanding() {}

    /**
     * Returns what is known of a wish that nobody has read: nothing.
     *
     * @param reasoning why nobody has
     * @return an understanding without a domain, of confidence 0
     */
    public static Understanding none(String reasoning) {
        return new UnderstandingBuilder()
                .style("professional")
                .confidence(0)
                .reasoning(reasoning)
                .build();
    }

    /**
     * The craft that serves it. Empty if the wish was not understood.
     *
     * @return the domain
     */
    public abstract Optional<Domain> domain();

    /**
     * The style within that craft.
     *
     * @return lower case, such as {@code impressionist}
     */
    public abstract String style();

    /**
     * What is shown.
     *
     * @return in the user's words, or empty
     */
    @Value.Redacted
    public abstract Optional<String> subject();

    /**
     * The atmosphere.
     *
     * @return a word or two, or empty if the wish names none
     */
    @Value.Redacted
    public abstract Optional<String> mood();

    /**
     * The colours that the wish names.
     *
     * @return in order, empty if it names none
     */
    @Value.Redacted
    public abstract List<String> colours();

    /**
     * What the wish states and the picture must keep.
     *
     * @return in the order of the wish, empty if it states nothing or the reader does not tell
     */
    @Value.Redacted
    public abstract List<StatedFact> facts();

    /**
     * What the picture is for.
     *
     * @return such as a shop listing, or empty if the wish does not tell
     */
    @Value.Redacted
    public abstract Optional<String> purpose();

    /**
     * What should be asked before drawing.
     *
     * @return the most useful first, empty if nothing has to be asked
     */
    @Value.Redacted
    public abstract List<ClarifyingQuestion> questions();

    /**
     * How one would go on without an answer.
     *
     * @return a sentence, or empty if it goes without saying
     */
    @Value.Redacted
    public abstract Optional<String> suggestion();

    /**
     * How sure domain and style are.
     *
     * @return 0 for a guess to 1 for beyond doubt
     */
    public abstract double confidence();

    /**
     * Why.
     *
     * @return a sentence
     */
    @Value.Redacted
    public abstract String reasoning();

    @Value.Check
    void check() {
        if (!(confidence() >= 0 && confidence() <= 1)) {
            throw new IllegalArgumentException("confidence must be 0 to 1, was " + confidence());
        }
    }
}
