package dev.pictor.generation;

import dev.pictor.error.PictorException;
import dev.pictor.model.Cost;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * No picture was good enough, however often it was drawn: with the same model once more, and with a better one. It tells what
 * was wrong with each. Thread-safe.
 */
public final class QualityException extends PictorException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<QualityAttempt> attempts;
    private final String advice;

    QualityException(List<QualityAttempt> attempts, String advice, @Nullable Throwable cause) {
        super(
                "no picture was good enough in " + attempts.size() + (attempts.size() == 1 ? " attempt" : " attempts")
                        + " with "
                        + attempts.stream()
                                .map(QualityAttempt::model)
                                .distinct()
                                .collect(Collectors.joining(", "))
                        + ", which cost " + costOf(attempts) + "; " + advice,
                cause);
        this.attempts = List.copyOf(attempts);
        this.advice = advice;
    }

    /**
     * Returns every attempt, with its pictures and what was wrong with them. They are of use for who would rather have one of
     * them than none.
     *
     * @return in order; empty if this exception was serialized since
     */
    public List<QualityAttempt> attempts() {
        return attempts == null ? List.of() : attempts;
    }

    /**
     * Returns what all attempts cost together, drawing and judging.
     *
     * @return the sum, not complete if a price is unknown; unknown if this exception was serialized since
     */
    public Cost cost() {
        return attempts == null ? Cost.unknown() : costOf(attempts);
    }

    /**
     * Returns what may help.
     *
     * @return a sentence for whoever made the request
     */
    public String advice() {
        return advice;
    }

    /**
     * Returns false: what could be tried was tried.
     *
     * @return false
     */
    @Override
    public boolean isRetryable() {
        return false;
    }

    private static Cost costOf(List<QualityAttempt> attempts) {
        return attempts.stream().map(QualityAttempt::cost).reduce(Cost.nothing(), Cost::plus);
    }
}
