package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.BROKEN_HEADER;
import static dev.pictor.image.ImageRejectedException.Reason.NOT_AN_IMAGE;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers. */
final class Sniffer {

    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int JPEG_START_OF_IMAGE = 0xFFD8;
    private static final int RIFF = 0x52494646;
    private static final int WEBP = 0x57454250;
    private static final int VP8_LOSSY = 0x56503820;
    private static final int VP8_LOSSLESS = 0x5650384C;
    private static final int VP8_EXTENDED = 0x56503858;
    private static final int VP8_START_CODE = 0x9D012A;
    private static final int VP8L_SIGNATURE = 0x2F;

    /**
     * Reads a header.
     *
     * @param bytes the picture from its first byte; left as it was
     * @return format and size
     * @throws ImageRejectedException if the format is unknown or its header is broken or cut off
     */
    static ImageHeader read(ByteBuffer bytes) {
        ByteBuffer in = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        ImageFormat format = sniff(in);
        try {
            PixelSize size = switch (format) {
                case PNG -> png(in);
                case JPEG -> jpeg(in);
                case WEBP -> webp(in);
            };
            return new ImageHeaderBuilder()
                    .format(format)
                    .size(size)
                    .coding(ImageHeader.Coding.DEFLATE)
                    .colorModel(ImageHeader.ColorModel.RGB)
                    .build();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw broken(format, "the header ends after " + in.limit() + " bytes");
        } catch (IllegalArgumentException e) {
            throw broken(format, e.getMessage());
        }
    }

    private static ImageFormat sniff(ByteBuffer in) {
        if (in.limit() >= 8 && in.getLong(0) == PNG_SIGNATURE) {
            return ImageFormat.PNG;
        }
        if (in.limit() >= 3 && unsigned16(in, 0) == JPEG_START_OF_IMAGE && unsigned8(in, 2) == 0xFF) {
            return ImageFormat.JPEG;
        }
        if (in.limit() >= 12 && in.getInt(0) == RIFF && in.getInt(8) == WEBP) {
            return ImageFormat.WEBP;
        }
        throw new ImageRejectedException(NOT_AN_IMAGE, "the " + in.limit() + " bytes are no PNG, JPEG or WebP picture");
    }

    private static PixelSize png(ByteBuffer in) {
        if (in.getInt(8) != 13 || in.getInt(12) != IHDR) {
            throw broken(ImageFormat.PNG, "the first chunk is not IHDR");
        }
        return new PixelSize(in.getInt(16), in.getInt(20));
    }

    private static PixelSize jpeg(ByteBuffer in) {
        int at = 2;
        while (true) {
            if (unsigned8(in, at) != 0xFF) {
                throw broken(ImageFormat.JPEG, "no marker at byte " + at);
            }
            int marker = unsigned8(in, at + 1);
            if (marker == 0xFF) { // fill byte
                at++;
            } else if (isStartOfFrame(marker)) {
                return new PixelSize(unsigned16(in, at + 7), unsigned16(in, at + 5));
            } else if (marker == 0xD9 || marker == 0xDA) {
                throw broken(ImageFormat.JPEG, "no frame header before the picture data");
            } else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) { // markers without a segment
                at += 2;
            } else {
                int length = unsigned16(in, at + 2);
                if (length < 2) {
                    throw broken(ImageFormat.JPEG, "a segment of length " + length + " at byte " + at);
                }
                at += 2 + length;
            }
        }
    }

    /** SOF0 to SOF15 but for DHT (C4), JPG (C8) and DAC (CC), which share the range. */
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static PixelSize webp(ByteBuffer in) {
        ByteBuffer little = in.slice().order(ByteOrder.LITTLE_ENDIAN);
        switch (in.getInt(12)) {
            case VP8_LOSSY -> {
                if (unsigned24BigEndian(in, 23) != VP8_START_CODE) {
                    throw broken(ImageFormat.WEBP, "no VP8 start code");
                }
                return new PixelSize(little.getShort(26) & 0x3FFF, little.getShort(28) & 0x3FFF);
            }
            case VP8_LOSSLESS -> {
                if (unsigned8(in, 20) != VP8L_SIGNATURE) {
                    throw broken(ImageFormat.WEBP, "no VP8L signature");
                }
                int bits = little.getInt(21);
                return new PixelSize((bits & 0x3FFF) + 1, ((bits >>> 14) & 0x3FFF) + 1);
            }
            case VP8_EXTENDED -> {
                return new PixelSize(unsigned24(little, 24) + 1, unsigned24(little, 27) + 1);
            }
            default -> throw broken(ImageFormat.WEBP, "the first chunk is none of VP8, VP8L and VP8X");
        }
    }

    private static int unsigned8(ByteBuffer in, int at) {
        return Byte.toUnsignedInt(in.get(at));
    }

    private static int unsigned16(ByteBuffer in, int at) {
        return Short.toUnsignedInt(in.getShort(at));
    }

    private static int unsigned24(ByteBuffer little, int at) {
        return unsigned16(little, at) | unsigned8(little, at + 2) << 16;
    }

    private static int unsigned24BigEndian(ByteBuffer in, int at) {
        return unsigned16(in, at) << 8 | unsigned8(in, at + 2);
    }

    private static ImageRejectedException broken(ImageFormat format, @Nullable String how) {
        return new ImageRejectedException(BROKEN_HEADER, "broken " + format + " header: " + how);
    }
}
