package dev.pictor.image;

import dev.pictor.image.ImageHeader.Coding;
import dev.pictor.image.ImageHeader.ColorModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a WebP.
 *
 * <p>Source: RFC 9649, 2 and 3; RFC 6386, 9.1.
 */
final class WebpFile {

    private static final int RIFF = 0x52494646;
    private static final int WEBP = 0x57454250;
    private static final int VP8 = 0x56503820;
    private static final int VP8L = 0x5650384C;
    private static final int VP8X = 0x56503858;
    private static final int ALPH = 0x414C5048;
    private static final int ANMF = 0x414E4D46;
    private static final int ICCP = 0x49434350;
    static final int EXIF = 0x45584946;
    static final int XMP = 0x584D5020;

    private static final int FIRST_CHUNK = 12;
    private static final int FRAME_HEADER = 16;
    private static final int ANIMATED = 0x02;
    private static final int ALPHA = 0x10;

    private WebpFile() {}

    /** A frame and where on the canvas its top left pixel lies. */
    record Frame(BareImage image, int x, int y) {

        /** Returns what takes the rows of the frame and hands on rows of the canvas, transparent around the frame. */
        RgbRows onCanvas(PixelSize canvas, RgbRows target) {
            return image.header().size().equals(canvas) ? target : new CanvasRows(this, canvas, target);
        }
    }

    static boolean isWebp(ByteBuffer in) {
        return in.limit() >= 12 && in.getInt(0) == RIFF && in.getInt(8) == WEBP;
    }

    static ImageHeader header(ByteBuffer in) {
        Chunk first = first(in);
        if (first == null) {
            throw broken("it ends after " + in.limit() + " bytes");
        }
        return switch (first.type()) {
            case VP8, VP8L -> bitstream(first, false).build();
            case VP8X -> extended(first);
            default -> throw broken("the first chunk is none of VP8, VP8L and VP8X");
        };
    }

    private static ImageHeader extended(Chunk vp8x) {
        ByteBuffer canvas = vp8x.data();
        int flags = canvas.get(0);
        PixelSize size = new PixelSize(unsigned24(canvas, 4) + 1, unsigned24(canvas, 7) + 1);
        Orientation orientation = Orientation.UPRIGHT;
        boolean profile = false;
        int frames = 0;
        int metadata = 0;
        ImageHeaderBuilder still = null;
        boolean alpha = false;
        int chunks = 0;
        boolean exif = false;
        for (Chunk chunk = vp8x.next(); chunk != null; chunk = chunk.next()) {
            if (++chunks > Sniffer.MAX_PARTS) {
                throw broken("more than " + Sniffer.MAX_PARTS + " chunks");
            }
            switch (chunk.type()) {
                case ANMF -> frames++;
                case ALPH -> alpha = true;
                case VP8, VP8L -> still = still == null ? bitstream(chunk, alpha) : still;
                case EXIF -> {
                    orientation = exif ? orientation : Exif.orientation(chunk.data()); // the first one counts
                    exif = true;
                }
                case ICCP -> profile = true;
                default -> {}
            }
            if (chunk.type() != ANMF && chunk.type() != ALPH && chunk.type() != VP8 && chunk.type() != VP8L) {
                metadata += 8 + chunk.length();
            }
        }
        if ((flags & ANIMATED) != 0) {
            Frame frame = firstFrame(vp8x, size);
            still = new ImageHeaderBuilder()
                    .from(frame.image().header())
                    .hasAlpha((flags & ALPHA) != 0
                            || frame.image().header().hasAlpha()
                            || !frame.image().header().size().equals(size));
        } else if (still == null) {
            throw broken("no picture follows VP8X");
        } else if (!still.build().size().equals(size)) {
            throw broken("a canvas of " + size + " holds a picture of "
                    + still.build().size());
        }
        return still.size(size)
                .frames((flags & ANIMATED) == 0 ? 1 : Math.max(1, frames))
                .orientation(orientation)
                .hasProfile(profile)
                .metadataBytes(metadata)
                .build();
    }

    /** Reads the header of image data: size and, for lossless data, alpha. */
    private static ImageHeaderBuilder bitstream(Chunk chunk, boolean alpha) {
        ByteBuffer data = chunk.data();
        ImageHeaderBuilder header = new ImageHeaderBuilder().format(ImageFormat.WEBP);
        if (chunk.type() == VP8) {
            if ((data.get(3) & 0xFF) != 0x9D || data.getShort(4) != 0x2A01) {
                throw broken("no VP8 start code");
            }
            return header.coding(Coding.VP8)
                    .colorModel(ColorModel.YCBCR)
                    .hasAlpha(alpha)
                    .size(size(data.getShort(6) & 0x3FFF, data.getShort(8) & 0x3FFF));
        }
        if (data.get(0) != 0x2F) {
            throw broken("no VP8L signature");
        }
        int bits = data.getInt(1);
        boolean used = (bits >>> 28 & 1) == 1;
        return header.coding(Coding.VP8L)
                .colorModel(used ? ColorModel.RGBA : ColorModel.RGB)
                .hasAlpha(used)
                .size(size((bits & 0x3FFF) + 1, (bits >>> 14 & 0x3FFF) + 1));
    }

    private static PixelSize size(int width, int height) {
        if (width < 1 || height < 1) {
            throw broken("the size is " + width + "x" + height);
        }
        return new PixelSize(width, height);
    }

    /** Takes the first still picture, as a file of its own. */
    static Frame bare(ByteBuffer in) {
        Chunk first = first(in);
        if (first == null) {
            throw broken("it ends after " + in.limit() + " bytes");
        }
        if (first.type() != VP8X) {
            return new Frame(still(first, null), 0, 0);
        }
        ByteBuffer canvas = first.data();
        if ((canvas.get(0) & ANIMATED) != 0) {
            return firstFrame(first, new PixelSize(unsigned24(canvas, 4) + 1, unsigned24(canvas, 7) + 1));
        }
        return new Frame(stillAfter(first.next()), 0, 0);
    }

    private static Frame firstFrame(Chunk vp8x, PixelSize canvas) {
        Chunk chunk = vp8x.next();
        while (chunk != null && chunk.type() != ANMF) {
            chunk = chunk.next();
        }
        if (chunk == null || chunk.length() < FRAME_HEADER) {
            throw broken("an animation without a frame");
        }
        ByteBuffer frame = chunk.data();
        int x = 2 * unsigned24(frame, 0);
        int y = 2 * unsigned24(frame, 3);
        PixelSize size = new PixelSize(unsigned24(frame, 6) + 1, unsigned24(frame, 9) + 1);
        if (x > canvas.width() - size.width() || y > canvas.height() - size.height()) {
            throw broken("a frame of " + size + " at " + x + "," + y + " passes the canvas of " + canvas);
        }
        ByteBuffer data =
                frame.slice(FRAME_HEADER, frame.limit() - FRAME_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        BareImage image = stillAfter(Chunk.at(data, 0));
        if (!image.header().size().equals(size)) {
            throw broken("a frame of " + size + " holds a picture of "
                    + image.header().size());
        }
        return new Frame(image, x, y);
    }

    /** Takes the first image data from a chunk on, with the alpha that stands before it. */
    private static BareImage stillAfter(@Nullable Chunk from) {
        Chunk alpha = null;
        for (Chunk chunk = from; chunk != null; chunk = chunk.next()) {
            if (chunk.type() == ALPH) {
                alpha = chunk;
            } else if (chunk.type() == VP8 || chunk.type() == VP8L) {
                return still(chunk, chunk.type() == VP8 ? alpha : null);
            }
        }
        throw broken("no image data");
    }

    private static BareImage still(Chunk image, @Nullable Chunk alpha) {
        ImageHeader header = bitstream(image, alpha != null).build();
        int length = FIRST_CHUNK + padded(image) + (alpha == null ? 0 : 18 + padded(alpha));
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(Integer.reverseBytes(RIFF)).putInt(length - 8).putInt(Integer.reverseBytes(WEBP));
        if (alpha != null) {
            out.putInt(Integer.reverseBytes(VP8X)).putInt(10).putInt(ALPHA);
            put24(out, header.size().width() - 1);
            put24(out, header.size().height() - 1);
            put(out, alpha);
        }
        put(out, image);
        return new BareImage(header, out.flip());
    }

    private static int padded(Chunk chunk) {
        return 8 + chunk.length() + (chunk.length() & 1);
    }

    private static void put(ByteBuffer out, Chunk chunk) {
        out.putInt(Integer.reverseBytes(chunk.type())).putInt(chunk.length()).put(chunk.data());
        if ((chunk.length() & 1) == 1) {
            out.put((byte) 0);
        }
    }

    private static void put24(ByteBuffer out, int value) {
        out.putShort((short) value).put((byte) (value >> 16));
    }

    /** Returns the profile, if there is one that keeps to the bound. */
    static Optional<byte[]> profile(ByteBuffer in, int maxBytes) {
        for (Chunk chunk = first(in); chunk != null; chunk = chunk.next()) {
            if (chunk.type() == ICCP && chunk.length() <= maxBytes) {
                byte[] profile = new byte[chunk.length()];
                chunk.data().get(profile);
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** Returns the first chunk, or null if there is none whole or in part. */
    static @Nullable Chunk first(ByteBuffer in) {
        return Chunk.at(in, FIRST_CHUNK);
    }

    private static int unsigned24(ByteBuffer little, int at) {
        return Short.toUnsignedInt(little.getShort(at)) | Byte.toUnsignedInt(little.get(at + 2)) << 16;
    }

    private static ImageRejectedException broken(String how) {
        return Sniffer.broken(ImageFormat.WEBP, how);
    }

    /**
     * A chunk, of which the end may be missing.
     *
     * @param in the file, or the part of it that chunks are in
     * @param start index of the chunk's name
     * @param type four letters
     * @param declared the length that the chunk says, which may be a lie
     */
    record Chunk(ByteBuffer in, int start, int type, int declared) {

        static @Nullable Chunk at(ByteBuffer in, long start) {
            if (start > in.limit() - 8) {
                return null;
            }
            ByteBuffer little = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            int at = (int) start;
            return new Chunk(little, at, Integer.reverseBytes(little.getInt(at)), little.getInt(at + 4));
        }

        int length() {
            return isWhole() ? declared : in.limit() - start - 8;
        }

        boolean isWhole() {
            return declared >= 0 && declared <= in.limit() - start - 8;
        }

        ByteBuffer data() {
            return in.slice(start + 8, length()).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Nullable
        Chunk next() {
            return at(in, start + 8L + length() + (length() & 1));
        }
    }
}
