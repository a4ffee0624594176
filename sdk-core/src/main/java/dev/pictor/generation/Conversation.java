package dev.pictor.generation;

import dev.pictor.pipeline.RunExtension;
import java.util.List;

/**
 * What a run may ask its user, and what the user said. A run without it asks nothing.
 *
 * @param isAnswered whether the user said something
 * @param answers in the user's words; none means to go on as suggested
 */
record Conversation(boolean isAnswered, List<String> answers) implements RunExtension {

    static final Conversation OPEN = new Conversation(false, List.of());

    Conversation {
        answers = List.copyOf(answers);
    }

    static Conversation answered(List<String> answers) {
        return new Conversation(true, answers);
    }

    /** Without it the run would go on without asking, and that is as good. */
    @Override
    public boolean isNeededToResume() {
        return false;
    }

    /** Shows nothing of the answers. */
    @Override
    public String toString() {
        return "Conversation[isAnswered=" + isAnswered + ", answers=" + answers.size() + "]";
    }
}
