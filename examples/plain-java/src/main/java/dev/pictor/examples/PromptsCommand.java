package dev.pictor.examples;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code prompts}: looks after prompt files, without a model. */
@Command(
        name = "prompts",
        mixinStandardHelpOptions = true,
        description = "Checks, compares and shows prompt files, without a model.",
        subcommands = {PromptsLintCommand.class, PromptsDiffCommand.class, PromptsShowCommand.class})
final class PromptsCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given; try prompts --help");
    }
}
