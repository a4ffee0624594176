package dev.pictor.trace;

import static dev.pictor.trace.StoredRunException.Reason.IN_USE;
import static dev.pictor.trace.StoredRunException.Reason.NOT_FOUND;
import static dev.pictor.trace.StoredRunException.Reason.NOT_WRITTEN;
import static dev.pictor.trace.StoredRunException.Reason.OTHER_FORM;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps runs and artifacts in a directory: one file of JSON lines for each run, one file for each artifact.
 *
 * <pre>
 * FORMAT.json
 * LOCK                               one byte of it is locked for each run under way: a run has one writer
 * runs/2026/11/20/&lt;run id&gt;.jsonl     only ever appended to
 * index/2026-11-20.jsonl             one line for each finished run: derived, and made again when it is missing or wrong
 * runs/.../&lt;run id&gt;.feedback.jsonl    what came later, by whoever had something to say
 * blobs/sha256/ab/&lt;64 hex digits&gt;    never changed once it is there
 * keys/ab/&lt;64 hex digits&gt;            the id of the run that was started under a caller's key
 * </pre>
 *
 * <p>A line is in the file when the call returns, so it survives the end of the process. What a run resumes from (the
 * journal's lines) and the end of each stage, call and run are forced to the disk too, so they survive the end of the
 * machine; {@link FsyncPolicy} has other ways. A line that was torn by a crash is cut off, and said to be, before the log
 * goes on. A line has at most 256 KiB: a text of more than 16 KiB is kept as an artifact, and is in its place again when
 * the run is read.
 *
 * <p>What was said of a run ({@code feedback}) is kept beside its log, and can be while another process writes the run.
 * {@link #prune} forgets runs and artifacts, {@link #compress} packs runs that are over; nothing does so by itself.
 *
 * <p>Thread-safe. Several processes may share a directory.
 */
public final class DirectoryRunStore
        implements TraceSink, RunStore, RunJournal, ArtifactStore, FeedbackStore, RunEraser, AutoCloseable {

    private static final String FORMAT = "{\"format\":\"pictor-trace\",\"version\":1}\n";
    /** How many runs are remembered whose events were lost before their file could be opened. */
    private static final int MAX_UNOPENED = 1_000;

    private static final String FEEDBACK = "feedback";
    /** Ends of what cost time or money: these lines are forced to the disk. */
    private static final Set<String> MILESTONES = Set.of(
            TraceEvent.JOURNAL_START,
            TraceEvent.JOURNAL_STAGE,
            TraceEvent.JOURNAL_END,
            TraceEvent.MODEL_CALL_END,
            TraceEvent.STAGE_END,
            TraceEvent.RUN_END);

    private final Path directory;
    private final RunFiles files;
    private final BlobFiles blobs;
    private final KeyFiles keys;
    private final RunLocks locks;
    private final RunIndex index;
    private final FsyncPolicy fsync;
    private final Clock clock;
    private final Disk disk;
    private final HealthLog health;
    private final Object lock = new Object();
    /** Files of the runs under way in this process; one for each, closed when the run ends. */
    private final Map<RunId, RunFile> open = new HashMap<>();
    /** How many events were lost of runs whose file could not be opened; the oldest are forgotten first. */
    private final Map<RunId, Long> unopened = new LinkedHashMap<>() {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Long> eldest) {
            return size() > MAX_UNOPENED;
        }
    };

    private @Nullable IntervalSync sync;
    private boolean closed;

    private DirectoryRunStore(DirectoryRunStoreBuilder builder, RunLocks locks) {
        this.directory = builder.directory;
        this.locks = locks;
        this.fsync = builder.fsync;
        this.clock = builder.clock;
        this.disk = builder.disk;
        this.health = new HealthLog(clock);
        this.files = new RunFiles(directory.resolve("runs"));
        this.blobs = new BlobFiles(
                directory.resolve("blobs").resolve("sha256"), locks, disk, clock, fsync != FsyncPolicy.NONE);
        this.index = new RunIndex(directory, locks, this::events, this::length);
        this.keys = new KeyFiles(directory.resolve("keys"));
    }

    /**
     * Opens a store with all defaults, creating the directory if it is not there.
     *
     * @param directory where to keep everything
     * @return the store; close it to let go of files of runs under way
     * @throws UncheckedIOException if the directory cannot be created or written
     * @throws StoredRunException if it holds runs in another form ({@code OTHER_FORM}); nothing is changed
     */
    public static DirectoryRunStore open(Path directory) {
        return builder(directory).build();
    }

    /**
     * Returns a builder of a store.
     *
     * @param directory where to keep everything
     * @return a new builder
     */
    public static DirectoryRunStoreBuilder builder(Path directory) {
        return new DirectoryRunStoreBuilder(directory);
    }

    static DirectoryRunStore open(DirectoryRunStoreBuilder builder) {
        Path directory = builder.directory;
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
            return new DirectoryRunStore(builder, RunLocks.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open run store " + directory, e);
        }
    }

    @Override
    public void accept(TraceEvent event) {
        if (event.type().equals(FEEDBACK)) {
            appendFeedback(event);
            return;
        }
        try {
            append(event);
        } catch (RuntimeException e) {
            health.lostEvent();
            if (!(e instanceof StoredRunException refusal) || refusal.reason() != IN_USE) { // else the log is another's
                lose(event.runId());
            }
            throw e;
        } finally {
            if (event.type().equals(TraceEvent.RUN_END)) {
                releaseUnlessJournaled(event.runId());
            }
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
    public void feedback(RunId runId, RunFeedback feedback) {
        appendFeedback(RecordingFold.event(runId, feedback, clock.instant()));
    }

    @Override
    public RunId claim(Sha256 key, RunId runId) {
        try {
            return keys.claim(key, runId);
        } catch (IOException e) {
            throw new StoredRunException(NOT_WRITTEN, "cannot claim a key for run " + runId + " in " + directory, e);
        }
    }

    @Override
    public Optional<JournaledRun> read(RunId runId) {
        return RunLogs.fold(runId, events(runId));
    }

    @Override
    public List<TraceEvent> events(RunId runId) {
        return log(runId).events();
    }

    @Override
    public Optional<RunRecord> find(RunId runId) {
        LogLines log = log(runId);
        return log.events().isEmpty()
                ? Optional.empty()
                : Optional.of(crashed(RunRecord.of(log.events(), log.damaged())));
    }

    private LogLines log(RunId runId) {
        try {
            return files.read(runId, blobs::get);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read run " + runId, e);
        }
    }

    @Override
    public List<RunId> newest(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        return files.newest(limit, any -> true);
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

    private long length(RunId runId) {
        return files.length(runId);
    }

    @Override
    public void put(Sha256 sha256, ByteBuffer bytes) {
        try {
            blobs.put(sha256, bytes);
            health.succeeded();
        } catch (UncheckedIOException e) {
            health.failed(e);
            throw e;
        }
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

    /**
     * Returns how the store fares. What a {@link TraceSink} cannot keep fails no run; this is where it is seen.
     *
     * @return since it was opened
     */
    public StoreHealth health() {
        return health.now();
    }

    /**
     * Forgets runs, and then the artifacts that no run names any more. Runs under way, in any process, stay, and so do all
     * artifacts that they may be about to name. Other processes may go on to record; each run is read once, so this takes a
     * while.
     *
     * @param policy what may go
     * @return what went
     * @throws UncheckedIOException if the store cannot be read or what may go cannot be removed; what is left is whole
     */
    public RetentionResult prune(RetentionPolicy policy) {
        try {
            RetentionResult result = new Retention(files, blobs, locks, policy, clock.instant()).apply();
            index.forget(result.removedRuns());
            keys.release(Set.copyOf(result.removedRuns()));
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prune run store " + directory, e);
        }
    }

    @Override
    public ErasedRuns erase(Collection<RunId> runs) {
        try {
            index.forget(runs); // first, for if the rest fails nobody finds these runs by it, and they get a line again
            ErasedRuns erased = new Erasure(files, blobs, locks, Set.copyOf(runs), clock.instant()).apply();
            index.forget(erased.removedRuns());
            keys.release(Set.copyOf(erased.removedRuns()));
            return erased;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot erase runs of " + directory, e);
        }
    }

    /**
     * Packs the logs of runs by gzip, to about an eighth. They are read as before. A run that can be resumed is left as it
     * is, and one that goes on is unpacked for it.
     *
     * @param olderThan how long ago a run was last written to, zero or more
     * @return how many runs were packed
     * @throws IllegalArgumentException if {@code olderThan} is negative
     * @throws UncheckedIOException if a log cannot be read or packed; it is left as it was
     */
    public int compress(Duration olderThan) {
        if (olderThan.isNegative()) {
            throw new IllegalArgumentException("olderThan must not be negative, was " + olderThan);
        }
        Instant before = clock.instant().minus(olderThan);
        int packed = 0;
        for (RunId runId : files.newest(Integer.MAX_VALUE, files::isPlain)) {
            packed += compress(runId, before) ? 1 : 0;
        }
        return packed;
    }

    private boolean compress(RunId runId, Instant before) {
        if (!locks.acquire(runId)) {
            return false;
        }
        try {
            Optional<RunScan> scan = RunScan.of(files, runId, blobs::peek)
                    .filter(run -> run.isOver() && run.stamp.changedMillis() <= before.toEpochMilli());
            if (scan.isPresent()) {
                Compression.pack(files, runId);
                index.finished(runId); // its length is another now
            }
            return scan.isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress run " + runId, e);
        } finally {
            locks.release(runId);
        }
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
            if (sync != null) {
                sync.close();
            }
        }
        underWay.forEach(this::release);
        locks.close();
    }

    private void append(TraceEvent event) {
        try {
            byte[] line = LargeValues.line(event, blobs::put);
            file(event.runId()).append(event.type(), line, forces(event.type()));
            health.succeeded();
        } catch (IOException e) {
            StoredRunException failure = new StoredRunException(
                    NOT_WRITTEN, "cannot write run " + event.runId() + " to " + path(event.runId()), e);
            health.failed(failure);
            throw failure;
        } catch (UncheckedIOException | StoredRunException e) {
            health.failed(e);
            throw e;
        }
    }

    private boolean forces(String type) {
        return switch (fsync) {
            case EVERY -> true;
            case MILESTONES -> MILESTONES.contains(type);
            default -> false;
        };
    }

    /** Notes that an event was lost, where it is seen when the log can be written again. */
    private void lose(RunId runId) {
        synchronized (lock) {
            RunFile file = open.get(runId);
            if (file == null) {
                unopened.merge(runId, 1L, Long::sum);
            } else {
                file.lose(1);
            }
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
                Compression.unpack(files, runId);
                RunFile file = RunFile.open(runId, number -> files.segment(runId, number), clock, disk);
                if (file.length() > 0) {
                    index.reopened(runId);
                }
                open.put(runId, file);
                Long lost = unopened.remove(runId);
                if (lost != null) {
                    file.lose(lost);
                }
                startSync();
                return file;
            } catch (IOException | RuntimeException e) {
                locks.release(runId);
                throw new StoredRunException(NOT_WRITTEN, "cannot open " + path(runId) + " for writing", e);
            }
        }
    }

    private void startSync() {
        if (fsync == FsyncPolicy.INTERVAL && sync == null) {
            sync = new IntervalSync(this::underWay, health::failed);
        }
    }

    private Collection<RunFile> underWay() {
        synchronized (lock) {
            return List.copyOf(open.values());
        }
    }

    private void releaseUnlessJournaled(RunId runId) {
        RunFile file;
        synchronized (lock) {
            file = open.get(runId);
        }
        if (file != null && !file.isJournaled()) {
            release(runId);
        }
    }

    private void release(RunId runId) {
        RunFile file;
        synchronized (lock) {
            file = open.remove(runId);
        }
        if (file == null) {
            return;
        }
        try (file) {
            if (fsync == FsyncPolicy.INTERVAL) {
                file.force();
            }
        } catch (IOException | UncheckedIOException e) { // what was written is there, what was lost is in the health
            health.failed(e);
        } finally {
            if (file.isEnded()) {
                index.finished(runId);
            }
            locks.release(runId);
        }
    }

    /** Whoever says it need not be the one who runs it, nor alone: it has a file and a lock of its own. */
    private void appendFeedback(TraceEvent event) {
        RunId runId = event.runId();
        try {
            byte[] line = LargeValues.line(event, blobs::put);
            locks.feedback(() -> {
                if (!files.exists(runId)) {
                    throw new StoredRunException(NOT_FOUND, "there is no run " + runId + " to say something of", null);
                }
                try (RunFile file = RunFile.open(runId, number -> files.feedback(runId, number), clock, disk)) {
                    file.append(event.type(), line, fsync != FsyncPolicy.NONE);
                }
            });
            health.succeeded();
        } catch (IOException e) {
            StoredRunException failure =
                    new StoredRunException(NOT_WRITTEN, "cannot write what was said of run " + runId, e);
            health.failed(failure);
            throw failure;
        }
    }

    private Path path(RunId runId) {
        return files.segment(runId, 1);
    }
}
