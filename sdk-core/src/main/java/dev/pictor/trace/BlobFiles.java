package dev.pictor.trace;

import dev.pictor.image.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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

    /** Writes beside the final place, forces to the disk, then moves: a reader sees all of it or nothing. */
    void put(Sha256 sha256, ByteBuffer bytes) {
        Path target = path(sha256);
        Path shard = shard(sha256);
        try {
            if (Files.exists(target) && Files.size(target) == bytes.remaining()) {
                return;
            }
            Files.createDirectories(shard);
            Path draft = shard.resolve("." + sha256.hex() + "." + UUID.randomUUID());
            try {
                write(draft, bytes.duplicate());
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
            forceFolder(shard);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep artifact " + sha256 + " in " + folder, e);
        }
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

    /** Makes the new name survive a power cut. Systems that cannot open a folder (Windows) do so by themselves. */
    private static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
