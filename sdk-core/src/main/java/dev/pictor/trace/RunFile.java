package dev.pictor.trace;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run's file of JSON lines, open for appending. Whoever opens it holds the run's lock. Thread-safe, also for threads
 * that are interrupted: a channel would be closed under them, so this is none.
 */
final class RunFile implements AutoCloseable {

    private static final byte LINE_BREAK = '\n';

    private final RandomAccessFile file;
    private final Object lock = new Object();
    /** Where the last whole line ends: after a failed write the file is cut back to here. */
    private long end;
    /** A journaled run is let go by the end of its journal, not by that of its trace. */
    private final AtomicBoolean journaled = new AtomicBoolean();

    /** Whether the log says, so far, that the run is over. */
    private final AtomicBoolean ended = new AtomicBoolean();

    private RunFile(RandomAccessFile file, long end) {
        this.file = file;
        this.end = end;
    }

    /** Opens a file, creating it if it is not there, and cuts off a torn tail. */
    static RunFile open(Path path, RunId runId, Clock clock) throws IOException {
        Path folder = Objects.requireNonNull(path.getParent(), "folder");
        Folders.create(folder);
        boolean isNew = Files.notExists(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            if (isNew) {
                Folders.force(folder);
            }
            byte[] content = Files.readAllBytes(path);
            int sound = soundLength(content);
            RunFile opened = new RunFile(file, sound);
            if (sound < content.length) {
                file.setLength(sound);
                opened.append(
                        TraceEvent.builder(runId, TraceEvent.RECOVERED, clock.instant())
                                .attributes(Map.of("pictor.recovered.bytes", content.length - sound))
                                .build(),
                        true);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
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

    /** How many bytes of whole lines there are. */
    long length() {
        synchronized (lock) {
            return end;
        }
    }

    /** Whether what was appended since it was opened says that the run is over. */
    boolean isEnded() {
        return ended.get();
    }

    boolean isJournaled() {
        return journaled.get();
    }

    /** Returns false if someone in this process runs it already. */
    boolean setJournaled() {
        return journaled.compareAndSet(false, true);
    }

    void append(TraceEvent event, boolean force) throws IOException {
        byte[] json = TraceJson.line(event);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = LINE_BREAK;
        synchronized (lock) {
            try {
                file.seek(end);
                file.write(line);
                if (force) {
                    file.getFD().sync();
                }
                end += line.length;
                switch (event.type()) {
                    case TraceEvent.RUN_END, TraceEvent.JOURNAL_END -> ended.set(true);
                    case TraceEvent.RUN_RESUME -> ended.set(false);
                    default -> {} // says nothing about that
                }
            } catch (IOException e) {
                cutBack(e);
                throw e;
            }
        }
    }

    /** A full disk may have taken half a line: nothing half-written stays visible. */
    private void cutBack(IOException failure) {
        try {
            file.setLength(end);
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
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a run's file", e);
        }
    }
}
