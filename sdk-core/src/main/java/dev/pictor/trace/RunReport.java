package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One run as a page for people: pictures, time line, stages, calls with their messages, prompts, decisions and checks.
 *
 * <p>The page is one HTML file in UTF-8 that opens from disk. It has no script and loads nothing, and its content
 * security policy forbids both; what models and users wrote is escaped, and characters that would hide or reorder text
 * are shown by their code points. Times are in UTC, numbers the same in every locale. It holds whatever the record
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

    private static final String PICTURES = "pictures";
    private static final String STYLE = style();
    private static final String POLICY = "default-src 'none'; img-src data:; style-src 'sha256-"
            + Base64.getEncoder()
                    .encodeToString(HexFormat.of()
                            .parseHex(Sha256.of(STYLE.getBytes(StandardCharsets.UTF_8))
                                    .hex()))
            + "'; base-uri 'none'; form-action 'none'";

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
        List<Section> sections = sections(html, pictures);
        html.open("html", "lang", "en");
        head(html);
        html.open("body");
        summary.header();
        html.open("nav", "aria-label", "Sections").open("ul");
        for (Section section : sections) {
            html.open("li").open("a", "href", "#" + section.id).text(section.title + " ");
            html.leaf("small", ReportFormat.number(section.count)).close().close();
        }
        html.close().close().open("main");
        for (Section section : sections) {
            html.open("section", "id", section.id).leaf("h2", section.title);
            section.content.run();
            html.close();
        }
        html.close();
        summary.footer(pictures.inlined(), pictures.count());
        return html.close().close().toString();
    }

    /**
     * Writes the page to a file, which appears with all of its content or not at all. A file that is there is replaced.
     * Pictures that do not fit are written to the folder {@code pictures} beside it.
     *
     * @param file the file; its folder must exist
     * @throws UncheckedIOException if it cannot be written; no half-written file is left behind
     */
    public void writeTo(Path file) {
        String html = html(picture -> Optional.of(writeBeside(file, picture)));
        write(file, html.getBytes(StandardCharsets.UTF_8));
    }

    private static String writeBeside(Path file, ImageBytes picture) {
        String link = PICTURES + "/" + picture.sha256() + "." + picture.format().extension();
        try {
            Files.createDirectories(file.resolveSibling(PICTURES));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a folder for pictures beside report " + file, e);
        }
        write(file.resolveSibling(link), picture.toByteArray());
        return link;
    }

    private static void write(Path file, byte[] content) {
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try {
                Files.write(draft, content);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write report " + file, e);
        }
    }

    /** A part of the page, shown only if there is something in it. */
    private record Section(String id, String title, int count, Runnable content) {}

    private List<Section> sections(HtmlWriter html, ReportPictures pictures) {
        ReportTables tables = new ReportTables(run, html);
        return Stream.of(
                        new Section("pictures", "Pictures", pictures.count(), () -> pictures.write(html)),
                        new Section(
                                "time-line",
                                "Time line",
                                run.stages().size() + run.calls().size(),
                                () -> new ReportTimeLine(run).write(html)),
                        new Section("stages", "Stages", run.stages().size(), () -> new ReportStages(run).write(html)),
                        new Section("calls", "Calls", run.calls().size(), new ReportCalls(run, pictures, html)::write),
                        new Section("prompts", "Prompts", run.prompts().size(), tables::prompts),
                        new Section("decisions", "Decisions", run.decisions().size(), tables::decisions),
                        new Section("checks", "Checks", run.evaluations().size(), tables::checks))
                .filter(section -> section.count > 0)
                .toList();
    }

    private void head(HtmlWriter html) {
        html.open("head").empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.leaf("title", run.pipeline() + " " + ReportFormat.word(run.status()) + " " + run.runId());
        html.style(STYLE).close();
    }

    private static String style() {
        try (InputStream css = RunReport.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(css, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the report's style sheet", e);
        }
    }
}
