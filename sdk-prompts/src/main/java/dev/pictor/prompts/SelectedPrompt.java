package dev.pictor.prompts;

import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/** The prompt that a registry chose, and why. Immutable. */
@Value.Immutable
public abstract class SelectedPrompt {

    SelectedPrompt() {}

    /**
     * Returns a builder.
     *
     * @param prompt what was chosen
     * @param rule by what
     * @param reason why, in words; no value of a variable
     * @return a new builder
     */
    public static SelectedPromptBuilder builder(Prompt prompt, SelectionRule rule, String reason) {
        return new SelectedPromptBuilder().prompt(prompt).rule(rule).reason(reason);
    }

    /**
     * Returns a prompt that was chosen because there is no other.
     *
     * @param prompt the prompt
     * @return the choice
     */
    public static SelectedPrompt of(Prompt prompt) {
        return builder(prompt, SelectionRule.DEFAULT, "it is the file of that name")
                .build();
    }

    /**
     * What was chosen.
     *
     * @return the prompt
     */
    public abstract Prompt prompt();

    /**
     * By what it was chosen.
     *
     * @return the rule
     */
    public abstract SelectionRule rule();

    /**
     * Why it was chosen.
     *
     * @return in words
     */
    public abstract String reason();

    /**
     * What could have been chosen, but was not. Default: nothing.
     *
     * @return what, and why not, in the order in which it was considered
     */
    public abstract Map<String, String> passedOver();

    /**
     * The experiment that the subject takes part in. Default: empty.
     *
     * @return the experiment and the arm
     */
    public abstract Optional<Exposure> exposure();

    /**
     * Returns this choice with another text, for trying out a change: as if it were an override for this call alone. What
     * its front matter does not say is as in the prompt; it may name another model and other parameters, but not another
     * input or output; its partials are those of the prompt's folder.
     *
     * @param text a template or a whole prompt file
     * @param place what stands for the file in messages and records, such as {@code fork of a run}
     * @return the choice, by the rule {@link SelectionRule#OVERRIDE}
     * @throws PromptException if the text is wrong
     */
    public SelectedPrompt withText(String text, String place) {
        Prompt changed = prompt().instead(place, text);
        return new SelectedPromptBuilder()
                .from(this)
                .prompt(changed)
                .rule(SelectionRule.OVERRIDE)
                .reason(place + ", in place of what would have served by " + rule() + ": " + reason())
                .exposure(Optional.empty())
                .build();
    }

    /**
     * Fills in the variables.
     *
     * @param variables as {@link Prompt#render(Map)} takes them
     * @return the messages, which know of this choice
     * @throws PromptException as {@link Prompt#render(Map)} says
     * @throws IllegalArgumentException as {@link Prompt#render(Map)} says
     */
    public RenderedPrompt render(Map<String, ? extends @Nullable Object> variables) {
        return prompt().render(variables).by(this);
    }

    /**
     * Fills in the variables.
     *
     * @param variables as {@link Prompt#render(Record)} takes them
     * @return the messages, which know of this choice
     * @throws PromptException as {@link Prompt#render(Record)} says
     * @throws IllegalArgumentException as {@link Prompt#render(Record)} says
     */
    public RenderedPrompt render(Record variables) {
        return prompt().render(variables).by(this);
    }
}
