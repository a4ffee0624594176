package dev.pictor.testkit;

import dev.pictor.prompts.PromptSource;
import java.nio.file.Path;

/** The prompts that come with Pictor. */
class BuiltInPromptsTest extends PromptLibraryContract {

    @Override
    protected PromptSource prompts() {
        return PromptSource.builtIn();
    }

    @Override
    protected Path golden() {
        return Path.of("src/test/resources/golden-prompts");
    }
}
