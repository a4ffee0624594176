package dev.pictor.pipeline;

import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.SelectedPrompt;

/** Changes the prompts of one run, on the way between the registry and whoever renders them. Thread-safe. */
public interface PromptChanges extends RunExtension {

    /**
     * Changes what the registry is asked for.
     *
     * @param name the prompt's name
     * @param selection what it would be asked for
     * @return what to ask for
     */
    PromptSelection change(String name, PromptSelection selection);

    /**
     * Changes what the registry chose.
     *
     * @param chosen what it chose
     * @return what to render
     * @throws dev.pictor.prompts.PromptException if the text to put in its place is wrong
     */
    SelectedPrompt change(SelectedPrompt chosen);
}
