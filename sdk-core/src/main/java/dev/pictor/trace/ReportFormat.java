package dev.pictor.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers, times and JSON as a person reads them, the same in every locale and time zone. */
final class ReportFormat {

    /** Longer texts begin folded. */
    private static final int MAX_OPEN_CHARS = 2_000;

    private static final int PREVIEW_CHARS = 80;

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter JSON = TraceJson.MAPPER.writer(
            new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

    private ReportFormat() {}

    static String duration(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 10) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        if (millis < 1_000) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
        }
        return duration.toHours() < 1
                ? String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
                : String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }

    static String bytes(long bytes) {
        if (bytes < 1_024) {
            return bytes + " bytes";
        }
        return bytes < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1_024.0)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / 1_048_576.0);
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String counted(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** UTC, to the millisecond. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String prefix(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a recorded value is no JSON", e);
        }
    }

    /** Writes text as it is laid out, a long one behind its first words. */
    static void text(HtmlWriter html, String text) {
        if (text.length() <= MAX_OPEN_CHARS) {
            html.pre(text);
        } else {
            folded(html, text.substring(0, text.offsetByCodePoints(0, PREVIEW_CHARS)) + " …", text);
        }
    }

    /** Writes text behind a line that says what it is. */
    static void folded(HtmlWriter html, String summary, String text) {
        html.open("details").open("summary").text(summary);
        html.leaf("small", counted(text.codePointCount(0, text.length()), "character"));
        html.close().pre(text).close();
    }

    /** Writes a journaled value, or why there is none. */
    static void value(HtmlWriter html, String summary, JournaledValue value) {
        value.json().ifPresent(json -> folded(html, summary, json(json)));
        value.withheldBecause().ifPresent(reason -> html.leaf("p", summary + " withheld: " + reason, "class", "quiet"));
    }

    static void tag(HtmlWriter html, String text, String look) {
        html.leaf("span", text, "class", "tag " + look);
    }

    static void fact(HtmlWriter html, String name, String value) {
        html.open("div").leaf("dt", name).leaf("dd", value).close();
    }

    static void error(HtmlWriter html, String message) {
        html.open("div", "class", "error").pre(message).close();
    }
}
