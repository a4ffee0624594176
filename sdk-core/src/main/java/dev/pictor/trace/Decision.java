package dev.pictor.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** One of several ways was taken, and why. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = DecisionBuilder.class)
public abstract class Decision {

    Decision() {}

    /**
     * Returns a builder.
     *
     * @param kind a word for its kind, such as {@code fallback}, {@code prompt_select} or {@code limit}
     * @param question what had to be decided
     * @param chosen what was taken
     * @param reason why, in a sentence
     * @return a new builder
     */
    public static DecisionBuilder builder(String kind, String question, String chosen, String reason) {
        return new DecisionBuilder()
                .kind(kind)
                .question(question)
                .chosen(chosen)
                .reason(reason);
    }

    /**
     * Its kind.
     *
     * @return a word such as {@code fallback}
     */
    public abstract String kind();

    /**
     * What had to be decided.
     *
     * @return a question
     */
    public abstract String question();

    /**
     * What was taken.
     *
     * @return one of the ways
     */
    public abstract String chosen();

    /**
     * Why.
     *
     * @return a sentence
     */
    @Value.Redacted
    public abstract String reason();

    /**
     * The ways that were not taken. Default: none.
     *
     * @return each with why not
     */
    public abstract Map<String, String> rejected();

    /**
     * How the ways were judged. Default: none.
     *
     * @return scores by way; the higher, the better by the policy
     */
    public abstract Map<String, Double> scores();

    /**
     * What was known when it was decided, such as the tier of the user. Default: nothing.
     *
     * @return short texts by name
     */
    public abstract Map<String, String> facts();

    /**
     * By what it was decided. Default: empty.
     *
     * @return a policy and its version, such as {@code cheapest/1}
     */
    public abstract Optional<String> policy();
}
