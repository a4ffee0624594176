package dev.pictor.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One run's file of JSON lines, open for appending. Whoever opens it holds the run's lock. Thread-safe.
 */
final class RunFile implements AutoCloseable {

    private static final byte LINE_BREAK = '\n';

    private final FileChannel channel;
    private final Object lock = new Object();
    /** Where the last whole line ends: after a failed write the file is cut back to here. */
    private long end;
    /** A journaled run is let go by the end of its journal, not by that of its trace. */
    private volatile boolean journaled;

    private RunFile(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /** Opens a file, creating it if it is not there, and cuts off a torn tail. */
    static RunFile open(Path path, RunId runId, Clock clock) throws IOException {
        Files.createDirectories(path.getParent());
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        byte[] content = Files.readAllBytes(path);
        int sound = soundLength(content);
        RunFile file = new RunFile(channel, sound);
        if (sound < content.length) {
            channel.truncate(sound);
            file.append(
                    TraceEvent.builder(runId, TraceEvent.RECOVERED, clock.instant())
                            .attributes(Map.of("pictor.recovered.bytes", content.length - sound))
                            .build(),
                    true);
        }
        return file;
    }

    /** Returns every event that can be read, damaged lines left out. */
    static List<TraceEvent> read(Path path) throws IOException {
        List<TraceEvent> events = new ArrayList<>();
        byte[] content = Files.readAllBytes(path);
        int from = 0;
        for (int at = 0; at < content.length; at++) {
            if (content[at] == LINE_BREAK) {
                TraceJson.parse(Arrays.copyOfRange(content, from, at)).ifPresent(events::add);
                from = at + 1;
            }
        }
        return events;
    }

    boolean isJournaled() {
        return journaled;
    }

    void setJournaled() {
        journaled = true;
    }

    void append(TraceEvent event, boolean force) throws IOException {
        byte[] json = TraceJson.line(event);
        ByteArrayOutputStream line = new ByteArrayOutputStream(json.length + 1);
        line.writeBytes(json);
        line.write(LINE_BREAK);
        ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
        synchronized (lock) {
            try {
                long at = end;
                while (bytes.hasRemaining()) {
                    at += channel.write(bytes, at);
                }
                if (force) {
                    channel.force(false);
                }
                end = at;
            } catch (IOException e) {
                cutBack(e);
                throw e;
            }
        }
    }

    /** A full disk may have taken half a line: nothing half-written stays visible. */
    private void cutBack(IOException failure) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The length up to the end of the last line that is whole and undamaged. */
    private static int soundLength(byte[] content) {
        int lineEnd = lastLineBreak(content, content.length - 1);
        if (lineEnd < 0) {
            return 0;
        }
        int lineStart = lastLineBreak(content, lineEnd - 1) + 1;
        boolean whole =
                TraceJson.parse(Arrays.copyOfRange(content, lineStart, lineEnd)).isPresent();
        return whole ? lineEnd + 1 : lineStart;
    }

    private static int lastLineBreak(byte[] content, int from) {
        int at = from;
        while (at >= 0 && content[at] != LINE_BREAK) {
            at--;
        }
        return at;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a run's file", e);
        }
    }
}
