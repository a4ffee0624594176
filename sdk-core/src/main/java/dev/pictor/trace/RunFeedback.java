package dev.pictor.trace;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.immutables.value.Value;

/** What someone thinks of a run: a figure, a word or a comment, which may come long after it has ended. Immutable. */
@Value.Immutable
public abstract class RunFeedback {

    RunFeedback() {}

    /** Who gives feedback. More may come; keep a {@code default} branch. */
    public enum Source {
        /** A person who got the pictures. */
        USER,
        /** A model that looked at them. */
        MODEL,
        /** A program, such as one that counts purchases. */
        CODE
    }

    /**
     * Returns a builder. A score, a label or a comment must be set.
     *
     * @param name what it is about, such as {@code thumbs} or {@code likeness}
     * @param source who gives it
     * @return a new builder
     */
    public static RunFeedbackBuilder builder(String name, Source source) {
        return new RunFeedbackBuilder().name(name).source(source);
    }

    /**
     * What it is about.
     *
     * @return a word such as {@code thumbs}
     */
    public abstract String name();

    /**
     * Who gives it.
     *
     * @return the source
     */
    public abstract Source source();

    /**
     * The figure. Default: empty.
     *
     * @return a finite number on a scale of the caller's; the higher, the better
     */
    public abstract OptionalDouble score();

    /**
     * The word. Default: empty.
     *
     * @return such as {@code up}
     */
    public abstract Optional<String> label();

    /**
     * In words. Default: empty.
     *
     * @return a comment
     */
    @Value.Redacted
    public abstract Optional<String> comment();

    /**
     * When it was given. Default: empty, which means when it is stored.
     *
     * @return by the wall clock
     */
    public abstract Optional<Instant> time();

    @Value.Check
    void check() {
        if (score().isEmpty() && label().isEmpty() && comment().isEmpty()) {
            throw new IllegalArgumentException("feedback needs a score, a label or a comment, " + name() + " has none");
        }
        if (score().isPresent() && !Double.isFinite(score().getAsDouble())) {
            throw new IllegalArgumentException("score must be finite, was " + score().getAsDouble());
        }
    }
}
