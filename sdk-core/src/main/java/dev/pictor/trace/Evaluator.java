package dev.pictor.trace;

import java.util.Optional;
import org.immutables.value.Value;

/** What judged something. Immutable. */
@Value.Immutable
public abstract class Evaluator {

    Evaluator() {}

    /** What kind of judge it is. More may come; keep a {@code default} branch. */
    public enum Kind {
        /** A program that measures. */
        CODE,
        /** A model that was asked. */
        MODEL,
        /** A person. */
        HUMAN
    }

    /**
     * Returns a judge without a version.
     *
     * @param kind what kind of judge it is
     * @return the judge
     */
    public static Evaluator of(Kind kind) {
        return new EvaluatorBuilder().kind(kind).build();
    }

    /**
     * Returns a judge.
     *
     * @param kind what kind of judge it is
     * @param version which version of it, such as that of the prompt it is asked with
     * @return the judge
     */
    public static Evaluator of(Kind kind, String version) {
        return new EvaluatorBuilder().kind(kind).version(version).build();
    }

    /**
     * What kind of judge it is.
     *
     * @return the kind
     */
    public abstract Kind kind();

    /**
     * Which version of it. Default: empty.
     *
     * @return such as {@code 3}
     */
    public abstract Optional<String> version();
}
