package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Splits a log into lines, on bytes: no damage to one line, a torn character included, reaches another. Not thread-safe.
 */
final class LogLines {

    /** Longer lines were not written by us. Those are passed over, so that no file is too large to be read. */
    private static final int MAX_LINE_BYTES = 16 << 20;

    private static final int CHUNK = 1 << 16;

    private final RunId runId;
    private final Function<Sha256, Optional<ByteBuffer>> artifacts;
    private final List<TraceEvent> events = new ArrayList<>();
    private int damaged;
    /** Whether no line of the file was read yet. */
    private boolean atStart;

    /** @param artifacts where the values are that were too large for a line */
    LogLines(RunId runId, Function<Sha256, Optional<ByteBuffer>> artifacts) {
        this.runId = runId;
        this.artifacts = artifacts;
    }

    /** Reads on. A tail without a line break counts as a damaged line: it may be one that is being written. */
    void read(InputStream in) throws IOException {
        atStart = true;
        if (!split(in, this::line)) {
            damaged++;
        }
    }

    /** Notes that the rest of a file cannot be read. */
    void cutShort() {
        damaged++;
    }

    List<TraceEvent> events() {
        return events;
    }

    int damaged() {
        return damaged;
    }

    private void line(byte[] line) {
        TraceEvent event =
                line.length > MAX_LINE_BYTES ? null : TraceJson.parse(line).orElse(null);
        if (event == null || !event.runId().equals(runId)) {
            damaged++;
        } else {
            add(LargeValues.mayName(line) ? LargeValues.whole(event, artifacts) : event);
        }
    }

    /** A segment may begin with the line before it: a disk that failed to force it there had it nevertheless. */
    private void add(TraceEvent event) {
        boolean again =
                atStart && !events.isEmpty() && events.get(events.size() - 1).equals(event);
        atStart = false;
        if (!again) {
            events.add(event);
        }
    }

    /**
     * Hands on each line that has an end, without its line break; of one that is too long only so much that this can be
     * seen. Returns false if there was a tail without an end, which is handed on to nobody.
     */
    static boolean split(InputStream in, Consumer<byte[]> lines) throws IOException {
        byte[] chunk = new byte[CHUNK];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            int from = 0;
            for (int at = 0; at < read; at++) {
                if (chunk[at] == RunFile.LINE_BREAK) {
                    take(line, chunk, from, at);
                    lines.accept(line.toByteArray());
                    line.reset();
                    from = at + 1;
                }
            }
            take(line, chunk, from, read);
        }
        return line.size() == 0;
    }

    private static void take(ByteArrayOutputStream line, byte[] chunk, int from, int to) {
        if (line.size() <= MAX_LINE_BYTES) {
            line.write(chunk, from, to - from);
        }
    }
}
