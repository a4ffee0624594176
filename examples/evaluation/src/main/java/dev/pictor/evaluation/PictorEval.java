package dev.pictor.evaluation;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command-line program that measures Pictor. Exit codes: 0 done, 1 something crashed or hung, 2 bad input, 3 a file
 * cannot be read or written. Agreement with known answers is printed, and is no exit code.
 */
@Command(
        name = "pictor-eval",
        mixinStandardHelpOptions = true,
        version = "Pictor evaluation",
        description = "Measures Pictor against files with known answers.",
        subcommands = {
            CategoryCommand.class,
            ImagesCommand.class,
            IntentCommand.class,
            SemanticCacheCommand.class,
            TrainCommand.class,
            WorkloadCommand.class
        })
public final class PictorEval implements Runnable {

    static final int FAULTS = 1;
    static final int BAD_INPUT = 2;
    static final int FILE = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private PictorEval() {}

    /**
     * Runs the program and ends the process.
     *
     * @param args a command and its options
     */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        System.exit(run(args, out, err));
    }

    /** Runs the program and returns its exit code. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new PictorEval());
        line.setOut(out).setErr(err);
        line.setParameterExceptionHandler((problem, given) -> fail(err, BAD_INPUT, problem));
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof IllegalArgumentException) {
                return fail(err, BAD_INPUT, problem);
            }
            if (problem instanceof UncheckedIOException) {
                return fail(err, FILE, problem);
            }
            throw problem;
        });
        return line.execute(args);
    }

    private static int fail(PrintWriter err, int exitCode, Exception problem) {
        err.println("error: " + problem.getMessage());
        return exitCode;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given; try --help");
    }
}
