package dev.pictor.examples;

import static java.util.Map.entry;

import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command-line program on Pictor. {@code generate} draws, {@code answer} goes on where it asked back; {@code runs}, {@code show}, {@code report}, {@code compare},
 * {@code metrics} and {@code export} look at past runs; {@code resume}, {@code replay} and {@code fork} run them again;
 * {@code override} mends a prompt for a tenant; {@code gateway}, {@code image} and {@code prompts} show single parts. Exit
 * codes: 0 done, 2 bad input, 3 a file cannot be read or written, 4 the model failed, 5 the run cannot be resumed,
 * replayed, forked or shown, 6 a URL cannot be fetched, 1 anything else, such as one picture of several that is refused
 * or a prompt with errors.
 */
@Command(
        name = "pictor-examples",
        mixinStandardHelpOptions = true,
        version = "Pictor examples",
        description = "Draws pictures from wishes in plain words. With GEMINI_API_KEY set, Gemini draws; "
                + "with OPENAI_API_KEY, OpenAI; without, a procedural painter that needs no key and no network.",
        subcommands = {
            GenerateCommand.class,
            RunsCommand.class,
            ShowCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            MetricsCommand.class,
            LearnCommand.class,
            ExportCommand.class,
            AnswerCommand.class,
            ResumeCommand.class,
            ReplayCommand.class,
            ForkCommand.class,
            OverrideCommand.class,
            GatewayCommand.class,
            ImageCommand.class,
            PromptsCommand.class
        })
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
        CommandLine line = new CommandLine(new PictorExamples(), Commands.of(models, new Output(out, err, terminal)));
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
    private record Commands(Map<Class<?>, Supplier<?>> makers) implements CommandLine.IFactory {

        static Commands of(Models models, Output output) {
            return new Commands(Map.ofEntries(
                    entry(GenerateCommand.class, () -> new GenerateCommand(models, output)),
                    entry(RunsCommand.class, () -> new RunsCommand(output)),
                    entry(ShowCommand.class, () -> new ShowCommand(output)),
                    entry(ReportCommand.class, () -> new ReportCommand(output)),
                    entry(CompareCommand.class, () -> new CompareCommand(output)),
                    entry(MetricsCommand.class, () -> new MetricsCommand(output)),
                    entry(LearnCommand.class, () -> new LearnCommand(output)),
                    entry(AnswerCommand.class, () -> new AnswerCommand(models, output)),
                    entry(ResumeCommand.class, () -> new ResumeCommand(models, output)),
                    entry(ExportCommand.class, () -> new ExportCommand(output)),
                    entry(ReplayCommand.class, () -> new ReplayCommand(models, output)),
                    entry(ForkCommand.class, () -> new ForkCommand(models, output)),
                    entry(OverridePutCommand.class, () -> new OverridePutCommand(output)),
                    entry(OverrideListCommand.class, () -> new OverrideListCommand(output)),
                    entry(OverrideRemoveCommand.class, () -> new OverrideRemoveCommand(output)),
                    entry(GatewayCommand.class, () -> new GatewayCommand(output)),
                    entry(PromptsLintCommand.class, () -> new PromptsLintCommand(output)),
                    entry(PromptsDiffCommand.class, () -> new PromptsDiffCommand(output)),
                    entry(PromptsShowCommand.class, () -> new PromptsShowCommand(output)),
                    entry(ImageInfoCommand.class, () -> new ImageInfoCommand(output)),
                    entry(ImagePresetCommand.class, () -> new ImagePresetCommand(output)),
                    entry(ImagePaletteCommand.class, () -> new ImagePaletteCommand(output)),
                    entry(ImageCompareCommand.class, () -> new ImageCompareCommand(output)),
                    entry(ImageSheetCommand.class, () -> new ImageSheetCommand(output)),
                    entry(ImageCutoutCommand.class, () -> new ImageCutoutCommand(output)),
                    entry(ImageFetchCommand.class, () -> new ImageFetchCommand(output)),
                    entry(ImageBatchCommand.class, () -> new ImageBatchCommand(output))));
        }

        @Override
        public <K> K create(Class<K> type) throws Exception {
            Supplier<?> maker = makers.get(type);
            return maker == null ? CommandLine.defaultFactory().create(type) : type.cast(maker.get());
        }
    }
}
