package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Where the files of runs are:
 *
 * <pre>
 * 2026/11/20/&lt;run id&gt;.jsonl            a run's log
 * 2026/11/20/&lt;run id&gt;.2.jsonl          where it went on, if a disk refused to take half a line back
 * 2026/11/20/&lt;run id&gt;.jsonl.gz         the whole log in place of the above, once it is compressed
 * 2026/11/20/&lt;run id&gt;.feedback.jsonl   what was said of a run, whenever it was said
 * </pre>
 *
 * <p>A compressed log appears at once and is whole: what is still beside it is out of date. Names are made of run ids
 * alone, and only names of that form are looked at. Thread-safe; several processes may share the folder.
 */
final class RunFiles {

    /** More segments than a run ever has, so that a search for the last ends. */
    static final int MAX_SEGMENTS = 1_000;

    private static final Pattern DATE_PART = Pattern.compile("\\d{2,4}");
    private static final Pattern RUN_FILE = Pattern.compile("([0-7][0-9A-HJKMNP-TV-Z]{25})\\.jsonl(\\.gz)?");
    private static final int ID_LENGTH = 26;
    private static final int DEPTH = 3;
    private static final int ATTEMPTS = 5;

    private final Path root;

    RunFiles(Path root) {
        this.root = root;
    }

    Path segment(RunId runId, int number) {
        return named(runId, number == 1 ? ".jsonl" : "." + number + ".jsonl");
    }

    Path feedback(RunId runId, int number) {
        return named(runId, number == 1 ? ".feedback.jsonl" : ".feedback." + number + ".jsonl");
    }

    Path compressed(RunId runId) {
        return named(runId, ".jsonl.gz");
    }

    private Path named(RunId runId, String ending) {
        LocalDate day = LocalDate.ofInstant(runId.createdAt(), ZoneOffset.UTC);
        return root.resolve(String.format(
                        Locale.ROOT, "%04d/%02d/%02d", day.getYear(), day.getMonthValue(), day.getDayOfMonth()))
                .resolve(runId + ending);
    }

    /** Returns the segments of a log that is not compressed, in order. */
    List<Path> segments(RunId runId) {
        return existing(number -> segment(runId, number));
    }

    private static List<Path> existing(IntFunction<Path> names) {
        List<Path> found = new ArrayList<>();
        for (int number = 1; number <= MAX_SEGMENTS; number++) {
            Path path = names.apply(number);
            if (!Files.isRegularFile(path)) {
                break;
            }
            found.add(path);
        }
        return found;
    }

    /** Returns everything that is of a run, its feedback too, in the order in which it is read. */
    List<Path> all(RunId runId) {
        List<Path> all = new ArrayList<>(log(runId));
        all.addAll(existing(number -> feedback(runId, number)));
        return all;
    }

    private List<Path> log(RunId runId) {
        Path compressed = compressed(runId);
        return Files.isRegularFile(compressed) ? List.of(compressed) : segments(runId);
    }

    boolean exists(RunId runId) {
        return !log(runId).isEmpty();
    }

    /** Takes one file after the other. */
    @FunctionalInterface
    interface Reader {
        void read(InputStream file) throws IOException;
    }

    /** Returns whether a run is there and not compressed. */
    boolean isPlain(RunId runId) {
        return Files.isRegularFile(segment(runId, 1));
    }

    /** Reads a run with all that is of it. Damage is noted and does not end the reading. */
    LogLines read(RunId runId, Function<Sha256, Optional<ByteBuffer>> artifacts) throws IOException {
        for (int attempt = 1; ; attempt++) {
            LogLines lines = new LogLines(runId, artifacts);
            try {
                for (Path file : all(runId)) {
                    if (!read(file, lines::read)) {
                        lines.cutShort();
                    }
                }
                return lines;
            } catch (NoSuchFileException e) { // it is being compressed or removed
                if (attempt == ATTEMPTS) {
                    return new LogLines(runId, artifacts);
                }
            }
        }
    }

    /** Reads a file as it was before it was compressed. Returns false if the rest of it cannot be unpacked. */
    static boolean read(Path file, Reader reader) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!file.toString().endsWith(".gz")) {
                reader.read(in);
                return true;
            }
            try {
                reader.read(new GZIPInputStream(new BufferedInputStream(in)));
                return true;
            } catch (EOFException | ZipException e) {
                return false;
            }
        }
    }

    /** Returns runs, newest first, for which a test holds, until there are so many. What is not ours is left out. */
    List<RunId> newest(int limit, Predicate<RunId> wanted) {
        List<RunId> newest = new ArrayList<>();
        collect(root, DEPTH, limit, wanted, newest);
        return List.copyOf(newest);
    }

    /** Years, months and days are folders whose names sort by time, as run ids do. */
    private static void collect(Path folder, int depth, int limit, Predicate<RunId> wanted, List<RunId> into) {
        Pattern form = depth > 0 ? DATE_PART : RUN_FILE;
        List<String> names;
        try (Stream<Path> listing = Files.list(folder)) {
            names = listing.map(entry -> entry.getFileName().toString())
                    .filter(name -> form.matcher(name).matches())
                    .map(name -> depth > 0 ? name : name.substring(0, ID_LENGTH))
                    .distinct()
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list runs in " + folder, e);
        }
        for (String name : names) {
            if (into.size() == limit) {
                return;
            }
            if (depth > 0) {
                collect(folder.resolve(name), depth - 1, limit, wanted, into);
            } else {
                RunId runId = new RunId(name);
                if (isFile(folder, name) && wanted.test(runId)) {
                    into.add(runId);
                }
            }
        }
    }

    private static boolean isFile(Path folder, String name) {
        return Files.isRegularFile(folder.resolve(name + ".jsonl"))
                || Files.isRegularFile(folder.resolve(name + ".jsonl.gz"));
    }

    /** How many bytes a log has, packed if it is; later segments do not count. Returns -1 if it is not here. */
    long length(RunId runId) {
        try {
            return Files.size(segment(runId, 1));
        } catch (IOException e) {
            try {
                return Files.size(compressed(runId));
            } catch (IOException gone) {
                return -1;
            }
        }
    }

    /** Returns the length of all files of a run and when the last of them was written, or empty if it is gone. */
    Optional<FileStamp> stamp(RunId runId) throws IOException {
        long bytes = 0;
        long changed = 0;
        List<Path> all = all(runId);
        for (Path file : all) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                bytes += attributes.size();
                changed = Math.max(changed, attributes.lastModifiedTime().toMillis());
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(new FileStamp(bytes, changed));
    }

    /** How long files are and when they were last written, in milliseconds since 1970. */
    record FileStamp(long bytes, long changedMillis) {}

    /** Removes all that is of a run, what it is listed by last: a crash leaves what is removed the next time. */
    void delete(RunId runId) throws IOException {
        List<Path> feedback = existing(number -> feedback(runId, number));
        List<Path> segments = segments(runId);
        for (Path file :
                Stream.concat(segments.stream().skip(1), feedback.stream()).toList()) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(segment(runId, 1));
        Files.deleteIfExists(compressed(runId));
        Folders.force(folder(runId));
    }

    Path folder(RunId runId) {
        return Objects.requireNonNull(segment(runId, 1).getParent(), "folder");
    }
}
