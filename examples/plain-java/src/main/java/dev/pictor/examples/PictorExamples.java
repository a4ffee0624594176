package dev.pictor.examples;

import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command-line program on Pictor: {@code generate}, {@code runs}, {@code show} and {@code resume}. Exit codes: 0 done,
 * 2 bad input, 3 a file cannot be read or written, 4 the model failed, 5 the run cannot be resumed or shown, 1 anything
 * else.
 */
@Command(
        name = "pictor-examples",
        mixinStandardHelpOptions = true,
        version = "Pictor examples",
        description = "Draws pictures from wishes in plain words. With GEMINI_API_KEY set, Gemini draws; "
                + "without, a procedural painter that needs no key and no network.",
        subcommands = {GenerateCommand.class, RunsCommand.class, ShowCommand.class, ResumeCommand.class})
public final class PictorExamples implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private PictorExamples() {}

    /**
     * Runs the program and ends the process.
     *
     * @param args a command and its options
     */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        System.exit(run(args, System.getenv(), isTerminal(), out, err));
    }

    /** From JDK 22 on there is a console even where there is no terminal, and a method that tells. */
    @SuppressWarnings("SystemConsoleNull") // JDK 17 to 21
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Runs the program and returns its exit code. */
    static int run(String[] args, Map<String, String> environment, boolean terminal, PrintWriter out, PrintWriter err) {
        Models models = new Models(environment);
        CommandLine line = new CommandLine(new PictorExamples(), new Commands(models, new Output(out, err, terminal)));
        line.setOut(out).setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(
                (problem, given) -> Failures.badInput(err, given, String.valueOf(problem.getMessage())));
        line.setExecutionExceptionHandler((problem, command, parsed) -> Failures.report(err, args, problem));
        return line.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given; try --help");
    }

    /** Hands each command what it works with. */
    private record Commands(Models models, Output output) implements CommandLine.IFactory {
        @Override
        @SuppressWarnings("unchecked") // each branch gives the class that was asked for
        public <K> K create(Class<K> type) throws Exception {
            if (type == GenerateCommand.class) {
                return (K) new GenerateCommand(models, output);
            }
            if (type == RunsCommand.class) {
                return (K) new RunsCommand(output);
            }
            if (type == ShowCommand.class) {
                return (K) new ShowCommand(output);
            }
            if (type == ResumeCommand.class) {
                return (K) new ResumeCommand(models, output);
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
