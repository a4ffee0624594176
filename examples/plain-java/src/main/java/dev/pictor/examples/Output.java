package dev.pictor.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.FormatMethod;
import dev.pictor.image.batch.BatchListener;
import dev.pictor.pipeline.RunListener;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints for people, one line for each fact, or for machines, one JSON object; progress only on a terminal. */
record Output(PrintWriter out, PrintWriter err, boolean terminal) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAR = 24;

    /** Prints facts: a list gives a line for each element. */
    void print(Map<String, Object> facts, boolean asJson) {
        if (asJson) {
            out.println(json(facts));
            return;
        }
        facts.forEach((name, value) -> {
            List<?> values = value instanceof List<?> list ? list : List.of(value);
            values.forEach(one -> out.println(String.format(Locale.ROOT, "%-9s %s", name, one)));
        });
    }

    /** Prints one line with the values in Java's format, in no language. */
    @FormatMethod
    void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    void line(String text) {
        out.println(text);
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts that are no JSON", e);
        }
    }

    RunListener progress(boolean asJson) {
        if (!terminal || asJson) {
            return RunListener.none();
        }
        return new RunListener() {
            @Override
            public void stageStarted(RunId runId, String stage) {
                err.print(String.format(Locale.ROOT, "\r%-" + (BAR + 24) + "s\r%s ", "", stage));
                err.flush();
            }

            @Override
            public void progressed(RunId runId, double fraction) {
                int done = (int) Math.round(fraction * BAR);
                err.print(String.format(
                        Locale.ROOT,
                        "\r[%s%s] %3d %% ",
                        "=".repeat(done),
                        " ".repeat(BAR - done),
                        Math.round(fraction * 100)));
                err.flush();
            }

            @Override
            public void runFinished(RunId runId, RunStatus status) {
                err.print(String.format(Locale.ROOT, "\r%-" + (BAR + 24) + "s\r", ""));
                err.flush();
            }
        };
    }

    /** How far a batch is, on one line that is written over, and is gone at the end. */
    BatchListener batchProgress() {
        if (!terminal) {
            return BatchListener.none();
        }
        return progress -> {
            String text = progress.finished() == progress.total()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "%d of %d, %d failed",
                            progress.finished(),
                            progress.total(),
                            progress.failed());
            err.print(String.format(Locale.ROOT, "\r%-" + (BAR + 24) + "s\r%s", "", text));
            err.flush();
        };
    }
}
