package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * Files named by the SHA-256 of their content. Whoever keeps or reads one may name it in a log for the grace period of a
 * sweep: both make the file young again. Thread-safe; several processes may share the folder.
 */
final class BlobFiles {

    /** A file that was read and is younger than this is left as it is: no grace period is as short. */
    private static final Duration YOUNG = Duration.ofSeconds(30);

    private static final int SWEPT_AT_ONCE = 100;

    private final Path folder;
    private final RunLocks locks;
    private final Disk disk;
    private final Clock clock;
    private final boolean forces;

    /** @param forces whether what is kept is forced to the disk before anyone can name it */
    BlobFiles(Path folder, RunLocks locks, Disk disk, Clock clock, boolean forces) {
        this.folder = folder;
        this.locks = locks;
        this.disk = disk;
        this.clock = clock;
        this.forces = forces;
    }

    Path path(Sha256 sha256) {
        return shard(sha256).resolve(sha256.hex());
    }

    private Path shard(Sha256 sha256) {
        return folder.resolve(sha256.hex().substring(0, 2));
    }

    /** Keeps bytes. An interrupted thread does it too, and stays interrupted. */
    void put(Sha256 sha256, ByteBuffer bytes) {
        boolean interrupted = false;
        boolean kept = false;
        try {
            while (!kept) {
                try {
                    keep(sha256, bytes);
                    kept = true;
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep artifact " + sha256 + " in " + folder, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Writes beside the final place, forces to the disk, then moves: a reader sees all of it or nothing. */
    private void keep(Sha256 sha256, ByteBuffer bytes) throws IOException {
        Path target = path(sha256);
        Path shard = shard(sha256);
        if (isKept(target, bytes.remaining())) {
            return;
        }
        Folders.create(shard);
        Path draft = shard.resolve("." + sha256.hex() + "." + UUID.randomUUID());
        try {
            write(draft, bytes.duplicate());
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        if (forces) {
            Folders.force(shard);
        }
    }

    private boolean isKept(Path target, long bytes) {
        try {
            return Files.isRegularFile(target) && Files.size(target) == bytes && makeYoung(target);
        } catch (IOException e) { // it was swept just now, or is another user's: put one of ours in its place
            return false;
        }
    }

    /** Returns false if a sweep was faster. */
    private boolean makeYoung(Path blob) throws IOException {
        AtomicBoolean there = new AtomicBoolean(true);
        locks.whileNobodySweeps(() -> {
            try {
                Files.setLastModifiedTime(blob, FileTime.from(clock.instant()));
            } catch (NoSuchFileException e) {
                there.set(false);
            }
        });
        return there.get();
    }

    Optional<ByteBuffer> get(Sha256 sha256) {
        Path blob = path(sha256);
        return read(sha256)
                .filter(bytes -> isYoung(blob) || isThere(blob))
                .map(bytes -> ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    private boolean isYoung(Path blob) {
        try {
            return Files.getLastModifiedTime(blob)
                    .toInstant()
                    .isAfter(clock.instant().minus(YOUNG));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isThere(Path blob) {
        try {
            return makeYoung(blob);
        } catch (IOException e) { // a folder that can only be read
            return true;
        }
    }

    /** Returns bytes without making the file young. */
    Optional<ByteBuffer> peek(Sha256 sha256) {
        return read(sha256).map(ByteBuffer::wrap);
    }

    private Optional<byte[]> read(Sha256 sha256) {
        try {
            return Optional.of(Files.readAllBytes(path(sha256)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read artifact " + sha256 + " in " + folder, e);
        }
    }

    /** A file that is kept. */
    record Blob(Path file, long bytes, Instant changed) {}

    /** Returns all that is kept, by name. */
    Map<String, Blob> list() throws IOException {
        Map<String, Blob> blobs = new HashMap<>();
        visit((file, attributes) -> {
            String name = file.getFileName().toString();
            if (HexNames.isName(name)) {
                blobs.put(
                        name,
                        new Blob(
                                file,
                                attributes.size(),
                                attributes.lastModifiedTime().toInstant()));
            }
        });
        return blobs;
    }

    /**
     * Removes files that are still as old as they must be.
     *
     * @return those that were removed
     */
    List<Blob> sweep(Collection<Blob> unnamed, Instant olderThan) throws IOException {
        List<Blob> removed = new ArrayList<>();
        Iterator<Blob> left = unnamed.iterator();
        while (left.hasNext()) {
            locks.sweep(() -> {
                for (int i = 0; i < SWEPT_AT_ONCE && left.hasNext(); i++) {
                    Blob blob = left.next();
                    if (isOlder(blob.file(), olderThan) && Files.deleteIfExists(blob.file())) {
                        removed.add(blob);
                    }
                }
            });
        }
        return removed;
    }

    /** Removes what processes left behind that ended while they wrote. */
    void sweepDrafts(Instant olderThan) throws IOException {
        List<Path> drafts = new ArrayList<>();
        visit((file, attributes) -> {
            if (file.getFileName().toString().startsWith(".")
                    && attributes.lastModifiedTime().toInstant().isBefore(olderThan)) {
                drafts.add(file);
            }
        });
        for (Path draft : drafts) {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean isOlder(Path file, Instant than) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(than);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void visit(BiConsumer<Path, BasicFileAttributes> files) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, Set.of(), 2, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.accept(file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void write(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            disk.write(channel, bytes);
            if (forces) {
                disk.force(channel);
            }
        }
    }
}
