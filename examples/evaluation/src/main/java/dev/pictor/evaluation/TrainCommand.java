package dev.pictor.evaluation;

import dev.pictor.evaluation.IntentRows.Row;
import dev.pictor.intent.IntentTrainer;
import dev.pictor.intent.LabelledPrompt;
import dev.pictor.intent.Lexicon;
import dev.pictor.intent.ReliabilityTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code train}: learns the weights of a lexicon from labelled prompts. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Learns weights, calibration and complexity from labelled prompts and writes the lexicon with them.",
            "The words of the lexicon stay as they are. The same files give the same lexicon."
        })
final class TrainCommand implements Callable<Integer> {

    private static final int PARTS = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "JSON lines, or .tsv with columns, as intent reads them. A row may leave out what is not known.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write the lexicon.")
    @SuppressWarnings("NullAway.Init")
    private Path target;

    @Option(names = "--lexicon", paramLabel = "FILE", description = "The words. Default: those of the library.")
    private @Nullable Path lexicon;

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description = "TSV with base_id or id and prompt, for rows that have an id alone.")
    private List<Path> promptFiles = List.of();

    @Option(
            names = "--holdout",
            paramLabel = "SHARE",
            defaultValue = "0.3",
            description =
                    "The share of prompts, 0 to 0.9, that the printed figures are about: they are what is learned from the "
                            + "others. The lexicon that is written learns from all. Default: ${DEFAULT-VALUE}.")
    private double holdout;

    @Option(
            names = "--version",
            paramLabel = "NAME",
            description = "The version to write. Default: that of the lexicon.")
    private @Nullable String version;

    @Option(names = "--date", paramLabel = "DAY", description = "The day to write, such as 2026-11-30. Default: today.")
    private @Nullable LocalDate date;

    @Override
    public Integer call() {
        if (!(holdout >= 0 && holdout <= 0.9)) {
            throw new IllegalArgumentException("--holdout must be 0 to 0.9, was " + holdout);
        }
        Map<String, String> prompts = prompts();
        List<Row> rows = new ArrayList<>();
        files.forEach(file -> rows.addAll(IntentRows.read(file, prompts)));
        if (rows.stream().noneMatch(row -> row.domain().isPresent())) {
            throw new IllegalArgumentException(
                    "none of the " + rows.size() + " rows has a domain: nothing can be learned");
        }
        PrintWriter out = spec.commandLine().getOut();
        Lexicon words = lexicon == null ? Lexicon.bundled() : Lexicon.read(lexicon);
        IntentTrainer trainer = IntentTrainer.from(words);
        String name = version == null ? words.version() : version;
        LocalDate day = date == null ? LocalDate.now(ZoneOffset.UTC) : date;

        Lexicon learned = trainer.train(labelled(rows), name, day);
        learned.write(target);
        out.println("learned from " + rows.size() + " rows, written to " + target);
        out.println("confidence, each part judged by what was learned from the others, before calibration:");
        out.print(ReliabilityTable.of(trainer.outcomes(labelled(rows))));
        out.println();
        List<Row> held = rows.stream().filter(this::isHeld).toList();
        List<Row> rest = rows.stream().filter(row -> !isHeld(row)).toList();
        if (held.isEmpty() || rest.isEmpty()) {
            out.println("no prompts are held out: nothing is scored");
            return 0;
        }
        out.println(
                "prompts held out " + held.size() + ", judged by what was learned from the other " + rest.size() + ":");
        List<IntentScore.Answer> answers = IntentCommand.answers(trainer.train(labelled(rest), name, day), held);
        new IntentScore(answers, out).print(List.of(), IntentCommand.microsPerPrompt(learned, held));
        return 0;
    }

    private Map<String, String> prompts() {
        Map<String, String> prompts = new HashMap<>();
        for (Path file : promptFiles) {
            for (Map<String, String> row : Tsv.read(file)) {
                prompts.put(row.getOrDefault("base_id", row.getOrDefault("id", "")), row.getOrDefault("prompt", ""));
            }
        }
        return prompts;
    }

    private boolean isHeld(Row row) {
        return Math.floorMod(row.prompt().hashCode() * 31, PARTS) < holdout * PARTS;
    }

    private static List<LabelledPrompt> labelled(List<Row> rows) {
        return rows.stream().map(Row::labelled).toList();
    }
}
