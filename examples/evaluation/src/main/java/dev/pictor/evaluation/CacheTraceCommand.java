package dev.pictor.evaluation;

import dev.pictor.gateway.semantic.SemanticSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cache trace}: plays a list of requests and tells which of them an earlier one answers. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a list of requests through a cache, and scores it where a column group_id tells what means the same.",
            "Exit code 0 whatever the score."
        })
final class CacheTraceCommand implements Callable<Integer> {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}']+");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "TSV with request_id, prompt and, if known, group_id.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--predictions", required = true, paramLabel = "FILE", description = "Where to write, as TSV.")
    @SuppressWarnings("NullAway.Init")
    private Path predictions;

    @Option(names = "--threshold", paramLabel = "COSINE", description = "Least similarity. Default: the library's.")
    private double threshold = SemanticSettings.builder().build().threshold();

    private final Map<String, String> groups = new HashMap<>(); // by request
    private final Set<String> seenPrompts = new HashSet<>();
    private final Set<String> seenWords = new HashSet<>();
    private final Set<String> seenGroups = new HashSet<>();
    private final List<String> otherBases = new ArrayList<>();
    private int requests;
    private int exact;
    private int normalised;
    private int oracle;
    private int hits;
    private int right;
    private int wrongFact;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PromptCache cache = new PromptCache(threshold);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("request_id", "hit", "served_from"));
        for (Map<String, String> request : Tsv.read(file)) {
            String id = request.getOrDefault("request_id", "");
            String prompt = request.getOrDefault("prompt", "");
            Optional<String> from = cache.find(id, prompt);
            rows.add(List.of(id, from.isPresent() ? "1" : "0", from.orElse("")));
            count(id, prompt, request.getOrDefault("group_id", ""), from);
        }
        Tsv.write(predictions, rows);
        print(out, "exact words", exact, requests);
        print(out, "normalised words", normalised, requests);
        print(out, "hit rate", hits, requests);
        print(out, "same meaning (most there can be)", oracle, requests);
        print(out, "  served the right group", right, hits);
        print(out, "  WRONG: a fact differs", wrongFact, hits);
        print(out, "  other base (may be alike)", otherBases.size(), hits);
        otherBases.forEach(one -> out.println("    " + one));
        return 0;
    }

    private void count(String id, String prompt, String group, Optional<String> from) {
        requests++;
        exact += seenPrompts.add(prompt) ? 0 : 1;
        normalised += seenWords.add(NO_WORD.matcher(prompt.toLowerCase(Locale.ROOT))
                        .replaceAll(" ")
                        .strip())
                ? 0
                : 1;
        oracle += seenGroups.add(group) ? 0 : 1;
        groups.put(id, group);
        if (from.isPresent()) {
            String other = groups.getOrDefault(from.get(), "");
            hits++;
            if (other.equals(group)) {
                right++;
            } else if (base(other).equals(base(group))) {
                wrongFact++;
            } else {
                otherBases.add(id + " (" + group + ") from " + from.get() + " (" + other + ")");
            }
        }
    }

    private static String base(String group) {
        return group.replaceFirst("\\..*", "");
    }

    private static void print(PrintWriter out, String what, int part, int whole) {
        out.println(
                whole == 0
                        ? what + ": none"
                        : String.format(Locale.ROOT, "%-34s %5.1f%% (%d/%d)", what, 100.0 * part / whole, part, whole));
    }
}
