package dev.pictor.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.trace.Evaluation.Verdict;
import java.util.List;
import org.immutables.value.Value;

/** What a model said of a picture: whether it shows what was asked for. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = PictureJudgementBuilder.class)
public abstract class PictureJudgement {

    PictureJudgement() {}

    /**
     * How good it is for the one who wished for it.
     *
     * @return 0 to 1, 1 is best
     */
    public abstract double score();

    /**
     * The outcome: {@link Verdict#FAIL} if a stated fact is missed, a defect is critical, or it is hardly usable.
     *
     * @return the verdict
     */
    public abstract Verdict verdict();

    /**
     * What is wrong with it.
     *
     * @return what is seen and where, the worst first; empty if nothing is
     */
    @Value.Redacted
    public abstract List<String> problems();

    /**
     * What the wish states and the picture does not keep, exclusions included.
     *
     * @return the facts as they were given, empty if it keeps all
     */
    @Value.Redacted
    public abstract List<String> missingFacts();

    /**
     * What decided it.
     *
     * @return a sentence or two
     */
    @Value.Redacted
    public abstract String reason();

    /**
     * Whether another picture by the same prompt might be better.
     *
     * @return false if the judge says that the prompt itself rules out what the wish asks for; true by default
     */
    @Value.Default
    public boolean canBeDrawnBetter() {
        return true;
    }

    /**
     * Who judged.
     *
     * @return the model's id as the vendor names it
     */
    public abstract String judge();

    @Value.Check
    void check() {
        if (!(score() >= 0 && score() <= 1)) {
            throw new IllegalArgumentException("score must be 0 to 1, was " + score());
        }
    }
}
