package dev.pictor.prompts;

/** Holds the registry of the prompts that come with Pictor, from the first time it is asked for. */
final class BuiltIn {

    static final PromptRegistry REGISTRY = PromptRegistry.ofClasspath(Prompt.class, "dev/pictor/prompts/library");

    private BuiltIn() {}
}
