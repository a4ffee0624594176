package dev.pictor.examples;

import dev.pictor.prompts.Prompt;
import dev.pictor.prompts.PromptDiff;
import dev.pictor.prompts.PromptException;
import dev.pictor.prompts.PromptRegistry;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.PromptSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code prompts diff FILE FILE}: what changed between two prompts. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Tells what changed between two prompt files, and what of it breaks callers. Partials are looked for"
                        + " beside each file, else in the folders above it.")
final class PromptsDiffCommand implements Callable<Integer> {

    private static final String EXTENSION = ".prompt";
    private static final int MAX_FOLDERS = 8;

    private final Output output;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "A prompt file.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "AFTER", description = "A prompt file.")
    private Path after = Path.of("");

    PromptsDiffCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        String diff = PromptDiff.of(prompt(before), prompt(after)).toString();
        output.line(diff.substring(0, diff.length() - 1));
        return 0;
    }

    /** Reads a prompt below the nearest folder that has all its partials. */
    private static Prompt prompt(Path file) {
        if (!Files.isRegularFile(file) || !file.toString().endsWith(EXTENSION)) {
            throw new IllegalArgumentException(
                    "there is no prompt file " + file + "; its name must end in " + EXTENSION);
        }
        Path root = file.toAbsolutePath().normalize().getParent();
        String key = String.valueOf(file.getFileName()).replaceAll("\\.prompt$", "");
        @Nullable PromptException first = null;
        for (int i = 0; i < MAX_FOLDERS && root != null; i++) {
            try {
                return prompt(root, key);
            } catch (PromptException e) {
                first = first == null ? e : first;
            }
            key = root.getFileName() + "/" + key;
            root = root.getParent();
        }
        throw first == null ? new IllegalArgumentException(file + " lies in no folder") : first;
    }

    private static Prompt prompt(Path root, String key) {
        int dot = key.indexOf('.', key.lastIndexOf('/') + 1);
        return PromptRegistry.of(PromptSource.ofDirectory(root))
                .resolve(
                        dot < 0 ? key : key.substring(0, dot),
                        dot < 0 ? PromptSelection.none() : PromptSelection.ofVariant(key.substring(dot + 1)))
                .prompt();
    }
}
