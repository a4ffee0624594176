package dev.pictor.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a directory's runs came to, without their logs: one line for each finished run, in one file for each day. It is
 * derived from the logs and may be deleted at any time: a run that has no line is folded, and gets one. Writers append and
 * nothing else; who asks reads what was appended meanwhile, by whatever process. Thread-safe.
 */
final class RunIndex {

    /** How many runs are kept in memory, at least those of one day: 250,000. The days asked for longest ago go first. */
    static final int MAX_RUNS_IN_MEMORY = 250_000;

    private static final Logger LOG = LoggerFactory.getLogger(RunIndex.class);
    private static final Pattern DATE_PART = Pattern.compile("\\d{2}|\\d{4}");

    private final Path runs;
    private final Path folder;
    private final RunLocks locks;
    private final Function<RunId, List<TraceEvent>> events;
    private final ToLongFunction<RunId> length;
    private final Object lock = new Object();
    private final Map<LocalDate, IndexDay> days = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Opens the index of a store.
     *
     * @param directory the store's
     * @param locks the store's
     * @param events the log of a run
     * @param length how long the log of a run is in bytes, -1 if there is none
     */
    RunIndex(Path directory, RunLocks locks, Function<RunId, List<TraceEvent>> events, ToLongFunction<RunId> length) {
        this.runs = directory.resolve("runs");
        this.folder = directory.resolve("index");
        this.locks = locks;
        this.events = events;
        this.length = length;
    }

    /** Notes what a run came to. Its writer calls it after the last line and before it lets go of the run. */
    void finished(RunId runId) {
        try {
            summary(runId)
                    .ifPresent(run -> append(file(dayOf(runId)), List.of(IndexLine.finished(run, length(runId)))));
        } catch (UncheckedIOException e) {
            LOG.debug("run {} is not in the index and is found more slowly", runId, e);
        }
    }

    /** Notes that a run goes on that may have been finished. Its writer calls it before the first line. */
    void reopened(RunId runId) {
        append(file(dayOf(runId)), List.of(IndexLine.goesOn(runId)));
    }

    /** Leaves out runs whose logs were deleted. It is enough to delete them: this makes the files smaller. */
    void forget(Collection<RunId> deleted) {
        Set<RunId> gone = new HashSet<>(deleted);
        Set<LocalDate> touched = gone.stream().map(RunIndex::dayOf).collect(Collectors.toSet());
        for (LocalDate day : touched) {
            IndexFile file = file(day);
            exclusively(() -> {
                List<IndexLine> left = new ArrayList<>();
                for (IndexLine line :
                        file.read(IndexFile.Place.START, new Pool()).lines()) {
                    if (!gone.contains(line.runId())) {
                        left.add(line);
                    }
                }
                replace(file, left);
            });
        }
    }

    /** Makes all of it again. What finishes meanwhile is found like any run without a line. */
    void rebuild() {
        for (LocalDate day : daysWithRuns()) {
            List<IndexLine> lines = IndexDay.runsIn(folderOf(day)).stream()
                    .sorted()
                    .map(RunId::new)
                    .flatMap(runId -> finishedLine(runId).stream())
                    .toList();
            exclusively(() -> replace(file(day), lines));
        }
    }

    private Optional<IndexLine> finishedLine(RunId runId) {
        if (isHeld(runId)) { // its writer will note it
            return Optional.empty();
        }
        long now = length(runId);
        return summary(runId).filter(run -> run.status() != RunStatus.RUNNING).map(run -> IndexLine.finished(run, now));
    }

    private static void replace(IndexFile file, List<IndexLine> lines) throws IOException {
        if (lines.isEmpty()) {
            file.delete();
        } else {
            file.replace(lines);
        }
    }

    /** Returns the runs that may be on a query's page, newest first, reading day after day as they are asked for. */
    Iterable<RunSummary> newestFirst(RunQuery query) {
        Optional<LocalDate> last = query.before().map(RunIndex::dayOf);
        Optional<LocalDate> from = query.since().map(RunIndex::dayOf);
        Optional<LocalDate> until = query.until().map(RunIndex::dayOf);
        return () -> daysWithRuns().stream()
                .filter(day -> last.isEmpty() || !day.isAfter(last.get()))
                .filter(day -> from.isEmpty() || !day.isBefore(from.get()))
                .filter(day -> until.isEmpty() || !day.isAfter(until.get()))
                .flatMap(day -> newestFirst(day).stream())
                .iterator();
    }

    private List<RunSummary> newestFirst(LocalDate date) {
        IndexDay day;
        synchronized (lock) {
            day = days.computeIfAbsent(date, unseen -> new IndexDay(this, file(date), folderOf(date)));
        }
        List<RunSummary> newestFirst = day.newestFirst();
        dropOldDays();
        return newestFirst;
    }

    private void dropOldDays() {
        synchronized (lock) {
            int inMemory = days.values().stream().mapToInt(IndexDay::size).sum();
            Iterator<IndexDay> oldest = List.copyOf(days.values()).iterator();
            while (inMemory > MAX_RUNS_IN_MEMORY && days.size() > 1) {
                IndexDay day = oldest.next();
                inMemory -= day.size();
                days.values().remove(day);
            }
        }
    }

    Optional<RunSummary> summary(RunId runId) {
        List<TraceEvent> log = events.apply(runId);
        return log.isEmpty() ? Optional.empty() : Optional.of(RunSummary.of(RunRecord.of(log)));
    }

    long length(RunId runId) {
        return length.applyAsLong(runId);
    }

    boolean isHeld(RunId runId) {
        return locks.isHeld(runId);
    }

    /** Appends lines if that can be done: a run whose line is missing is found all the same. */
    void append(IndexFile file, List<IndexLine> lines) {
        try {
            locks.withIndex(() -> file.append(lines));
        } catch (IOException e) {
            LOG.debug("the index lacks {} runs, which are found more slowly", lines.size(), e);
        }
    }

    private void exclusively(RunLocks.Work work) {
        try {
            locks.withIndex(work);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the index in " + folder, e);
        }
    }

    private List<LocalDate> daysWithRuns() {
        List<LocalDate> found = new ArrayList<>();
        for (Path year : parts(runs)) {
            for (Path month : parts(year)) {
                for (Path day : parts(month)) {
                    date(year, month, day).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.reverseOrder());
        return found;
    }

    private static Optional<LocalDate> date(Path year, Path month, Path day) {
        try {
            return Optional.of(
                    LocalDate.parse(year.getFileName() + "-" + month.getFileName() + "-" + day.getFileName()));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // not ours
        }
    }

    private static List<Path> parts(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                folder,
                entry -> DATE_PART.matcher(entry.getFileName().toString()).matches())) {
            List<Path> parts = new ArrayList<>();
            entries.forEach(parts::add);
            return parts;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list runs in " + folder, e);
        }
    }

    private IndexFile file(LocalDate day) {
        return new IndexFile(folder.resolve(day + ".jsonl"));
    }

    private Path folderOf(LocalDate day) {
        return runs.resolve(
                String.format(Locale.ROOT, "%04d/%02d/%02d", day.getYear(), day.getMonthValue(), day.getDayOfMonth()));
    }

    private static LocalDate dayOf(RunId runId) {
        return dayOf(runId.createdAt());
    }

    private static LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
