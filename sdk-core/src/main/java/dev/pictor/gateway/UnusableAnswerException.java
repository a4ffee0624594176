package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.model.Cost;
import dev.pictor.model.CostBuilder;
import dev.pictor.model.Money;
import dev.pictor.prompts.AnswerProblem;
import java.io.Serial;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model answered, and the answer does not fit the schema of its prompt: not even when the model was told what is wrong, or
 * there was no second answer. Thread-safe.
 */
public final class UnusableAnswerException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_TOLD = 5;

    private final String modelId;
    private final String promptName;
    private final AnswerProblem[] problems;
    private final String rawText;
    private final @Nullable Money knownCost;
    private final boolean isCostComplete;

    UnusableAnswerException(
            String modelId,
            String promptName,
            List<AnswerProblem> problems,
            String rawText,
            Cost cost,
            String secondAnswer,
            @Nullable Throwable cause) {
        super(
                "model " + modelId + " did not answer by the schema of prompt " + promptName + ", and " + secondAnswer
                        + ": " + told(problems),
                cause);
        this.modelId = modelId;
        this.promptName = promptName;
        this.problems = problems.toArray(AnswerProblem[]::new);
        this.rawText = rawText;
        this.knownCost = cost.amount().orElse(null);
        this.isCostComplete = cost.isComplete();
    }

    /** Problems by place and keyword alone, the first few. */
    static String told(List<AnswerProblem> problems) {
        String first = problems.stream()
                .limit(MAX_TOLD)
                .map(problem -> (problem.pointer().isEmpty() ? "/" : problem.pointer()) + " " + problem.keyword())
                .collect(Collectors.joining(", "));
        return problems.size()
                + (problems.size() == 1 ? " problem (" : " problems (")
                + first
                + (problems.size() > MAX_TOLD ? ", ..)" : ")");
    }

    /**
     * Returns which model gave the last answer.
     *
     * @return its id as the vendor names it
     */
    public String modelId() {
        return modelId;
    }

    /**
     * Returns what was asked.
     *
     * @return the prompt's name
     */
    public String promptName() {
        return promptName;
    }

    /**
     * Returns all that is wrong with the last answer.
     *
     * @return by place; nothing of the answer's values is in it
     */
    public List<AnswerProblem> problems() {
        return List.of(problems);
    }

    /**
     * Returns the last answer. It is what a model said of a user's content: think before you log it. It is in neither the
     * message nor the string form.
     *
     * @return the text as the model gave it
     */
    public String rawText() {
        return rawText;
    }

    /**
     * Returns what all calls cost together.
     *
     * @return unknown if that of one is
     */
    public Cost cost() {
        return new CostBuilder()
                .amount(Optional.ofNullable(knownCost))
                .isComplete(isCostComplete)
                .build();
    }

    @Override
    public boolean isRetryable() {
        return false;
    }
}
