package dev.pictor.trace;

import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/** A check and its outcome. Immutable. */
@Value.Immutable
public abstract class Evaluation {

    Evaluation() {}

    /** The outcome of a check. */
    public enum Verdict {
        /** As it should be. */
        PASS,
        /** Usable, but not as asked. */
        WARN,
        /** Of no use. */
        FAIL
    }

    /**
     * Returns the outcome of a check without a score.
     *
     * @param name what was checked, such as {@code picture.size}
     * @param verdict the outcome
     * @param explanation what was found, in a sentence
     * @return the evaluation
     */
    public static Evaluation of(String name, Verdict verdict, String explanation) {
        return builder(name, verdict, explanation).build();
    }

    /**
     * Returns a builder.
     *
     * @param name what was checked, such as {@code picture.size}
     * @param verdict the outcome
     * @param explanation what was found, in a sentence
     * @return a new builder
     */
    public static EvaluationBuilder builder(String name, Verdict verdict, String explanation) {
        return new EvaluationBuilder().name(name).verdict(verdict).explanation(explanation);
    }

    /**
     * What was checked.
     *
     * @return such as {@code picture.size}
     */
    public abstract String name();

    /**
     * The outcome.
     *
     * @return the verdict
     */
    public abstract Verdict verdict();

    /**
     * What was found.
     *
     * @return a sentence
     */
    public abstract String explanation();

    /**
     * How good it is. Default: empty.
     *
     * @return 0 to 1, 1 is best
     */
    public abstract OptionalDouble score();

    /**
     * What judged. Default: empty.
     *
     * @return the judge
     */
    public abstract Optional<Evaluator> evaluator();

    @Value.Check
    void check() {
        if (score().isPresent() && !(score().getAsDouble() >= 0 && score().getAsDouble() <= 1)) {
            throw new IllegalArgumentException("score must be 0 to 1, was " + score().getAsDouble());
        }
    }
}
