package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

/**
 * A check and its outcome. Immutable.
 *
 * @param name what was checked, such as {@code picture.size}
 * @param verdict the outcome
 * @param explanation what was found, in a sentence
 */
public record Evaluation(String name, Verdict verdict, String explanation) {

    /** The outcome of a check. */
    public enum Verdict {
        /** As it should be. */
        PASS,
        /** Usable, but not as asked. */
        WARN,
        /** Of no use. */
        FAIL
    }

    /** Checks that all are given. */
    public Evaluation {
        requireNonNull(name, "name");
        requireNonNull(verdict, "verdict");
        requireNonNull(explanation, "explanation");
    }
}
