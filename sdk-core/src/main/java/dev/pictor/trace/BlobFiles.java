package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** Files named by the SHA-256 of their content. Thread-safe; several processes may share the folder. */
final class BlobFiles {

    private final Path folder;

    BlobFiles(Path folder) {
        this.folder = folder;
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
        if (Files.exists(target) && Files.size(target) == bytes.remaining()) {
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
        Folders.force(shard);
    }

    Optional<ByteBuffer> get(Sha256 sha256) {
        try {
            return Optional.of(ByteBuffer.wrap(Files.readAllBytes(path(sha256))).asReadOnlyBuffer());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read artifact " + sha256 + " in " + folder, e);
        }
    }

    private static void write(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
