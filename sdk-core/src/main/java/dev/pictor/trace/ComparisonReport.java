package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import dev.pictor.trace.ReportPage.Section;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Two runs beside each other as a page for people: what changed in time, cost, pictures, stages, prompts, decisions and
 * checks. The page is like that of {@link RunReport}: one file, offline, safe to open whatever models and users wrote.
 *
 * <p>Immutable; thread-safe as far as the artifact store is.
 */
public final class ComparisonReport {

    private final RunComparison comparison;
    private final ArtifactStore artifacts;

    private ComparisonReport(RunComparison comparison, ArtifactStore artifacts) {
        this.comparison = comparison;
        this.artifacts = artifacts;
    }

    /**
     * Returns the report of a comparison.
     *
     * @param comparison the two runs
     * @param artifacts where the pictures of both are; {@link ArtifactStore#none()} for a report without
     * @return the report
     */
    public static ComparisonReport of(RunComparison comparison, ArtifactStore artifacts) {
        return new ComparisonReport(requireNonNull(comparison, "comparison"), requireNonNull(artifacts, "artifacts"));
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
        List<ArtifactRecord> all = new ArrayList<>(comparison.a().artifacts());
        all.addAll(comparison.b().artifacts());
        ReportPictures pictures = new ReportPictures(all, artifacts, beside);
        ComparisonTables tables = new ComparisonTables(comparison, html);
        ComparedPictures compared = new ComparedPictures(comparison, pictures, html);
        new ReportPage(html)
                .write(
                        "Compare " + comparison.a().runId() + " and "
                                + comparison.b().runId(),
                        tables::header,
                        List.of(
                                new Section("totals", "Totals", tables.totals(), tables::writeTotals),
                                new Section("pairs", "Pictures of both", compared.count(), compared::write),
                                new Section(
                                        "prompts",
                                        "Prompts",
                                        comparison.prompts().size(),
                                        tables::writePrompts),
                                new Section(
                                        "decisions",
                                        "Decisions that differ",
                                        comparison.otherDecisions().size(),
                                        tables::writeDecisions),
                                new Section(
                                        "stages", "Stages", comparison.stages().size(), tables::writeStages),
                                new Section(
                                        "checks",
                                        "Checks",
                                        comparison.evaluations().size(),
                                        tables::writeChecks),
                                new Section("pictures", "All pictures", pictures.count(), () -> pictures.write(html))),
                        tables::footer);
        return html.toString();
    }
}
