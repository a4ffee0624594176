package dev.pictor.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of the index: what a run came to, and how long its log was then. Without a summary it says that the run goes on,
 * so that earlier lines of the run mean nothing any more. Immutable.
 */
record IndexLine(RunId runId, long length, @Nullable RunSummary summary) {

    private static final JsonFactory FACTORY = TraceJson.MAPPER.getFactory();

    static IndexLine finished(RunSummary run, long length) {
        return new IndexLine(run.runId(), length, run);
    }

    static IndexLine goesOn(RunId runId) {
        return new IndexLine(runId, -1, null);
    }

    /** Returns the line with its line break. */
    byte[] toBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("run_id", runId.value());
            json.writeNumberField("length", length);
            if (summary != null) {
                json.writeFieldName("run");
                SummaryJson.write(json, summary);
            }
            json.writeEndObject();
        }
        byte[] sealed = TraceJson.seal(bytes.toByteArray());
        byte[] line = Arrays.copyOf(sealed, sealed.length + 1);
        line[sealed.length] = '\n';
        return line;
    }

    /** Reads a line without its line break, or nothing if it is damaged. */
    static Optional<IndexLine> parse(byte[] line, Pool pool) {
        if (!TraceJson.isSound(line)) {
            return Optional.empty();
        }
        RunId runId = null;
        long length = -1;
        RunSummary summary = null;
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                var unused = json.nextToken();
                switch (name) {
                    case "run_id" -> runId = new RunId(json.getText());
                    case "length" -> length = json.getLongValue();
                    case "run" -> summary = SummaryJson.read(json, pool);
                    default -> json.skipChildren();
                }
            }
        } catch (IOException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
        return runId == null ? Optional.empty() : Optional.of(new IndexLine(runId, length, summary));
    }
}
