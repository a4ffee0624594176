package dev.pictor.evaluation;

import dev.pictor.gateway.semantic.SemanticSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code semantic-cache}: judges whether the two prompts of each pair may share an answer. */
@Command(
        name = "semantic-cache",
        mixinStandardHelpOptions = true,
        description = {
            "Judges pairs of prompts: how many of one meaning share an answer, and how many of two meanings do wrongly.",
            "The last line is JSON. Exit code 0 whatever the score."
        })
final class SemanticCacheCommand implements Callable<Integer> {

    private static final String SAME = "same";
    private static final String ALL = "all";

    private static final class Counts {
        private int pairs;
        private int hits;

        double rate() {
            return JsonLine.share(hits, pairs);
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PAIRS.tsv",
            description = "prompt_a, prompt_b, label (same or different), and if known pair_id and kind.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--predictions", paramLabel = "FILE", description = "Where to write pair_id and same (0 or 1).")
    private @Nullable Path predictions;

    @Option(names = "--threshold", paramLabel = "COSINE", description = "Least similarity. Default: the library's.")
    private double threshold = SemanticSettings.builder().build().threshold();

    private final Map<String, Map<String, Counts>> counts = new TreeMap<>(); // by label and kind
    private final List<String> wrong = new ArrayList<>();

    @Override
    public Integer call() {
        PromptCache cache = new PromptCache(threshold);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("pair_id", "same"));
        for (Map<String, String> pair : Tsv.read(file)) {
            String id = pair.getOrDefault("pair_id", "row " + rows.size());
            boolean hit = cache.serves(pair.getOrDefault("prompt_a", ""), pair.getOrDefault("prompt_b", ""));
            rows.add(List.of(id, hit ? "1" : "0"));
            count(id, pair.getOrDefault("label", ""), kind(pair), hit);
        }
        if (predictions != null) {
            Tsv.write(predictions, rows);
        }
        print(spec.commandLine().getOut());
        return 0;
    }

    private static String kind(Map<String, String> pair) {
        return pair.getOrDefault("kind", "").replaceFirst(":.*", "");
    }

    private void count(String id, String label, String kind, boolean hit) {
        Map<String, Counts> kinds = counts.computeIfAbsent(label, key -> new TreeMap<>());
        for (String group : kind.isEmpty() ? List.of(ALL) : List.of(ALL, kind)) {
            Counts count = kinds.computeIfAbsent(group, key -> new Counts());
            count.pairs++;
            count.hits += hit ? 1 : 0;
        }
        if (hit && !label.equals(SAME) && !label.isEmpty()) {
            wrong.add(id + " (" + kind + ")");
        }
    }

    private void print(PrintWriter out) {
        counts.forEach((label, kinds) -> kinds.forEach((kind, count) ->
                out.println(Shares.line((label + " " + kind).strip() + ": served", count.hits, count.pairs))));
        out.println("wrong hits " + wrong.size());
        wrong.forEach(one -> out.println("  " + one));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("same_pairs", of(SAME).pairs);
        figures.put("hit_rate", of(SAME).rate());
        figures.put("different_pairs", of("different").pairs);
        figures.put("wrong_hits", wrong.size());
        figures.put("wrong_hit_rate", of("different").rate());
        figures.put("threshold", threshold);
        out.println(JsonLine.of(figures));
    }

    private Counts of(String label) {
        return counts.getOrDefault(label, Map.of()).getOrDefault(ALL, new Counts());
    }
}
