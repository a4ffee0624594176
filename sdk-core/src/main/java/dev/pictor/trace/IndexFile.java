package dev.pictor.trace;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The index of one day, as lines in a file. Appending and replacing needs the lock of the index, reading does not.
 * Threads may be interrupted. Nothing is forced to the disk, since all of it can be made again.
 */
final class IndexFile {

    private static final byte LINE_BREAK = '\n';
    private static final int PIECE_BYTES = 4 << 20;

    private final Path file;

    IndexFile(Path file) {
        this.file = file;
    }

    /** Appends lines. What a process that was killed left of a line is damaged, but no other. */
    void append(List<IndexLine> lines) throws IOException {
        byte[] bytes = bytes(lines);
        Folders.create(Objects.requireNonNull(file.getParent(), "folder"));
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long end = open.length();
            if (end > 0) {
                open.seek(end - 1);
                if (open.read() != LINE_BREAK) {
                    open.write(LINE_BREAK);
                }
            }
            open.write(bytes);
        }
    }

    /** Replaces all lines, or none if that fails. */
    void replace(List<IndexLine> lines) throws IOException {
        Folders.create(Objects.requireNonNull(file.getParent(), "folder"));
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.write(draft, bytes(lines));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private static byte[] bytes(List<IndexLine> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (IndexLine line : lines) {
            bytes.writeBytes(line.toBytes());
        }
        return bytes.toByteArray();
    }

    /** Where reading goes on: up to where a file was read, and which file that was. */
    record Place(@Nullable Object fileKey, long offset) {

        static final Place START = new Place(null, 0);
    }

    /** What was appended since then; everything if the file was replaced. */
    record Reading(boolean isFromStart, List<IndexLine> lines, Place next) {}

    Reading read(Place place, Pool pool) throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return new Reading(true, List.of(), Place.START);
        }
        boolean isSame = Objects.equals(now.fileKey(), place.fileKey()) && now.size() >= place.offset();
        long from = isSame ? place.offset() : 0;
        if (isSame && now.size() == from) {
            return new Reading(false, List.of(), place);
        }
        List<IndexLine> lines = new ArrayList<>();
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long next = read(open, from, now.size(), pool, lines);
            return new Reading(!isSame, lines, new Place(now.fileKey(), next));
        } catch (EOFException e) { // replaced by a shorter one just now
            return read(Place.START, pool);
        }
    }

    /** Reads whole lines piece by piece and returns where the last of them ends. */
    private static long read(RandomAccessFile open, long from, long size, Pool pool, List<IndexLine> lines)
            throws IOException {
        long next = from;
        int most = PIECE_BYTES;
        while (next < size) {
            byte[] piece = new byte[(int) Math.min(most, size - next)];
            open.seek(next);
            open.readFully(piece);
            int begin = 0;
            for (int at = 0; at < piece.length; at++) {
                if (piece[at] == LINE_BREAK) {
                    IndexLine.parse(Arrays.copyOfRange(piece, begin, at), pool).ifPresent(lines::add);
                    begin = at + 1;
                }
            }
            if (begin == 0 && next + piece.length >= size) {
                break; // what is left has no end yet
            }
            most = begin == 0 ? Math.multiplyExact(most, 2) : PIECE_BYTES; // a line that is longer than a piece
            next += begin;
        }
        return next;
    }
}
