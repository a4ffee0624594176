package dev.pictor.generation;

import static java.util.Objects.requireNonNull;

import dev.pictor.intent.ClarifyingQuestion;
import dev.pictor.intent.Intent;
import dev.pictor.trace.RunId;
import java.util.List;

/** What came of a wish that may be asked back about. */
public sealed interface GenerationOutcome {

    /**
     * Pictures.
     *
     * @param images the result
     */
    record Generated(GeneratedImages images) implements GenerationOutcome {
        /** Checks that it is given. */
        public Generated {
            requireNonNull(images, "images");
        }
    }

    /**
     * The wish is likely understood. The run waits: {@link ImageGenerator#proceed} goes on, {@link ImageGenerator#answer} says
     * what else is meant, {@link ImageGenerator#proceedAfter} goes on by itself.
     *
     * @param runId the run that waits
     * @param intent what was understood
     * @param message what was understood, one sentence for the user
     */
    record Suggested(RunId runId, Intent intent, String message) implements GenerationOutcome {
        /** Checks that all are given. */
        public Suggested {
            requireNonNull(runId, "runId");
            requireNonNull(intent, "intent");
            requireNonNull(message, "message");
        }

        /** Shows nothing of the message. */
        @Override
        public String toString() {
            return "Suggested[runId=" + runId + ", intent=" + intent + ", message=###]";
        }
    }

    /**
     * Nobody can tell what is wanted. The run waits: {@link ImageGenerator#answer} goes on, {@link ImageGenerator#proceed}
     * draws the best guess.
     *
     * @param runId the run that waits
     * @param intent the best guess
     * @param questions one to three, the most useful first
     */
    record Unclear(RunId runId, Intent intent, List<ClarifyingQuestion> questions) implements GenerationOutcome {
        /** Checks and copies. */
        public Unclear {
            requireNonNull(runId, "runId");
            requireNonNull(intent, "intent");
            questions = List.copyOf(questions);
        }
    }
}
