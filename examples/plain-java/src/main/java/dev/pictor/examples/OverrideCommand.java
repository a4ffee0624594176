package dev.pictor.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code override}: prompts that serve one tenant, until something better is released. */
@Command(
        name = "override",
        mixinStandardHelpOptions = true,
        description = "Mends a prompt for one tenant.",
        subcommands = {OverridePutCommand.class, OverrideListCommand.class, OverrideRemoveCommand.class})
final class OverrideCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine line = spec.commandLine();
        throw new ParameterException(line, "no command given; try override --help");
    }
}
