package dev.pictor.trace;

import static dev.pictor.trace.StoredRunException.Reason.IN_USE;
import static dev.pictor.trace.StoredRunException.Reason.NOT_WRITTEN;
import static dev.pictor.trace.StoredRunException.Reason.OTHER_FORM;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps runs and artifacts in a directory: one file of JSON lines for each run, one file for each artifact.
 *
 * <pre>
 * FORMAT.json
 * LOCK                               one byte of it is locked for each run under way: a run has one writer
 * runs/2026/11/20/&lt;run id&gt;.jsonl     only ever appended to
 * index/2026-11-20.jsonl             one line for each finished run: derived, and made again when it is missing or wrong
 * blobs/sha256/ab/&lt;64 hex digits&gt;    never changed once it is there
 * </pre>
 *
 * <p>A line is in the file when the call returns, so it survives the end of the process. What a run resumes from (the
 * journal's lines) and the end of each stage, call and run are forced to the disk too, so they survive the end of the
 * machine. A line that was torn by a crash is cut off, and said to be, before the log goes on.
 *
 * <p>Thread-safe. Several processes may share a directory.
 */
public final class DirectoryRunStore implements TraceSink, RunStore, RunJournal, ArtifactStore, AutoCloseable {

    private static final String FORMAT = "{\"format\":\"pictor-trace\",\"version\":1}\n";
    private static final String EXTENSION = ".jsonl";
    private static final Pattern DATE_PART = Pattern.compile("\\d{2,4}");
    private static final Pattern RUN_FILE = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}\\.jsonl");
    /** Ends of what cost time or money: these lines are forced to the disk. */
    private static final Set<String> MILESTONES = Set.of(
            TraceEvent.JOURNAL_START,
            TraceEvent.JOURNAL_STAGE,
            TraceEvent.JOURNAL_END,
            TraceEvent.MODEL_CALL_END,
            TraceEvent.STAGE_END,
            TraceEvent.RUN_END);

    private final Path directory;
    private final BlobFiles blobs;
    private final RunLocks locks;
    private final RunIndex index;
    private final Clock clock = Clock.systemUTC();
    private final Object lock = new Object();
    /** Files of the runs under way in this process; one for each, closed when the run ends. */
    private final Map<RunId, RunFile> open = new HashMap<>();

    private boolean closed;

    private DirectoryRunStore(Path directory, RunLocks locks) {
        this.directory = directory;
        this.locks = locks;
        this.index = new RunIndex(directory, locks, this::events, this::length);
        this.blobs = new BlobFiles(directory.resolve("blobs").resolve("sha256"));
    }

    /**
     * Opens a store, creating the directory if it is not there.
     *
     * @param directory where to keep everything
     * @return the store; close it to let go of files of runs under way
     * @throws UncheckedIOException if the directory cannot be created or written
     * @throws StoredRunException if it holds runs in another form ({@code OTHER_FORM}); nothing is changed
     */
    public static DirectoryRunStore open(Path directory) {
        try {
            Folders.create(directory.resolve("runs"));
            Path format = directory.resolve("FORMAT.json");
            if (Files.notExists(format)) {
                Path draft = Files.writeString(directory.resolve(".FORMAT." + UUID.randomUUID()), FORMAT);
                Files.move(draft, format, StandardCopyOption.ATOMIC_MOVE);
            }
            if (!Files.readString(format).equals(FORMAT)) {
                throw new StoredRunException(
                        OTHER_FORM, directory + " was written by another version of Pictor in another form", null);
            }
            return new DirectoryRunStore(directory, RunLocks.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open run store " + directory, e);
        }
    }

    @Override
    public void accept(TraceEvent event) {
        append(event);
        if (event.type().equals(TraceEvent.RUN_END) && !file(event.runId()).isJournaled()) {
            release(event.runId());
        }
    }

    @Override
    public void begin(JournaledRun run) {
        if (!file(run.runId()).setJournaled()) {
            throw new StoredRunException(IN_USE, "run " + run.runId() + " is under way in this process", null);
        }
        if (read(run.runId()).isEmpty()) {
            append(RunLogs.start(run));
        }
    }

    @Override
    public void stageFinished(RunId runId, String stage, JournaledValue output) {
        append(RunLogs.stage(runId, stage, output, clock.instant()));
    }

    @Override
    public void end(RunId runId, boolean resumable) {
        if (!resumable) {
            append(RunLogs.end(runId, clock.instant()));
        }
        release(runId);
    }

    @Override
    public Optional<JournaledRun> read(RunId runId) {
        return RunLogs.fold(runId, events(runId));
    }

    @Override
    public List<TraceEvent> events(RunId runId) {
        try {
            return RunFile.read(path(runId));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read run " + runId, e);
        }
    }

    @Override
    public List<RunId> newest(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        List<RunId> newest = new ArrayList<>();
        collect(directory.resolve("runs"), 3, limit, newest);
        return List.copyOf(newest);
    }

    @Override
    public Optional<RunRecord> find(RunId runId) {
        return RunStore.super.find(runId).map(this::crashed);
    }

    /** A run that has not ended, and that nobody is at, will not end by itself. */
    private RunRecord crashed(RunRecord run) {
        return run.status() == RunStatus.RUNNING && !locks.isHeld(run.runId())
                ? new RunRecordBuilder().from(run).status(RunStatus.CRASHED).build()
                : run;
    }

    /**
     * Returns a page of the runs that a query finds, from the index. Of finished runs the index is read, day after day, as
     * far as the page needs it, and kept in memory; runs that have no line in it are folded.
     *
     * @param query what is looked for, and where the page begins
     * @return the page, newest first
     */
    @Override
    public RunPage list(RunQuery query) {
        return RunPage.of(query, index.newestFirst(query));
    }

    @Override
    public QualityMetrics metrics(RunQuery query, MetricsGrouping grouping) {
        return QualityMetrics.of(
                query,
                grouping,
                index.newestFirst(query.toBuilder().cursor(Optional.empty()).build()));
    }

    /**
     * Makes the index again from the runs' files, as if it had been lost. Needed only if someone changed files by hand:
     * what is missing or damaged is made again by itself.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void rebuildIndex() {
        index.rebuild();
    }

    /** The index, for what deletes runs. */
    RunIndex index() {
        return index;
    }

    /** How many bytes the log of a run has, or -1 if it is not here. */
    private long length(RunId runId) {
        try {
            return Files.size(path(runId));
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void put(Sha256 sha256, ByteBuffer bytes) {
        blobs.put(sha256, bytes);
    }

    @Override
    public Optional<ByteBuffer> get(Sha256 sha256) {
        return blobs.get(sha256);
    }

    /**
     * Returns the file of an artifact, for reports that link to it.
     *
     * @param sha256 the artifact
     * @return its path, whether it is kept or not
     */
    public Path artifactFile(Sha256 sha256) {
        return blobs.path(sha256);
    }

    /** Lets go of the files of runs under way. They can be resumed by another store on this directory. */
    @Override
    public void close() {
        List<RunId> underWay;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            underWay = List.copyOf(open.keySet());
        }
        underWay.forEach(this::release);
        locks.close();
    }

    /** Years, months and days are folders whose names sort by time, as run ids do. What is not ours is left out. */
    private static void collect(Path folder, int depth, int limit, List<RunId> into) {
        Pattern wanted = depth > 0 ? DATE_PART : RUN_FILE;
        List<String> names;
        try (Stream<Path> listing = Files.list(folder)) {
            names = listing.map(entry -> entry.getFileName().toString())
                    .filter(name -> wanted.matcher(name).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list runs in " + folder, e);
        }
        for (String name : names) {
            if (into.size() == limit) {
                return;
            }
            if (depth > 0) {
                collect(folder.resolve(name), depth - 1, limit, into);
            } else {
                into.add(new RunId(name.substring(0, name.length() - EXTENSION.length())));
            }
        }
    }

    private void append(TraceEvent event) {
        try {
            file(event.runId()).append(event, MILESTONES.contains(event.type()));
        } catch (IOException e) {
            throw new StoredRunException(
                    NOT_WRITTEN, "cannot write run " + event.runId() + " to " + path(event.runId()), e);
        }
    }

    private RunFile file(RunId runId) {
        synchronized (lock) {
            RunFile known = open.get(runId);
            if (known != null) {
                return known;
            }
            if (closed) {
                throw new StoredRunException(
                        NOT_WRITTEN, "cannot write run " + runId + ", the store " + directory + " is closed", null);
            }
            if (!locks.acquire(runId)) {
                throw new StoredRunException(
                        IN_USE, "run " + runId + " is being written by another process or store", null);
            }
            try {
                RunFile file = RunFile.open(path(runId), runId, clock);
                if (file.length() > 0) {
                    index.reopened(runId);
                }
                open.put(runId, file);
                return file;
            } catch (IOException e) {
                locks.release(runId);
                throw new StoredRunException(NOT_WRITTEN, "cannot open " + path(runId) + " for writing", e);
            }
        }
    }

    private void release(RunId runId) {
        RunFile file;
        synchronized (lock) {
            file = open.remove(runId);
        }
        if (file != null) {
            file.close();
            if (file.isEnded()) {
                index.finished(runId);
            }
            locks.release(runId);
        }
    }

    private Path path(RunId runId) {
        LocalDate day = LocalDate.ofInstant(runId.createdAt(), ZoneOffset.UTC);
        return directory
                .resolve("runs")
                .resolve(String.format(
                        Locale.ROOT, "%04d/%02d/%02d", day.getYear(), day.getMonthValue(), day.getDayOfMonth()))
                .resolve(runId + EXTENSION);
    }
}
