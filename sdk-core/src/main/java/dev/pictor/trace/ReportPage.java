package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The shell of every report: one HTML file with a style sheet and a small script of ours, which its content security policy
 * allows by their hashes and nothing else. The script moves the slider between two pictures, walks the time line with the
 * arrow keys and opens all that is folded; without it, everything can still be read. Not thread-safe.
 */
final class ReportPage {

    static final String STYLE = resource("report.css");
    static final String SCRIPT = resource("report.js");

    private static final String POLICY = "default-src 'none'; img-src data:; style-src '" + hash(STYLE)
            + "'; script-src '" + hash(SCRIPT) + "'; base-uri 'none'; form-action 'none'";

    private final HtmlWriter html;

    ReportPage(HtmlWriter html) {
        this.html = html;
    }

    /** A part of the page, shown only if there is something in it. */
    record Section(String id, String title, int count, Runnable content) {}

    /**
     * Writes the page.
     *
     * @param header writes what comes first
     * @param footer writes what comes last
     */
    void write(String title, Runnable header, List<Section> all, Runnable footer) {
        List<Section> sections =
                all.stream().filter(section -> section.count > 0).toList();
        html.open("html", "lang", "en");
        head(title);
        html.open("body");
        header.run();
        html.open("nav", "aria-label", "Sections").open("ul");
        for (Section section : sections) {
            html.open("li").open("a", "href", "#" + section.id).text(section.title + " ");
            html.leaf("small", ReportFormat.number(section.count)).close().close();
        }
        html.open("li", "class", "fold-all")
                .leaf("button", "Open all", "type", "button", "hidden", "")
                .close();
        html.close().close().open("main");
        for (Section section : sections) {
            html.open("section", "id", section.id).leaf("h2", section.title);
            section.content.run();
            html.close();
        }
        html.close();
        footer.run();
        html.close().close();
    }

    private void head(String title) {
        html.open("head").empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.leaf("title", title);
        html.style(STYLE).script(SCRIPT).close();
    }

    private static String hash(String text) {
        byte[] digest = HexFormat.of()
                .parseHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex());
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static String resource(String name) {
        try (InputStream file = ReportPage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the report's " + name, e);
        }
    }
}
