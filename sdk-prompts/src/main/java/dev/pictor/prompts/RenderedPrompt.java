package dev.pictor.prompts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt became with its variables filled in: the messages for a model, and from which file they are. Immutable.
 * The string form shows no content.
 */
public final class RenderedPrompt {

    private final Prompt prompt;
    private final @Nullable SelectedPrompt selection;
    private final List<PromptMessage> messages;
    /** Computed when it is first asked for: most of the time of a rendering would go into it. */
    private volatile @Nullable String renderedSha256;

    RenderedPrompt(Prompt prompt, List<PromptMessage> messages) {
        this(prompt, null, messages, null);
    }

    private RenderedPrompt(
            Prompt prompt,
            @Nullable SelectedPrompt selection,
            List<PromptMessage> messages,
            @Nullable String renderedSha256) {
        this.prompt = prompt;
        this.selection = selection;
        this.messages = messages;
        this.renderedSha256 = renderedSha256;
    }

    /** Returns the same with the choice that led to it. */
    RenderedPrompt by(SelectedPrompt choice) {
        return new RenderedPrompt(prompt, choice, messages, renderedSha256);
    }

    /**
     * Returns why this prompt was chosen.
     *
     * @return the registry's choice, or empty if the prompt was rendered without one
     */
    public Optional<SelectedPrompt> selection() {
        return Optional.ofNullable(selection);
    }

    /**
     * Returns the messages, oldest first.
     *
     * @return none if the template renders to blank text
     */
    public List<PromptMessage> messages() {
        return messages;
    }

    /**
     * Returns the text of all messages, without media and sections.
     *
     * @return the text parts, joined by line breaks
     */
    public String text() {
        return messages.stream()
                .flatMap(message -> message.parts().stream())
                .filter(PromptPart.Text.class::isInstance)
                .map(part -> ((PromptPart.Text) part).text())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Returns the prompt's name.
     *
     * @return such as {@code generation/enhance}
     */
    public String name() {
        return prompt.name();
    }

    /**
     * Returns the prompt's variant.
     *
     * @return such as {@code art}, or empty for the file without a variant
     */
    public Optional<String> variant() {
        return prompt.variant();
    }

    /**
     * Returns the prompt's version.
     *
     * @return what {@link Prompt#version()} says
     */
    public String version() {
        return prompt.version();
    }

    /**
     * Returns the digest of the prompt's files.
     *
     * @return what {@link Prompt#sha256()} says
     */
    public String sha256() {
        return prompt.sha256();
    }

    /**
     * Returns the digest of the messages: SHA-256 of UTF-8 JSON without blanks, an array of {@code
     * {"role":"user","content":[..]}}, where a part is {@code {"text":..}}, {@code {"media":{"url":..,"contentType":..}}}
     * or {@code {"section":..}}, with the keys in this order.
     *
     * @return 64 lower-case hexadecimal characters
     */
    public String renderedSha256() {
        String digest = renderedSha256;
        if (digest == null) {
            digest = Digests.ofMessages(messages);
            renderedSha256 = digest;
        }
        return digest;
    }

    /**
     * Returns where the prompt came from.
     *
     * @return what {@link Prompt#origin()} says
     */
    public String origin() {
        return prompt.origin();
    }

    /**
     * Returns the schema of the answer.
     *
     * @return what {@link Prompt#outputSchema()} says
     */
    public Map<String, Object> outputSchema() {
        return prompt.outputSchema();
    }

    /**
     * Returns what an answer must look like.
     *
     * @return what {@link Prompt#answerSchema()} says
     * @throws PromptException as that says
     */
    public Optional<AnswerSchema> answerSchema() {
        return prompt.answerSchema();
    }

    /**
     * Returns the model's parameters.
     *
     * @return what {@link Prompt#config()} says
     */
    public Map<String, Object> config() {
        return prompt.config();
    }

    @Override
    public String toString() {
        return "RenderedPrompt[" + prompt.title() + ", " + messages.size() + " messages, "
                + renderedSha256().substring(0, 8) + "]";
    }
}
