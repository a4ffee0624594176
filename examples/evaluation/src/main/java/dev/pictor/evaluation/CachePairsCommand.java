package dev.pictor.evaluation;

import dev.pictor.gateway.semantic.SemanticSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cache pairs}: judges whether the two prompts of each pair may share an answer. */
@Command(
        name = "pairs",
        mixinStandardHelpOptions = true,
        description = {
            "Judges pairs of prompts, and scores the judgements where a column label tells same or different.",
            "Exit code 0 whatever the score."
        })
final class CachePairsCommand implements Callable<Integer> {

    private static final class Counts {
        private int pairs;
        private int same;
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "TSV with pair_id, prompt_a, prompt_b and, if known, label and kind.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--predictions", required = true, paramLabel = "FILE", description = "Where to write, as TSV.")
    @SuppressWarnings("NullAway.Init")
    private Path predictions;

    @Option(names = "--threshold", paramLabel = "COSINE", description = "Least similarity. Default: the library's.")
    private double threshold = SemanticSettings.builder().build().threshold();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("pair_id", "same"));
        Map<String, Counts> counts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> pair : Tsv.read(file)) {
            String id = pair.getOrDefault("pair_id", "");
            PromptCache cache = new PromptCache(threshold);
            boolean first = cache.find("a", pair.getOrDefault("prompt_a", "")).isEmpty();
            boolean same =
                    first && cache.find("b", pair.getOrDefault("prompt_b", "")).isPresent();
            rows.add(List.of(id, same ? "1" : "0"));
            String label = pair.getOrDefault("label", "");
            String kind = pair.getOrDefault("kind", "").replaceFirst(":.*", "");
            for (String group : List.of(label + " all", label + " " + kind)) {
                Counts count = counts.computeIfAbsent(group, key -> new Counts());
                count.pairs++;
                count.same += same ? 1 : 0;
            }
            if (!label.isEmpty() && same != label.equals("same")) {
                wrong.add(id + " is " + label + " (" + kind + ")");
            }
        }
        Tsv.write(predictions, rows);
        counts.forEach((group, count) -> out.println(String.format(
                Locale.ROOT,
                "%-32s said same %5.1f%% (%d/%d)",
                group.strip(),
                100.0 * count.same / count.pairs,
                count.same,
                count.pairs)));
        out.println("disagreements " + wrong.size());
        wrong.forEach(one -> out.println("  " + one));
        return 0;
    }
}
