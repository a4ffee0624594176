package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which run was started under a caller's key: one file for each key, named by its hash, with the run's id in it. Thread-safe;
 * several processes may share the folder.
 */
final class KeyFiles {

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;

    KeyFiles(Path folder) {
        this.folder = folder;
    }

    /** Returns the run that has the key: the given one if nobody had it. It is on the disk then. */
    RunId claim(Sha256 key, RunId runId) throws IOException {
        Path shard = folder.resolve(key.hex().substring(0, 2));
        Path file = shard.resolve(key.hex());
        if (Files.exists(file)) {
            return read(file);
        }
        Folders.create(shard);
        Path draft = shard.resolve("." + key.hex() + "." + UUID.randomUUID());
        try {
            write(draft, runId);
            Files.createLink(file, draft); // a second name for a whole file: one of all who try gets it
            Folders.force(shard);
            return runId;
        } catch (FileAlreadyExistsException e) { // someone was faster
            return read(file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Lets go of the keys of runs that are gone, so that a key does not start a new run under an old id. */
    void release(Set<RunId> gone) throws IOException {
        if (gone.isEmpty() || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : (Iterable<Path>) files.filter(KeyFiles::isKey)::iterator) {
                if (gone.contains(read(file))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isKey(Path file) {
        return KEY.matcher(String.valueOf(file.getFileName())).matches();
    }

    private static RunId read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).strip();
        try {
            return new RunId(text);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not hold the id of a run", e);
        }
    }

    /** Writes through a stream, which no interruption closes. */
    private static void write(Path file, RunId runId) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write((runId + "\n").getBytes(StandardCharsets.US_ASCII));
            out.getFD().sync();
        }
    }
}
