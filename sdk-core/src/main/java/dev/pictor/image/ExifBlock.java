package dev.pictor.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Checks an EXIF block and makes it tell the truth about decoded pixels: upright, and in sRGB. All else stays as it was
 * read: the place (GPS), the camera, the thumbnail (which shows the source as it was stored), and the sizes it tells.
 *
 * <p>A block is sound if each directory and each value lies inside, no directory is met twice, and orientation and colour
 * space, where they stand, are single numbers. The insides of maker notes are not looked at.
 */
final class ExifBlock {

    /** Directories of one block: the picture, its thumbnail, EXIF, GPS and interoperability are 5. */
    private static final int MAX_DIRECTORIES = 16;

    private static final int MAX_ENTRIES = 4_096;
    private static final int ENTRY_BYTES = 12;

    private static final int ORIENTATION = 0x0112;
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int GPS_DIRECTORY = 0x8825;
    private static final int COLOR_SPACE = 0xA001;
    private static final int INTEROPERABILITY_DIRECTORY = 0xA005;

    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int UTF_8 = 129; // since EXIF 3.0

    /** Bytes of one value by TIFF type: BYTE, ASCII, SHORT, LONG, RATIONAL, then the signed ones, FLOAT, DOUBLE, IFD. */
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

    private final ByteBuffer tiff;
    private final Deque<Integer> ahead = new ArrayDeque<>();
    private final Set<Integer> met = new HashSet<>();

    private ExifBlock(ByteBuffer tiff) {
        this.tiff = tiff;
    }

    /**
     * Sets the orientation in the first directory to 1 and the colour space to sRGB, where they stand.
     *
     * @param bytes a TIFF file, which is written to
     * @return the same array; empty if the block is not sound
     */
    static Optional<byte[]> ofUprightSrgb(byte[] bytes) {
        ByteBuffer tiff = ByteBuffer.wrap(bytes);
        if (bytes.length < 14) {
            return Optional.empty();
        }
        switch (tiff.getInt(0)) {
            case 0x4D4D002A -> tiff.order(ByteOrder.BIG_ENDIAN);
            case 0x49492A00 -> tiff.order(ByteOrder.LITTLE_ENDIAN);
            default -> {
                return Optional.empty();
            }
        }
        return new ExifBlock(tiff).patch() ? Optional.of(bytes) : Optional.empty();
    }

    private boolean patch() {
        int first = tiff.getInt(4);
        ahead.add(first);
        while (!ahead.isEmpty()) {
            int at = ahead.remove();
            if (!met.add(at) || met.size() > MAX_DIRECTORIES || !patchDirectory(at, at == first)) {
                return false;
            }
        }
        return true;
    }

    private boolean patchDirectory(int at, boolean isFirst) {
        if (at < 8 || at > tiff.limit() - 2) {
            return false;
        }
        int count = Short.toUnsignedInt(tiff.getShort(at));
        int end = at + 2 + count * ENTRY_BYTES;
        if (count > MAX_ENTRIES || end > tiff.limit()) {
            return false;
        }
        for (int entry = at + 2; entry < end; entry += ENTRY_BYTES) {
            if (!patchEntry(entry, isFirst)) {
                return false;
            }
        }
        // Only the first directory has a next one in EXIF; some writers leave the link out where it would be zero.
        if (isFirst && end <= tiff.limit() - 4 && tiff.getInt(end) != 0) {
            ahead.add(tiff.getInt(end));
        }
        return true;
    }

    private boolean patchEntry(int entry, boolean isFirst) {
        int tag = Short.toUnsignedInt(tiff.getShort(entry));
        int type = Short.toUnsignedInt(tiff.getShort(entry + 2));
        long count = Integer.toUnsignedLong(tiff.getInt(entry + 4));
        if (!valueLiesInside(type, count, entry + 8)) {
            return false;
        }
        return switch (tag) {
            case ORIENTATION -> !isFirst || setToOne(entry, type, count);
            case COLOR_SPACE -> setToOne(entry, type, count);
            case EXIF_DIRECTORY, GPS_DIRECTORY, INTEROPERABILITY_DIRECTORY -> {
                ahead.add(tiff.getInt(entry + 8));
                yield true;
            }
            default -> true;
        };
    }

    private boolean valueLiesInside(int type, long count, int at) {
        boolean isText = type == UTF_8;
        if (type == 0 || (type >= TYPE_BYTES.length && !isText)) {
            return false;
        }
        long bytes = (isText ? 1 : TYPE_BYTES[type]) * count; // below 2^35
        return bytes <= 4 || Integer.toUnsignedLong(tiff.getInt(at)) + bytes <= tiff.limit();
    }

    private boolean setToOne(int entry, int type, long count) {
        if (count != 1) {
            return false;
        }
        switch (type) {
            case SHORT -> tiff.putShort(entry + 8, (short) 1);
            case LONG -> tiff.putInt(entry + 8, 1);
            default -> {
                return false;
            }
        }
        return true;
    }
}
