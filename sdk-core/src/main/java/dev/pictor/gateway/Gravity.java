package dev.pictor.gateway;

import dev.pictor.error.PictorException;
import dev.pictor.model.ModelException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Which of several failures counts: the one that may have cost most, so that nothing charged is sent again unseen. */
final class Gravity {

    private Gravity() {}

    static int of(Throwable failure) {
        if (!(failure instanceof PictorException)) {
            return 4; // stopped, or broken
        }
        if (!(failure instanceof ModelException known)) {
            return 0; // nothing was sent
        }
        return switch (known.billed()) {
            case NOT_SENT, REJECTED -> 1;
            case UNKNOWN_OUTCOME -> 2;
            case BILLED_UNUSABLE -> 3;
        };
    }

    /**
     * Returns the gravest, with the others suppressed. The first of equal ones counts.
     *
     * @param failures at least one, in the order in which they happened
     */
    static Throwable worst(List<Throwable> failures, Comparator<Throwable> order) {
        Throwable worst = Collections.max(failures, order);
        failures.stream().filter(other -> !other.equals(worst)).distinct().forEach(worst::addSuppressed);
        return worst;
    }

    /** Returns a failure of another thread as one that a step may throw. */
    static RuntimeException thrown(Throwable failure) throws InterruptedException {
        if (failure instanceof InterruptedException stopped) {
            throw stopped;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known
                ? known
                : new IllegalStateException("a step threw an exception that it does not declare", failure);
    }
}
