package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import dev.pictor.trace.ReportPage.Section;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One run as a page for people: pictures, what was made of which, time line, stages, calls with their messages, prompts,
 * decisions, checks, and what was said of it later.
 *
 * <p>The page is one HTML file in UTF-8 that opens from disk and loads nothing. Its content security policy allows the
 * style sheet and the small script that come with it, by their hashes, and nothing else; what models and users wrote is
 * escaped, and characters that would hide or reorder text are shown by their code points. It can be read without the
 * script, by keyboard alone, on a phone, in the dark and on paper. Times are in UTC, numbers the same in every locale. It holds whatever the record
 * holds, prompts and answers included: share it accordingly.
 *
 * <p>Each picture is in the page once, however often it was used, as long as all of them together stay within
 * {@link #MAX_PICTURE_BYTES}. {@link #writeTo} puts those that do not fit beside the page, in the folder {@code pictures},
 * under their SHA-256. A picture that is no longer stored or cannot be read is a card that says so.
 *
 * <p>Immutable; thread-safe as far as the artifact store is.
 */
public final class RunReport {

    /** How many bytes of pictures a report holds, before encoding: 10,485,760 (10 MiB). */
    public static final int MAX_PICTURE_BYTES = 10 << 20;

    private final RunRecord run;
    private final ArtifactStore artifacts;

    private RunReport(RunRecord run, ArtifactStore artifacts) {
        this.run = run;
        this.artifacts = artifacts;
    }

    /**
     * Returns the report of a run.
     *
     * @param run the run, over or not
     * @param artifacts where its pictures are; {@link ArtifactStore#none()} for a report without
     * @return the report
     */
    public static RunReport of(RunRecord run, ArtifactStore artifacts) {
        return new RunReport(requireNonNull(run, "run"), requireNonNull(artifacts, "artifacts"));
    }

    /**
     * Returns the page alone. Reads the pictures from the artifact store; those that do not fit are left out.
     *
     * @return HTML
     */
    public String html() {
        return html(picture -> Optional.empty());
    }

    /** @param beside takes what the page has no room for, and returns the link to it */
    String html(Function<ImageBytes, Optional<String>> beside) {
        HtmlWriter html = new HtmlWriter();
        ReportPictures pictures = new ReportPictures(run.artifacts(), artifacts, beside);
        ReportSummary summary = new ReportSummary(run, html);
        new ReportPage(html)
                .write(
                        run.pipeline() + " " + ReportFormat.word(run.status()) + " " + run.runId(),
                        summary::header,
                        sections(html, pictures),
                        () -> summary.footer(pictures.inlined(), pictures.count()));
        return html.toString();
    }

    /**
     * Writes the page to a file, which appears with all of its content or not at all. A file that is there is replaced.
     * Pictures that do not fit are written to the folder {@code pictures} beside it.
     *
     * @param file the file; its folder must exist
     * @throws UncheckedIOException if it cannot be written; no half-written file is left behind
     */
    public void writeTo(Path file) {
        ReportFile files = new ReportFile(file);
        files.write(html(picture -> Optional.of(files.writeBeside(picture))));
    }

    private List<Section> sections(HtmlWriter html, ReportPictures pictures) {
        ReportTables tables = new ReportTables(run, html);
        ReportEdits edits = new ReportEdits(run.calls(), pictures, html);
        return List.of(
                new Section("pictures", "Pictures", pictures.count(), () -> pictures.write(html)),
                new Section("edits", "Before and after", edits.count(), edits::write),
                new Section(
                        "time-line",
                        "Time line",
                        run.stages().size() + run.calls().size(),
                        () -> new ReportTimeLine(run).write(html)),
                new Section("stages", "Stages", run.stages().size(), () -> new ReportStages(run).write(html)),
                new Section("calls", "Calls", run.calls().size(), new ReportCalls(run, pictures, html)::write),
                new Section("prompts", "Prompts", run.prompts().size(), tables::prompts),
                new Section("decisions", "Decisions", run.decisions().size(), tables::decisions),
                new Section("checks", "Checks", run.evaluations().size(), tables::checks),
                new Section("feedback", "Said later", run.feedback().size(), tables::feedback));
    }
}
