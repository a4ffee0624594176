package dev.pictor.trace;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Packs the log of a run and unpacks it. The packed log appears at once, whole and forced to the disk; from then on the
 * plain files beside it count for nothing. Whoever calls holds the run's lock.
 */
final class Compression {

    private Compression() {}

    static void pack(RunFiles files, RunId runId) throws IOException {
        List<Path> segments = files.segments(runId);
        Path packed = files.compressed(runId);
        if (!Files.isRegularFile(packed)) {
            place(packed, out -> {
                try (GZIPOutputStream zip = new GZIPOutputStream(out, 1 << 16)) {
                    for (Path segment : segments) {
                        copy(segment, zip);
                    }
                }
            });
        }
        for (Path segment : segments) {
            Files.deleteIfExists(segment);
        }
        Folders.force(files.folder(runId));
    }

    /** Makes a log plain again, so that it can go on. Does nothing if it is. */
    static void unpack(RunFiles files, RunId runId) throws IOException {
        Path packed = files.compressed(runId);
        if (!Files.isRegularFile(packed)) {
            return;
        }
        List<Path> outOfDate = files.segments(runId);
        place(files.segment(runId, 1), out -> {
            boolean unused = RunFiles.read(packed, in -> in.transferTo(out));
        });
        for (Path segment : outOfDate.stream().skip(1).toList()) {
            Files.deleteIfExists(segment);
        }
        Files.deleteIfExists(packed);
        Folders.force(files.folder(runId));
    }

    private static void copy(Path file, OutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long unused = in.transferTo(out);
        }
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void place(Path file, Content content) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            try (FileChannel channel =
                            FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                content.writeTo(new KeptOpen(out));
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        Folders.force(Objects.requireNonNull(file.getParent(), "folder"));
    }

    /** Stays open when what writes to it is closed: the file is still to be forced to the disk. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
