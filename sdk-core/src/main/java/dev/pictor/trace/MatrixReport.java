package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import dev.pictor.trace.ReportPage.Section;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Many runs as one table for people: a row for each input, a column for each way of serving it, such as the versions of a
 * prompt. Each cell has the pictures, how it ended, its checks, time and cost; the last row has the totals. The page is
 * like that of {@link RunReport}: one file, offline, safe to open whatever models and users wrote.
 *
 * <p>Immutable; thread-safe as far as the artifact store is.
 */
public final class MatrixReport {

    private final String title;
    private final List<String> columns;
    private final List<Row> rows;
    private final ArtifactStore artifacts;

    private MatrixReport(String title, List<String> columns, List<Row> rows, ArtifactStore artifacts) {
        this.title = title;
        this.columns = columns;
        this.rows = rows;
        this.artifacts = artifacts;
    }

    /**
     * An input, and what became of it in each column.
     *
     * @param name what to call it, such as the id of the first run of it
     * @param runs one for each column; empty where there is none
     */
    public record Row(String name, List<Optional<RunRecord>> runs) {
        /** Checks and copies. */
        public Row {
            requireNonNull(name, "name");
            runs = List.copyOf(runs);
        }
    }

    /**
     * Returns a report.
     *
     * @param title what the table is about
     * @param columns what to call the ways
     * @param rows the inputs
     * @param artifacts where the pictures are; {@link ArtifactStore#none()} for a report without
     * @return the report
     * @throws IllegalArgumentException if a row has another number of runs than there are columns
     */
    public static MatrixReport of(String title, List<String> columns, List<Row> rows, ArtifactStore artifacts) {
        requireNonNull(title, "title");
        for (Row row : rows) {
            if (row.runs().size() != columns.size()) {
                throw new IllegalArgumentException(
                        "row " + row.name() + " has " + row.runs().size() + " runs for " + columns.size() + " columns");
            }
        }
        return new MatrixReport(title, List.copyOf(columns), List.copyOf(rows), requireNonNull(artifacts, "artifacts"));
    }

    /**
     * Returns the page alone. Pictures that do not fit are left out, as {@link RunReport#html()} does.
     *
     * @return HTML
     */
    public String html() {
        return html(picture -> Optional.empty());
    }

    /**
     * Writes the page to a file, as {@link RunReport#writeTo} does.
     *
     * @param file the file; its folder must exist
     * @throws UncheckedIOException if it cannot be written; no half-written file is left behind
     */
    public void writeTo(Path file) {
        ReportFile files = new ReportFile(file);
        files.write(html(picture -> Optional.of(files.writeBeside(picture))));
    }

    private String html(Function<ImageBytes, Optional<String>> beside) {
        HtmlWriter html = new HtmlWriter();
        List<ArtifactRecord> all = new ArrayList<>();
        rows.forEach(row -> row.runs().forEach(run -> run.ifPresent(there -> all.addAll(there.artifacts()))));
        ReportPictures pictures = new ReportPictures(all, artifacts, beside);
        new ReportPage(html)
                .write(
                        title,
                        () -> header(html),
                        List.of(
                                new Section("runs", "Runs", rows.size(), () -> table(html, pictures)),
                                new Section("pictures", "Pictures", pictures.count(), () -> pictures.write(html))),
                        () -> footer(html));
        return html.toString();
    }

    private void header(HtmlWriter html) {
        html.open("header").leaf("p", "Pictor runs", "class", "kicker").leaf("h1", title);
        html.leaf(
                "p",
                ReportFormat.counted(rows.size(), "input") + ", " + ReportFormat.counted(columns.size(), "column"));
        html.close();
    }

    private static void footer(HtmlWriter html) {
        html.open("footer")
                .leaf("p", "Record form: pictor-trace " + TraceEvent.FORM + ". Times are sums of runs.")
                .close();
    }

    private void table(HtmlWriter html, ReportPictures pictures) {
        List<String> heads = new ArrayList<>(List.of("Input"));
        heads.addAll(columns);
        html.open("div", "class", "matrix");
        ReportTables.head(html, heads.toArray(String[]::new));
        for (Row row : rows) {
            html.open("tr").leaf("th", row.name(), "scope", "row");
            for (int i = 0; i < columns.size(); i++) {
                html.open("td", "data-label", columns.get(i));
                row.runs()
                        .get(i)
                        .ifPresentOrElse(
                                run -> cell(html, pictures, run), () -> html.leaf("span", "no run", "class", "quiet"));
                html.close();
            }
            html.close();
        }
        html.open("tr", "class", "totals").leaf("th", "All", "scope", "row");
        for (int i = 0; i < columns.size(); i++) {
            html.open("td", "data-label", columns.get(i));
            totals(html, i);
            html.close();
        }
        html.close();
        ReportTables.foot(html);
        html.close();
    }

    private static void cell(HtmlWriter html, ReportPictures pictures, RunRecord run) {
        ReportFormat.tag(html, ReportFormat.word(run.status()), ReportSummary.look(run.status()));
        run.artifacts().stream()
                .filter(artifact -> artifact.role().equals("output"))
                .map(artifact -> artifact.artifact().sha256().hex())
                .distinct()
                .forEach(picture -> pictures.thumb(html, picture, "output"));
        html.leaf("p", spent(Spent.of(run.duration(), run.calls())));
        html.leaf("p", checks(List.of(run)), "class", "quiet");
        run.error().ifPresent(error -> ReportFormat.error(html, error));
        html.leaf("code", run.runId().value(), "class", "quiet");
    }

    private void totals(HtmlWriter html, int column) {
        List<RunRecord> runs =
                rows.stream().flatMap(row -> row.runs().get(column).stream()).toList();
        long succeeded =
                runs.stream().filter(run -> run.status() == RunStatus.SUCCEEDED).count();
        html.leaf("p", succeeded + " of " + ReportFormat.counted(runs.size(), "run") + " succeeded");
        Duration time = runs.stream().flatMap(run -> run.duration().stream()).reduce(Duration.ZERO, Duration::plus);
        html.leaf(
                "p",
                spent(Spent.of(
                        Optional.of(time),
                        runs.stream().flatMap(run -> run.calls().stream()).toList())));
        html.leaf("p", checks(runs), "class", "quiet");
    }

    private static String spent(Spent spent) {
        return spent.duration().map(ReportFormat::duration).orElse("time unknown") + ", " + spent.cost();
    }

    private static String checks(List<RunRecord> runs) {
        Map<Evaluation.Verdict, Integer> counts = new EnumMap<>(Evaluation.Verdict.class);
        runs.forEach(run -> run.evaluations()
                .forEach(check -> counts.merge(check.evaluation().verdict(), 1, Integer::sum)));
        List<String> words = new ArrayList<>();
        counts.forEach((verdict, count) -> words.add(count + " " + ReportFormat.word(verdict)));
        return words.isEmpty() ? "no checks" : "checks: " + String.join(", ", words);
    }
}
