package dev.pictor.trace;

import static dev.pictor.trace.StoredRunException.Reason.NOT_FOUND;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/**
 * Runs as OpenTelemetry traces: one {@code TracesData} in JSON for each run and line, as the OTLP file exporter writes
 * them and the collector's receiver reads them.
 *
 * <p>The run, each stage and each model call is a span; prompts, decisions, artifacts, checks and whatever else happened
 * are events of theirs. Attributes have their names from the log, which are those of the GenAI conventions where there are
 * such. The trace id is the run's id: its 128 bits in hexadecimal, {@link RunId#traceId()}. Times are the run's start by
 * the wall clock plus what a clock says that no correction moves. A span that never ended ends with the last event of the
 * run, and has {@code pictor.unfinished}. Content (prompts, answers, reasons, messages of errors) is left out unless it is
 * asked for; usage and cost are no content.
 *
 * <p>Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/">OTLP file exporter</a>
 */
public final class OtlpLines {

    private final String serviceName;
    private final boolean content;

    private OtlpLines(String serviceName, boolean content) {
        this.serviceName = serviceName;
        this.content = content;
    }

    /**
     * Returns an export without content.
     *
     * @param serviceName what the traces are of, {@code service.name}
     * @return an export
     */
    public static OtlpLines of(String serviceName) {
        return new OtlpLines(requireNonNull(serviceName, "serviceName"), false);
    }

    /**
     * Returns this export with content: {@code gen_ai.input.messages} and {@code gen_ai.output.messages} as JSON, and the
     * rest of what the log holds under {@code pictor.content}. Pictures stay names of artifacts.
     *
     * @return an export
     */
    public OtlpLines withContent() {
        return new OtlpLines(serviceName, true);
    }

    /**
     * Writes runs.
     *
     * @param store where the runs are
     * @param runs which; a run that is under way is written as far as it is
     * @param out gets a line in UTF-8 for each; flushed, not closed
     * @throws StoredRunException if a run is not in the store ({@code NOT_FOUND}); those before it are written
     * @throws UncheckedIOException if the store cannot be read or the stream not be written
     */
    public void write(RunStore store, Collection<RunId> runs, OutputStream out) {
        try {
            for (RunId runId : runs) {
                List<TraceEvent> events = store.events(runId);
                if (events.isEmpty()) {
                    throw new StoredRunException(NOT_FOUND, "run " + runId + " is not in the store", null);
                }
                out.write(TraceJson.MAPPER.writeValueAsBytes(tracesData(runId, events)));
                out.write('\n');
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write traces", e);
        }
    }

    private ObjectNode tracesData(RunId runId, List<TraceEvent> events) {
        ObjectNode data = TraceJson.MAPPER.createObjectNode();
        ObjectNode resourceSpans = data.putArray("resourceSpans").addObject();
        OtlpValues.add(resourceSpans.putObject("resource").putArray("attributes"), "service.name", serviceName);
        ObjectNode scopeSpans = resourceSpans.putArray("scopeSpans").addObject();
        scopeSpans.putObject("scope").put("name", "dev.pictor");
        new OtlpRun(runId, events, content).spans().forEach(scopeSpans.putArray("spans")::add);
        return data;
    }
}
