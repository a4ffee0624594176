package dev.pictor.image;

import static dev.pictor.image.ImageHeader.ColorModel.GREY;
import static dev.pictor.image.ImageHeader.ColorModel.GREY_ALPHA;
import static dev.pictor.image.ImageHeader.ColorModel.PALETTE;
import static dev.pictor.image.ImageHeader.ColorModel.RGB;
import static dev.pictor.image.ImageHeader.ColorModel.RGBA;

import dev.pictor.image.ImageHeader.ColorModel;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG.
 *
 * <p>Source: W3C, Portable Network Graphics (Third Edition), 5 and 11.
 */
final class PngFile {

    static final int IDAT = 0x49444154;
    static final int IEND = 0x49454E44;
    static final int PLTE = 0x504C5445;
    static final int TRNS = 0x74524E53;
    private static final int IHDR = 0x49484452;
    private static final int ACTL = 0x6163544C;
    static final int EXIF = 0x65584966;
    static final int ITXT = 0x69545874;
    private static final int ICCP = 0x69434350;

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR_LENGTH = 13;

    private PngFile() {}

    static boolean isPng(ByteBuffer in) {
        return in.limit() >= 8 && in.getLong(0) == SIGNATURE;
    }

    static ImageHeader header(ByteBuffer in) {
        if (in.getInt(8) != IHDR_LENGTH || in.getInt(12) != IHDR) {
            throw broken("the first chunk is not IHDR");
        }
        if (crc(in, 12, 4 + IHDR_LENGTH) != in.getInt(29)) {
            throw broken("the checksum of IHDR is wrong");
        }
        int width = in.getInt(16);
        int height = in.getInt(20);
        if (width < 1 || height < 1) {
            throw broken("the size is " + Integer.toUnsignedString(width) + "x" + Integer.toUnsignedString(height));
        }
        if (in.get(26) != 0 || in.get(27) != 0 || in.get(28) < 0 || in.get(28) > 1) {
            throw broken("compression, filter and interlace methods are " + in.get(26) + ", " + in.get(27) + " and "
                    + in.get(28));
        }
        int bitDepth = in.get(24);
        ColorModel colorModel = colorModel(in.get(25), bitDepth);
        ImageHeaderBuilder header = new ImageHeaderBuilder()
                .format(ImageFormat.PNG)
                .size(new PixelSize(width, height))
                .coding(ImageHeader.Coding.DEFLATE)
                .colorModel(colorModel)
                .bitDepth(bitDepth)
                .isInterlaced(in.get(28) == 1);
        boolean alpha = colorModel == GREY_ALPHA || colorModel == RGBA;
        int metadata = 0;
        int chunks = 0;
        boolean exif = false;
        for (Chunk chunk = first(in); chunk != null; chunk = chunk.next()) {
            if (++chunks > Sniffer.MAX_PARTS) {
                throw broken("more than " + Sniffer.MAX_PARTS + " chunks");
            }
            switch (chunk.type()) {
                case TRNS -> alpha = true;
                case ICCP -> header.hasProfile(true);
                case EXIF -> {
                    if (!exif && chunk.hasRightChecksum()) {
                        exif = true; // the first one counts
                        header.orientation(Exif.orientation(chunk.data()));
                    }
                }
                case ACTL ->
                    header.frames(chunk.length() >= 4 ? Math.max(1, chunk.data().getInt(0)) : 1);
                default -> {}
            }
            if (!chunk.isCritical()) {
                metadata += 12 + chunk.length();
            }
        }
        return header.hasAlpha(alpha).metadataBytes(metadata).build();
    }

    private static ColorModel colorModel(int colorType, int bitDepth) {
        boolean byteOrTwo = bitDepth == 8 || bitDepth == 16;
        boolean part = bitDepth == 1 || bitDepth == 2 || bitDepth == 4;
        if (colorType == 0 && (part || byteOrTwo)) {
            return GREY;
        } else if (colorType == 2 && byteOrTwo) {
            return RGB;
        } else if (colorType == 3 && (part || bitDepth == 8)) {
            return PALETTE;
        } else if (colorType == 4 && byteOrTwo) {
            return GREY_ALPHA;
        } else if (colorType == 6 && byteOrTwo) {
            return RGBA;
        }
        throw broken("colour type " + colorType + " with bit depth " + bitDepth);
    }

    /** Returns the first chunk after IHDR, or null if there is none whole or in part. */
    static @Nullable Chunk first(ByteBuffer in) {
        return Chunk.at(in, 8 + 12 + IHDR_LENGTH);
    }

    /** Inflates the profile, if there is one that keeps to the bound. */
    static Optional<byte[]> profile(ByteBuffer in, int maxBytes) {
        for (Chunk chunk = first(in); chunk != null && chunk.type() != IDAT; chunk = chunk.next()) {
            if (chunk.type() == ICCP) {
                ByteBuffer data = chunk.data();
                int name = 0;
                while (name < data.limit() && data.get(name) != 0) {
                    name++;
                }
                return name + 2 > data.limit()
                        ? Optional.empty()
                        : inflate(data.slice(name + 2, data.limit() - name - 2), maxBytes);
            }
        }
        return Optional.empty();
    }

    /** A profile whose checksum is missing or wrong is whole all the same; what else is wrong shows in its use. */
    private static Optional<byte[]> inflate(ByteBuffer zlib, int maxBytes) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(zlib);
            byte[] head = new byte[4];
            int got = inflater.inflate(head);
            int length = ByteBuffer.wrap(head).getInt();
            if (got < 4 || length < 128 || length > maxBytes) {
                return Optional.empty();
            }
            byte[] profile = new byte[length];
            System.arraycopy(head, 0, profile, 0, 4);
            while (got < length) {
                int more = inflater.inflate(profile, got, length - got);
                if (more == 0) {
                    return Optional.empty();
                }
                got += more;
            }
            return Optional.of(profile);
        } catch (DataFormatException e) {
            return Optional.empty(); // reported as a profile that was ignored
        } finally {
            inflater.end();
        }
    }

    static int crc(ByteBuffer in, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(in.slice(from, length));
        return (int) crc.getValue();
    }

    private static ImageRejectedException broken(String how) {
        return Sniffer.broken(ImageFormat.PNG, how);
    }

    /**
     * A chunk, of which the end may be missing.
     *
     * @param in the file
     * @param start index of the chunk's length field
     * @param declared the length by that field, which may be a lie
     * @param type four letters
     */
    record Chunk(ByteBuffer in, int start, int declared, int type) {

        static @Nullable Chunk at(ByteBuffer in, int start) {
            if (start < 0 || start > in.limit() - 8) {
                return null;
            }
            return new Chunk(in, start, in.getInt(start), in.getInt(start + 4));
        }

        boolean isWhole() {
            return declared >= 0 && declared <= in.limit() - start - 12;
        }

        /** Returns how much of the data there is. */
        int length() {
            return isWhole() ? declared : in.limit() - start - 8;
        }

        ByteBuffer data() {
            return in.slice(start + 8, length());
        }

        boolean isCritical() {
            return (type & 0x20000000) == 0;
        }

        boolean hasRightChecksum() {
            return isWhole() && crc(in, start + 4, 4 + declared) == in.getInt(start + 8 + declared);
        }

        @Nullable
        Chunk next() {
            return isWhole() && type != IEND ? at(in, start + 12 + declared) : null;
        }
    }
}
