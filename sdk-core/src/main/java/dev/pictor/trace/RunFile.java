package dev.pictor.trace;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/**
 * One run's file of JSON lines, open for appending. Whoever opens it holds the run's lock. What a full or failing disk
 * took of a line is taken back; if the disk refuses that too, the log goes on in another file, its next segment.
 * Thread-safe, also for threads that are interrupted: a channel would be closed under them, so this is none.
 */
final class RunFile implements AutoCloseable {

    static final byte LINE_BREAK = '\n';

    private static final int TAIL = 1 << 16;

    private final RunId runId;
    private final IntFunction<Path> segments;
    private final Clock clock;
    private final Disk disk;
    private final Object lock = new Object();
    private RandomAccessFile file;
    private int segment;
    /** Where the last whole line ends: after a failed write the file is cut back to here. */
    private long end;
    /** How many events could not be written since the last that could. */
    private long lost;
    /** Whether there are lines that were not forced to the disk. */
    private boolean unforced;

    private boolean closed;
    /** A journaled run is let go by the end of its journal, not by that of its trace. */
    private final AtomicBoolean journaled = new AtomicBoolean();

    /** Whether the log says, so far, that the run is over. */
    private final AtomicBoolean ended = new AtomicBoolean();

    private RunFile(RunId runId, IntFunction<Path> segments, Clock clock, Disk disk, int segment) throws IOException {
        this.runId = runId;
        this.segments = segments;
        this.clock = clock;
        this.disk = disk;
        this.segment = segment;
        this.file = create(segments.apply(segment));
    }

    /**
     * Opens the last segment of a log, creating the first if it is not there, and cuts off a torn tail.
     *
     * @param segments the files of the log by their number, from 1
     */
    static RunFile open(RunId runId, IntFunction<Path> segments, Clock clock, Disk disk) throws IOException {
        int last = 1;
        while (last < RunFiles.MAX_SEGMENTS && Files.isRegularFile(segments.apply(last + 1))) {
            last++;
        }
        RunFile opened = new RunFile(runId, segments, clock, disk, last);
        try {
            opened.heal();
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.file.close();
            throw e;
        }
    }

    private static RandomAccessFile create(Path path) throws IOException {
        Path folder = Objects.requireNonNull(path.getParent(), "folder");
        Folders.create(folder);
        boolean isNew = Files.notExists(path);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        if (isNew) {
            try {
                Folders.force(folder);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        }
        return file;
    }

    private void heal() throws IOException {
        long length = file.length();
        end = soundLength(length);
        if (end < length) {
            disk.cut(file, end);
            write(note(TraceEvent.RECOVERED, "pictor.recovered.bytes", length - end), true);
        }
    }

    /** The length up to the end of the last line that is whole and undamaged. */
    private long soundLength(long length) throws IOException {
        for (long size = TAIL; ; size *= 2) {
            byte[] tail = new byte[Math.toIntExact(Math.min(size, length))];
            long start = length - tail.length;
            file.seek(start);
            file.readFully(tail);
            int lineEnd = lastLineBreak(tail, tail.length - 1);
            int before = lineEnd < 0 ? -1 : lastLineBreak(tail, lineEnd - 1);
            if (before < 0 && start > 0) {
                continue; // the line begins further up
            }
            if (lineEnd < 0) {
                return 0;
            }
            boolean whole = TraceJson.parse(Arrays.copyOfRange(tail, before + 1, lineEnd))
                    .isPresent();
            return start + (whole ? lineEnd : before) + 1;
        }
    }

    private static int lastLineBreak(byte[] content, int from) {
        int at = from;
        while (at >= 0 && content[at] != LINE_BREAK) {
            at--;
        }
        return at;
    }

    /** How many bytes of whole lines there are in the segment that is written. */
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

    /** Appends a line that has no line break yet. When events before it were lost, it is said first. */
    void append(String type, byte[] line, boolean force) throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IOException("the run was let go in the meantime");
            }
            tellLost();
            write(line, force);
            switch (type) {
                case TraceEvent.RUN_END, TraceEvent.JOURNAL_END -> ended.set(true);
                case TraceEvent.RUN_RESUME -> ended.set(false);
                default -> {} // says nothing about that
            }
        }
    }

    /** Notes events that could not be written. */
    void lose(long events) {
        synchronized (lock) {
            lost += events;
        }
    }

    private void tellLost() throws IOException {
        if (lost > 0) {
            write(note(TraceEvent.DROPPED, TraceAttributes.DROPPED_EVENTS, lost), false);
            lost = 0;
        }
    }

    /** Forces to the disk what was not forced yet. */
    void force() throws IOException {
        synchronized (lock) {
            if (unforced && !closed) {
                disk.force(file);
                unforced = false;
            }
        }
    }

    private byte[] note(String type, String attribute, long number) {
        return TraceJson.line(TraceEvent.builder(runId, type, clock.instant())
                .attributes(Map.of(attribute, number))
                .build());
    }

    private void write(byte[] json, boolean force) throws IOException {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = LINE_BREAK;
        try {
            put(line, force);
        } catch (IOException e) {
            if (cutBack(e)) {
                throw e;
            }
            goOn(e);
            try {
                put(line, force);
            } catch (IOException again) {
                cutBack(again);
                again.addSuppressed(e);
                throw again;
            }
        }
    }

    private void put(byte[] line, boolean force) throws IOException {
        file.seek(end);
        disk.write(file, line);
        if (force) {
            disk.force(file);
        }
        end += line.length;
        unforced = !force;
    }

    /** A full disk may have taken half a line: nothing half-written stays visible. Returns false if that fails too. */
    @CanIgnoreReturnValue
    private boolean cutBack(IOException failure) {
        try {
            disk.cut(file, end);
            return true;
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private void goOn(IOException failure) throws IOException {
        if (end == 0) {
            throw failure; // nothing here to leave in peace: the next line is written over it
        }
        RandomAccessFile next;
        try {
            next = create(segments.apply(segment + 1));
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        try {
            file.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        file = next;
        segment++;
        end = 0;
    }

    /** Lets the file go; what was lost is said if that can be. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            try (RandomAccessFile closing = file) {
                tellLost();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close the log of run " + runId, e);
            }
        }
    }
}
