package dev.pictor.trace;

import static dev.pictor.trace.StoredRunException.Reason.NOT_FOUND;
import static dev.pictor.trace.StoredRunException.Reason.OTHER_FORM;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pictor.image.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Runs in one file, to be sent or put away: a zip with their logs, all pictures that they name, and a report of each.
 *
 * <pre>
 * BUNDLE.json            {"format":"pictor-bundle","version":1,"runs":["&lt;run id&gt;"]}
 * run.jsonl              the log of the run; &lt;run id&gt;.jsonl of each, if there are several
 * report.html            its report; &lt;run id&gt;.html of each, if there are several
 * blobs/&lt;64 hex digits&gt;   pictures and other artifacts, which the reports link to
 * </pre>
 *
 * <p>It holds whatever the logs hold, prompts and answers included: share it accordingly.
 *
 * <p>A bundle that is opened is a store that can only be read. Nothing of it is unpacked to the disk, names in it are
 * looked up and never followed, no entry is read beyond {@link #MAX_ENTRY_BYTES}, and an artifact whose bytes are not
 * those that its name stands for is not there. So a bundle of anybody's may be opened. Thread-safe.
 */
public final class RunBundle implements RunStore, ArtifactStore, AutoCloseable {

    /** How many bytes of an entry are read, unpacked: 268,435,456 (256 MiB). */
    public static final int MAX_ENTRY_BYTES = 256 << 20;

    /** How many runs are in a bundle: 10,000. */
    public static final int MAX_RUNS = 10_000;

    static final String INDEX = "BUNDLE.json";
    static final String FORMAT = "pictor-bundle";
    static final int VERSION = 1;

    private static final int MAX_INDEX_BYTES = 1 << 20;

    /** What {@link #INDEX} says. */
    record Index(String format, int version, List<String> runs) {}

    private final Path file;
    private final ZipFile zip;
    private final List<RunId> runs;

    private RunBundle(Path file, ZipFile zip, List<RunId> runs) {
        this.file = file;
        this.zip = zip;
        this.runs = runs;
    }

    /**
     * Writes a bundle to a stream.
     *
     * @param store where the runs and their pictures are
     * @param runs the runs, 1 to {@link #MAX_RUNS}
     * @param out gets the zip; flushed, not closed
     * @param <S> a store of runs and of pictures, such as {@link DirectoryRunStore}
     * @throws StoredRunException if a run is not in the store ({@code NOT_FOUND})
     * @throws UncheckedIOException if the store cannot be read or the stream not be written
     */
    public static <S extends RunStore & ArtifactStore> void write(S store, Collection<RunId> runs, OutputStream out) {
        try {
            new BundleWriter(store, store, checked(store, runs), out).write();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a bundle of " + runs.size() + " runs", e);
        }
    }

    /**
     * Writes a bundle to a file, which appears with all of its content or not at all. A file that is there is replaced.
     *
     * @param store where the runs and their pictures are
     * @param runs the runs, 1 to {@link #MAX_RUNS}
     * @param file the file; its folder must exist
     * @param <S> a store of runs and of pictures, such as {@link DirectoryRunStore}
     * @throws StoredRunException if a run is not in the store ({@code NOT_FOUND})
     * @throws UncheckedIOException if the store cannot be read or the file not be written
     */
    public static <S extends RunStore & ArtifactStore> void write(S store, Collection<RunId> runs, Path file) {
        List<RunId> known = checked(store, runs);
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                new BundleWriter(store, store, known, out).write();
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(draft);
                throw e;
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write bundle " + file, e);
        }
    }

    private static List<RunId> checked(RunStore store, Collection<RunId> runs) {
        List<RunId> distinct = runs.stream().distinct().toList();
        if (distinct.isEmpty() || distinct.size() > MAX_RUNS) {
            throw new IllegalArgumentException("runs must be 1 to " + MAX_RUNS + ", were " + distinct.size());
        }
        for (RunId runId : distinct) {
            if (store.events(runId).isEmpty()) {
                throw new StoredRunException(NOT_FOUND, "run " + runId + " is not in the store", null);
            }
        }
        return distinct;
    }

    /**
     * Opens a bundle for reading.
     *
     * @param file the zip
     * @return a store of what is in it; close it
     * @throws StoredRunException if it is no bundle, or one in another form ({@code OTHER_FORM})
     * @throws UncheckedIOException if it cannot be read
     */
    @SuppressWarnings("MustBeClosed") // it is closed with the bundle, or here
    public static RunBundle open(Path file) {
        requireNonNull(file, "file");
        try {
            ZipFile zip = new ZipFile(file.toFile());
            try {
                return new RunBundle(file, zip, index(file, zip));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (ZipException e) {
            throw new StoredRunException(OTHER_FORM, file + " is no bundle of runs", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open bundle " + file, e);
        }
    }

    private static List<RunId> index(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(INDEX);
        if (entry == null) {
            throw new StoredRunException(OTHER_FORM, file + " is no bundle of runs: it has no " + INDEX, null);
        }
        try {
            Index index = TraceJson.MAPPER.readValue(bytes(zip, entry, MAX_INDEX_BYTES), Index.class);
            if (!FORMAT.equals(index.format())
                    || index.version() != VERSION
                    || index.runs().size() > MAX_RUNS) {
                throw new IllegalArgumentException(INDEX + " has another form");
            }
            return index.runs().stream()
                    .map(RunId::new)
                    .distinct()
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            throw new StoredRunException(OTHER_FORM, file + " is no bundle that this version knows", e);
        }
    }

    static String log(RunId runId, int runs) {
        return runs == 1 ? "run.jsonl" : runId + ".jsonl";
    }

    static String report(RunId runId, int runs) {
        return runs == 1 ? "report.html" : runId + ".html";
    }

    static String blob(String hex) {
        return "blobs/" + hex;
    }

    @Override
    public List<TraceEvent> events(RunId runId) {
        return lines(runId).events();
    }

    @Override
    public Optional<RunRecord> find(RunId runId) {
        LogLines log = lines(runId);
        return log.events().isEmpty() ? Optional.empty() : Optional.of(RunRecord.of(log.events(), log.damaged()));
    }

    private LogLines lines(RunId runId) {
        LogLines lines = new LogLines(runId, this::get);
        ZipEntry entry = runs.contains(runId) ? zip.getEntry(log(runId, runs.size())) : null;
        if (entry != null) {
            try (InputStream in = new Limited(zip.getInputStream(entry), MAX_ENTRY_BYTES)) {
                lines.read(in);
            } catch (IOException e) { // damaged, or larger than it may be: what was read so far is there
                lines.cutShort();
            }
        }
        return lines;
    }

    @Override
    public List<RunId> newest(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        return List.copyOf(runs.subList(0, Math.min(limit, runs.size())));
    }

    /**
     * Refuses bytes that are not in the bundle: it can only be read.
     *
     * @throws UncheckedIOException if the bytes are not in the bundle
     */
    @Override
    public void put(Sha256 sha256, ByteBuffer bytes) {
        if (get(sha256).isEmpty()) {
            throw new UncheckedIOException(
                    "cannot keep artifact " + sha256, new IOException("bundle " + file + " can only be read"));
        }
    }

    @Override
    public Optional<ByteBuffer> get(Sha256 sha256) {
        ZipEntry entry = zip.getEntry(blob(sha256.hex()));
        if (entry == null) {
            return Optional.empty();
        }
        try {
            byte[] bytes = bytes(zip, entry, MAX_ENTRY_BYTES);
            return Sha256.of(bytes).equals(sha256)
                    ? Optional.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer())
                    : Optional.empty();
        } catch (ZipException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read artifact " + sha256 + " in bundle " + file, e);
        }
    }

    /** Closes the file. */
    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close bundle " + file, e);
        }
    }

    /** What an entry says of its size may be wrong: its bytes are counted. */
    private static byte[] bytes(ZipFile zip, ZipEntry entry, int most) throws IOException {
        try (InputStream in = new Limited(zip.getInputStream(entry), most)) {
            return in.readAllBytes();
        }
    }

    /** Fails when there is more than there may be. */
    private static final class Limited extends FilterInputStream {

        private long left;

        Limited(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new ZipException("an entry is larger than it may be");
            }
            return read;
        }
    }
}
