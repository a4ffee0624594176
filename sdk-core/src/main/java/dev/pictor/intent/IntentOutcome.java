package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What to do with an intent. */
public sealed interface IntentOutcome {

    /**
     * What the wish was understood to ask for.
     *
     * @return the intent
     */
    Intent intent();

    /**
     * It is clear.
     *
     * @param intent what is wanted
     */
    record Proceed(Intent intent) implements IntentOutcome {
        /** Checks that it is given. */
        public Proceed {
            requireNonNull(intent, "intent");
        }
    }

    /**
     * It is likely: say what was understood, and go on unless someone objects.
     *
     * @param intent what is likely wanted
     * @param message what was understood and how it would go on, one sentence
     */
    record Suggest(Intent intent, String message) implements IntentOutcome {
        /** Checks that both are given. */
        public Suggest {
            requireNonNull(intent, "intent");
            requireNonNull(message, "message");
        }

        /** Names the message, and shows nothing of it. */
        @Override
        public String toString() {
            return "Suggest[intent=" + intent + ", message=###]";
        }
    }

    /**
     * Nobody can tell: ask.
     *
     * @param intent the best guess
     * @param questions one to three, the most useful first
     */
    record Clarify(Intent intent, List<ClarifyingQuestion> questions) implements IntentOutcome {
        /** Checks and copies. */
        public Clarify {
            requireNonNull(intent, "intent");
            questions = List.copyOf(questions);
            if (questions.isEmpty()) {
                throw new IllegalArgumentException("questions must not be empty");
            }
        }
    }
}
