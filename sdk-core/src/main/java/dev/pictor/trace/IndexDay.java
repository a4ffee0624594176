package dev.pictor.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one day in memory, kept current at each look: new lines of the index are read, the folder is listed if it
 * changed, and runs without a line are folded, once for each length of their log. Thread-safe.
 */
final class IndexDay {

    /** The folder of a day that changed so lately may change again without looking changed. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    /** A run's first file: also when it is kept compressed, but none that goes on or stands beside it. */
    private static final Pattern RUN_FILE = Pattern.compile("([0-7][0-9A-HJKMNP-TV-Z]{25})\\.jsonl(\\.gz)?");

    private static final int ADOPTED_AT_ONCE = 1_000;

    /** A run without a line in the index, as it was when its log had that length. */
    private record Open(long length, Optional<RunSummary> summary) {}

    private static final Open UNSEEN = new Open(-1, Optional.empty());

    private final RunIndex index;
    private final IndexFile file;
    private final Path folder;
    private final Object lock = new Object();

    private final Pool pool = new Pool();
    /** In the order of the index, which is nearly that of age, so that sorting them is quick. */
    private final Map<String, RunSummary> indexed = new LinkedHashMap<>();

    private final Map<String, Open> open = new HashMap<>();
    private IndexFile.Place place = IndexFile.Place.START;
    private Instant listedAt = Instant.MIN;
    private @Nullable Instant folderChanged;
    /** All of them, newest first; null if something changed since. */
    private @Nullable List<RunSummary> all;

    IndexDay(RunIndex index, IndexFile file, Path folder) {
        this.index = index;
        this.file = file;
        this.folder = folder;
    }

    /** Returns the runs of the day as they stand now, newest first. */
    List<RunSummary> newestFirst() {
        synchronized (lock) {
            try {
                readLines();
                listFolder();
                foldOpen();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the runs in " + folder, e);
            }
            if (all == null) {
                List<RunSummary> runs = new ArrayList<>(indexed.values());
                open.values().forEach(run -> run.summary().ifPresent(runs::add));
                runs.sort(Comparator.comparing(RunSummary::runId).reversed());
                all = runs;
            }
            return all;
        }
    }

    private void readLines() throws IOException {
        IndexFile.Reading read = file.read(place, pool);
        if (read.isFromStart()) {
            if (!indexed.isEmpty()) {
                all = null;
            }
            indexed.keySet().forEach(runId -> open.put(runId, UNSEEN));
            indexed.clear();
            folderChanged = null; // what the new lines are of may be gone
        }
        place = read.next();
        for (IndexLine line : read.lines()) {
            RunSummary summary = line.summary();
            if (summary == null) {
                indexed.remove(line.runId().value());
                open.put(line.runId().value(), UNSEEN);
            } else if (!read.isFromStart() || index.length(line.runId()) == line.length()) {
                indexed.put(summary.runId().value(), summary);
                open.remove(summary.runId().value());
            }
            all = null;
        }
    }

    private void listFolder() throws IOException {
        Instant changed;
        try {
            changed = Files.getLastModifiedTime(folder).toInstant();
        } catch (NoSuchFileException e) {
            changed = Instant.MIN;
        }
        boolean isFresh = changed.isAfter(Instant.MIN) && listedAt.isBefore(changed.plus(FRESH));
        if (changed.equals(folderChanged) && !isFresh) {
            return;
        }
        listedAt = Instant.now();
        folderChanged = changed;
        Set<String> there = runsIn(folder);
        for (String runId : there) {
            if (!indexed.containsKey(runId) && open.putIfAbsent(runId, UNSEEN) == null) {
                all = null;
            }
        }
        if (there.size() < indexed.size() + open.size()) {
            indexed.keySet().retainAll(there);
            open.keySet().retainAll(there);
            all = null;
        }
    }

    /** The ids of the runs that have a file in a folder; none if there is no such folder. */
    static Set<String> runsIn(Path folder) {
        String[] names = folder.toFile().list();
        Set<String> runIds = new HashSet<>();
        for (String name : names == null ? new String[0] : names) {
            Matcher run = RUN_FILE.matcher(name);
            if (run.matches()) {
                runIds.add(run.group(1));
            }
        }
        return runIds;
    }

    /** Folds what has no line; what turns out to have ended, and that nobody is at, gets one. */
    private void foldOpen() {
        List<IndexLine> found = new ArrayList<>();
        for (Map.Entry<String, Open> entry : open.entrySet()) {
            RunId runId = new RunId(entry.getKey());
            boolean isHeld = index.isHeld(runId); // asked first, so that what is read afterwards is all there will be
            long length = index.length(runId);
            Open known = entry.getValue();
            Optional<RunSummary> summary = length == known.length()
                    ? known.summary()
                    : index.summary(runId).map(this::pooled);
            Open now = new Open(length, summary.map(run -> standing(run, isHeld)));
            if (!now.equals(known)) {
                entry.setValue(now);
                all = null;
            }
            now.summary()
                    .filter(run -> !isHeld && run.status() != RunStatus.CRASHED)
                    .ifPresent(run -> found.add(IndexLine.finished(run, length)));
        }
        for (int from = 0; from < found.size(); from += ADOPTED_AT_ONCE) {
            index.append(file, found.subList(from, Math.min(found.size(), from + ADOPTED_AT_ONCE)));
        }
    }

    /** What comes from a log shares its texts with what comes from the index. */
    private RunSummary pooled(RunSummary run) {
        return SummaryJson.parse(run.toJson(), pool);
    }

    private static RunSummary standing(RunSummary run, boolean isHeld) {
        boolean isOver = run.status() != RunStatus.RUNNING && run.status() != RunStatus.CRASHED;
        RunStatus status = isHeld ? RunStatus.RUNNING : RunStatus.CRASHED;
        return isOver || run.status() == status
                ? run
                : new RunSummaryBuilder().from(run).status(status).build();
    }

    /** How many runs it holds in memory. */
    int size() {
        synchronized (lock) {
            return indexed.size() + open.size();
        }
    }
}
