package dev.pictor.trace;

import static dev.pictor.trace.StoredRunException.Reason.NOT_FOUND;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Runs for other programs: their events as JSON lines, or one row each in a table. For runs with their pictures there is
 * {@link RunBundle}, for tracing systems {@link OtlpLines}.
 */
public final class RunExport {

    private static final String LINE_END = "\r\n"; // RFC 4180
    private static final String HEADER = String.join(
            ",",
            "run",
            "pipeline",
            "status",
            "started_at",
            "duration_ms",
            "tenant",
            "user",
            "cost",
            "currency",
            "cost_complete",
            "models",
            "prompts",
            "artifacts",
            "labels",
            "assets",
            "error_type",
            "failed_stage",
            "degradations",
            "resumes",
            "missing_events");

    /** With one of these first, spreadsheets take a cell for a formula. */
    private static final String FORMULA = "=+-@\t\r";

    private RunExport() {}

    /**
     * Writes the events of runs, one JSON object for each line: the lines of the log, checksum included.
     *
     * @param store where the runs are
     * @param runs which, in this order
     * @param out gets UTF-8; flushed, not closed
     * @throws StoredRunException if a run is not in the store ({@code NOT_FOUND}); those before it are written
     * @throws UncheckedIOException if the store cannot be read or the stream not be written
     */
    public static void jsonLines(RunStore store, Collection<RunId> runs, OutputStream out) {
        try {
            for (RunId runId : runs) {
                List<TraceEvent> events = store.events(runId);
                if (events.isEmpty()) {
                    throw new StoredRunException(NOT_FOUND, "run " + runId + " is not in the store", null);
                }
                for (TraceEvent event : events) {
                    out.write(TraceJson.line(event));
                    out.write('\n');
                }
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write events", e);
        }
    }

    /**
     * Writes a table as CSV (RFC 4180) with a header. Several values in a cell are separated by spaces. A text that a
     * spreadsheet would take for a formula has an apostrophe before it.
     *
     * @param runs the rows, in this order
     * @param out gets the text
     * @throws UncheckedIOException if it cannot be written
     */
    public static void csv(Iterable<RunSummary> runs, Appendable out) {
        try {
            out.append(HEADER).append(LINE_END);
            for (RunSummary run : runs) {
                out.append(row(run)).append(LINE_END);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a table of runs", e);
        }
    }

    private static String row(RunSummary run) {
        Cost cost = run.cost();
        return String.join(
                ",",
                run.runId().value(),
                cell(run.pipeline()),
                run.status().name(),
                run.startedAt().toString(),
                run.duration().map(Duration::toMillis).map(String::valueOf).orElse(""),
                cell(run.tenant()),
                cell(run.user()),
                cost.amount().map(money -> money.amount().toPlainString()).orElse(""),
                cost.amount().map(Money::currency).orElse(""),
                String.valueOf(cost.isComplete()),
                cell(String.join(" ", run.models())),
                cell(run.prompts().stream().map(PromptUse::key).collect(Collectors.joining(" "))),
                String.valueOf(run.artifacts().size()),
                cell(labels(run.labels())),
                cell(String.join(" ", run.assets())),
                cell(run.errorType()),
                cell(run.failedStage()),
                String.valueOf(run.degradations()),
                String.valueOf(run.resumes()),
                String.valueOf(run.missingEvents()));
    }

    private static String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String cell(Optional<String> text) {
        return cell(text.orElse(""));
    }

    private static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
