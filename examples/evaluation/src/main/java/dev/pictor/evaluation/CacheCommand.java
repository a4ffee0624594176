package dev.pictor.evaluation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cache}: how well prompts of the same meaning are found, and how often others are taken for them. */
@Command(
        name = "cache",
        mixinStandardHelpOptions = true,
        description = "Judges which prompts may share an answer.",
        subcommands = {CachePairsCommand.class, CacheTraceCommand.class})
final class CacheCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "cache needs a command: pairs or trace");
    }
}
