package dev.pictor.prompts;

/** Holds the prompts that come with Pictor, from the first time they are asked for. */
final class BuiltIn {

    static final PromptSource SOURCE = PromptSource.ofClasspath(Prompt.class, "dev/pictor/prompts/library");
    static final PromptRegistry REGISTRY = PromptRegistry.of(SOURCE);

    private BuiltIn() {}
}
