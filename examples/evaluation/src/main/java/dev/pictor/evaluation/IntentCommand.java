package dev.pictor.evaluation;

import dev.pictor.evaluation.IntentRows.Row;
import dev.pictor.evaluation.IntentScore.Answer;
import dev.pictor.intent.Classification;
import dev.pictor.intent.ComplexityScorer;
import dev.pictor.intent.IntentClassifier;
import dev.pictor.intent.Lexicon;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code intent}: tells what prompts ask for, and scores it where labels are known. */
@Command(
        name = "intent",
        mixinStandardHelpOptions = true,
        description = {
            "Tells domain, style, confidence and complexity of prompts by their words alone, and scores it where labels are known.",
            "The last line is one line of JSON with all figures. Exit code 0 whatever the score."
        })
final class IntentCommand implements Callable<Integer> {

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 300;
    private static final int LEAST_PROMPTS = 100; // in a round
    private static final long LONGEST_NANOS = 10_000_000_000L;

    /** Styles that a file may count to a wider one, if none of its rows knows them. */
    private static final Map<String, String> WIDER = Map.of("impressionist", "painting", "watercolour", "painting");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "JSON lines, or .tsv with columns: prompt and, if known, id, domain, style, cue, ambiguous, "
                    + "needs_clarification, complexity (low, medium, high), word_count.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--predictions", paramLabel = "FILE", description = "Where to write the answers, as TSV.")
    private @Nullable Path predictions;

    @Option(names = "--lexicon", paramLabel = "FILE", description = "Words and weights. Default: those of the library.")
    private @Nullable Path lexicon;

    @Override
    public Integer call() {
        Lexicon words = lexicon == null ? Lexicon.bundled() : Lexicon.read(lexicon);
        List<Row> rows = IntentRows.read(file, Map.of());
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + " has no rows");
        }
        List<Answer> answers = answers(words, rows);
        if (predictions != null) {
            Tsv.write(predictions, predictions(answers));
        }
        new IntentScore(answers, spec.commandLine().getOut())
                .print(ScriptedTiers.of(words, rows), microsPerPrompt(words, rows));
        return 0;
    }

    static List<Answer> answers(Lexicon words, List<Row> rows) {
        IntentClassifier classifier = IntentClassifier.from(words);
        ComplexityScorer scorer = ComplexityScorer.from(words);
        Set<String> known = rows.stream().flatMap(row -> row.style().stream()).collect(Collectors.toSet());
        List<Answer> answers = new ArrayList<>();
        for (Row row : rows) {
            Classification found = classifier.classify(row.prompt());
            String style = found.style().replace('-', '_');
            answers.add(new Answer(
                    row,
                    found,
                    known.contains(style) ? style : WIDER.getOrDefault(style, style),
                    scorer.score(row.prompt(), found.domain()).score()));
        }
        return answers;
    }

    private static List<List<String>> predictions(List<Answer> answers) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("id", "domain", "style", "confidence", "needs_clarification", "complexity", "evidence"));
        for (Answer answer : answers) {
            lines.add(List.of(
                    answer.row().id(),
                    answer.found().domain().toString(),
                    answer.style(),
                    String.format(Locale.ROOT, "%.6f", answer.found().confidence()),
                    answer.found().needsClarification() ? "1" : "0",
                    String.format(Locale.ROOT, "%.6f", answer.complexity()),
                    answer.found().evidence().stream()
                            .map(evidence -> String.format(
                                    Locale.ROOT,
                                    "%s>%s %.1f",
                                    evidence.term(),
                                    evidence.speaksFor(),
                                    evidence.weight()))
                            .collect(Collectors.joining("; "))));
        }
        return lines;
    }

    /** Processor time, the mean over all prompts in the fastest of many rounds: what else the machine does shows little. */
    static double microsPerPrompt(Lexicon words, List<Row> rows) {
        IntentClassifier classifier = IntentClassifier.from(words);
        int repeats = Math.max(1, LEAST_PROMPTS / rows.size());
        double best = Double.MAX_VALUE;
        int unread = 0;
        long end = System.nanoTime() + LONGEST_NANOS;
        for (int round = 0; round < ROUNDS && System.nanoTime() < end; round++) {
            long start = CPU.getCurrentThreadCpuTime();
            for (int i = 0; i < repeats; i++) {
                for (Row row : rows) {
                    unread += classifier.classify(row.prompt()).style().length();
                }
            }
            best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) / 1e3 / repeats / rows.size());
        }
        return unread < 0 ? 0 : best;
    }
}
