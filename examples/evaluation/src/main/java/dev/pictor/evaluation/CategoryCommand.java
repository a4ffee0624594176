package dev.pictor.evaluation;

import dev.pictor.intent.ProductCategories;
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

/** {@code category}: tells what kind of product each listing is about. */
@Command(
        name = "category",
        mixinStandardHelpOptions = true,
        description = {
            "Tells the category of listings, by their titles alone and with their descriptions, and scores it where a column"
                    + " category has the right one.",
            "The last line is JSON. Exit code 0 whatever the score."
        })
final class CategoryCommand implements Callable<Integer> {

    private static final String NONE = "NONE";

    private static final class Counts {
        private int rows;
        private int byTitle;
        private int byBoth;
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.tsv", description = "id, title and if known description and category.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--predictions", paramLabel = "FILE", description = "Where to write id and category.")
    private @Nullable Path predictions;

    @Option(names = "--categories", paramLabel = "FILE", description = "Words by category. Default: those of Pictor.")
    private @Nullable Path categories;

    private final Map<String, Counts> counts = new TreeMap<>(); // by category
    private final Counts all = new Counts();
    private final Counts named = new Counts(); // in one of the categories
    private final List<String> wrong = new ArrayList<>();

    @Override
    public Integer call() {
        ProductCategories known = categories == null ? ProductCategories.bundled() : ProductCategories.read(categories);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("id", "category"));
        for (Map<String, String> row : Tsv.read(file)) {
            String id = row.getOrDefault("id", "row " + rows.size());
            String title = row.getOrDefault("title", "");
            String byTitle = known.find(title).orElse(NONE);
            String byBoth =
                    known.find(title, row.getOrDefault("description", "")).orElse(NONE);
            rows.add(List.of(id, byBoth));
            count(id, row.getOrDefault("category", ""), byTitle, byBoth);
        }
        if (predictions != null) {
            Tsv.write(predictions, rows);
        }
        print(spec.commandLine().getOut());
        return 0;
    }

    private void count(String id, String right, String byTitle, String byBoth) {
        List<Counts> to = new ArrayList<>(List.of(all));
        to.add(counts.computeIfAbsent(right, key -> new Counts()));
        if (!right.equals(NONE)) {
            to.add(named);
        }
        for (Counts count : to) {
            count.rows++;
            count.byTitle += byTitle.equals(right) ? 1 : 0;
            count.byBoth += byBoth.equals(right) ? 1 : 0;
        }
        if (!byBoth.equals(right)) {
            wrong.add(id + " is " + right + ", said " + byBoth);
        }
    }

    private void print(PrintWriter out) {
        counts.forEach((category, count) -> line(out, category, count));
        line(out, "categories but " + NONE, named);
        line(out, "all", all);
        wrong.forEach(one -> out.println("  " + one));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rows", all.rows);
        figures.put("accuracy", JsonLine.share(all.byBoth, all.rows));
        figures.put("accuracy_title_only", JsonLine.share(all.byTitle, all.rows));
        figures.put("accuracy_without_none", JsonLine.share(named.byBoth, named.rows));
        figures.put("accuracy_without_none_title_only", JsonLine.share(named.byTitle, named.rows));
        Map<String, Double> byCategory = new LinkedHashMap<>();
        counts.forEach((category, count) -> byCategory.put(category, JsonLine.share(count.byBoth, count.rows)));
        figures.put("accuracy_by_category", byCategory);
        out.println(JsonLine.of(figures));
    }

    private static void line(PrintWriter out, String what, Counts count) {
        out.println(Shares.line(what + ": title", count.byTitle, count.rows) + "   and description "
                + Shares.of(count.byBoth, count.rows));
    }
}
