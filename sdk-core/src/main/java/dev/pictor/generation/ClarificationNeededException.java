package dev.pictor.generation;

import dev.pictor.intent.IntentOutcome;
import dev.pictor.pipeline.RunSuspendedException;
import java.io.Serial;

/** Ends a run until its user has answered. */
final class ClarificationNeededException extends RunSuspendedException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient IntentOutcome outcome;

    ClarificationNeededException(IntentOutcome outcome) {
        super(
                outcome instanceof IntentOutcome.Clarify
                        ? "the run waits for answers to its questions"
                        : "the run waits for a yes to what it understood");
        this.outcome = outcome;
    }

    IntentOutcome outcome() {
        return outcome;
    }
}
