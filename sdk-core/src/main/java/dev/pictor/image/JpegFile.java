package dev.pictor.image;

import dev.pictor.image.ImageHeader.Coding;
import dev.pictor.image.ImageHeader.ColorModel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a JPEG.
 *
 * <p>Source: ITU-T T.81 annex B; ITU-T T.871 (JFIF); ITU-T T.872 6.5.3 (the Adobe segment); ICC.1:2022 B.4. Where files
 * in the wild depart from them, this reads what libjpeg reads.
 */
final class JpegFile {

    private static final int LOSSLESS = 0xC3;
    static final int SOI = 0xD8;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;
    static final int DQT = 0xDB;
    static final int DHT = 0xC4;
    static final int DRI = 0xDD;
    private static final int APP0 = 0xE0;
    static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;

    /** They are numbered by one byte, from 1. */
    private static final int MAX_PROFILE_PARTS = 255;

    private static final byte[] ICC_NAME = {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0};
    static final byte[] EXIF_NAME = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] JFIF_NAME = {'J', 'F', 'I', 'F', 0};
    private static final byte[] ADOBE_NAME = {'A', 'd', 'o', 'b', 'e'};

    private JpegFile() {}

    static boolean isJpeg(ByteBuffer in) {
        return in.limit() >= 2 && unsigned16(in, 0) == 0xFFD8; // mostly FF follows, but some files have junk there
    }

    /** What stands before the first scan. */
    static final class Prelude {
        private @Nullable Segment frame;
        private boolean jfif;
        private int adobeTransform = -1;
        private int metadataBytes;
        private Orientation orientation = Orientation.UPRIGHT;
        private boolean exif;
        private final List<Segment> profile = new ArrayList<>();

        boolean isAdobe() {
            return adobeTransform >= 0;
        }

        Segment frame() {
            if (frame == null) {
                throw broken("no frame header");
            }
            return frame;
        }

        int components() {
            return unsigned8(frame().data(), 5);
        }

        /** Tells the colour model as libjpeg does: by JFIF, else by Adobe, else by the names of the components. Lossless is RGB. */
        ColorModel colorModel() {
            ByteBuffer data = frame().data();
            return switch (components()) {
                case 1 -> ColorModel.GREY;
                case 3 -> {
                    boolean namedRgb = (data.get(6) == 'R' && data.get(9) == 'G' && data.get(12) == 'B')
                            || frame().marker() == LOSSLESS;
                    boolean rgb = !jfif && (isAdobe() ? adobeTransform == 0 : namedRgb);
                    yield rgb ? ColorModel.RGB : ColorModel.YCBCR;
                }
                case 4 -> adobeTransform > 0 ? ColorModel.YCCK : ColorModel.CMYK;
                default -> throw Sniffer.unsupported(ImageFormat.JPEG, components() + " components");
            };
        }
    }

    static ImageHeader header(ByteBuffer in) {
        Prelude prelude = prelude(in);
        Segment frame = prelude.frame();
        Coding coding = coding(frame.marker());
        ByteBuffer data = frame.data();
        int precision = data.get(0);
        int height = unsigned16(data, 1);
        int width = unsigned16(data, 3);
        int components = prelude.components();
        ColorModel colorModel = prelude.colorModel();
        if (data.limit() < 6 + 3 * components) {
            throw broken("the frame header ends early");
        }
        if (height == 0) {
            throw Sniffer.unsupported(ImageFormat.JPEG, "its height after the picture (DNL)");
        }
        if (width == 0) {
            throw broken("the size is 0x" + height);
        }
        if (precision != 8) {
            throw Sniffer.unsupported(ImageFormat.JPEG, precision + " bits a sample");
        }
        for (int i = 0; i < components; i++) {
            int horizontal = unsigned8(data, 7 + 3 * i) >> 4;
            int vertical = data.get(7 + 3 * i) & 0x0F;
            if (horizontal < 1 || horizontal > 4 || vertical < 1 || vertical > 4) {
                throw broken("sampling factors " + horizontal + "x" + vertical);
            }
        }
        return new ImageHeaderBuilder()
                .format(ImageFormat.JPEG)
                .size(new PixelSize(width, height))
                .coding(coding)
                .colorModel(colorModel)
                .bitDepth(precision)
                .orientation(prelude.orientation)
                .isInterlaced(coding == Coding.JPEG_PROGRESSIVE)
                .hasProfile(!prelude.profile.isEmpty())
                .metadataBytes(prelude.metadataBytes)
                .build();
    }

    private static Coding coding(int marker) {
        return switch (marker) {
            case 0xC0, 0xC1 -> Coding.JPEG_SEQUENTIAL;
            case 0xC2 -> Coding.JPEG_PROGRESSIVE;
            case LOSSLESS -> Coding.JPEG_LOSSLESS;
            case 0xC9, 0xCA, 0xCB -> throw Sniffer.unsupported(ImageFormat.JPEG, "arithmetic coding");
            default -> throw Sniffer.unsupported(ImageFormat.JPEG, "hierarchical mode");
        };
    }

    /** Reads the segments up to the first scan. */
    static Prelude prelude(ByteBuffer in) {
        Prelude prelude = new Prelude();
        int segments = 0;
        for (Segment segment = Segment.from(in, 2); segment != null; segment = Segment.from(in, segment.end())) {
            if (++segments > Sniffer.MAX_PARTS) {
                throw broken("more than " + Sniffer.MAX_PARTS + " segments");
            }
            ByteBuffer data = segment.data();
            if (isFrame(segment.marker()) && prelude.frame == null) {
                prelude.frame = segment;
            } else if (segment.marker() == SOS || segment.marker() == EOI) {
                break;
            } else if (segment.isMetadata()) {
                prelude.metadataBytes += 4 + data.limit();
            }
            switch (segment.marker()) {
                case APP0 -> prelude.jfif |= startsWith(data, JFIF_NAME);
                case APP1 -> {
                    if (!prelude.exif && startsWith(data, EXIF_NAME)) {
                        prelude.exif = true; // the first one counts
                        prelude.orientation = Exif.orientation(data);
                    }
                }
                case APP2 -> {
                    if (startsWith(data, ICC_NAME)
                            && data.limit() > ICC_NAME.length + 2
                            && prelude.profile.size() <= MAX_PROFILE_PARTS) {
                        prelude.profile.add(segment);
                    }
                }
                case APP14 -> {
                    if (startsWith(data, ADOBE_NAME) && data.limit() >= 12) {
                        prelude.adobeTransform = unsigned8(data, 11);
                    }
                }
                default -> {}
            }
        }
        if (prelude.frame == null) {
            throw broken("no frame header before the picture data");
        }
        return prelude;
    }

    /** Puts the parts of the profile together, in the order of their numbers, if it is whole and keeps to the bound. */
    static Optional<byte[]> profile(ByteBuffer in, int maxBytes) {
        List<Segment> parts = prelude(in).profile;
        int total = 0;
        for (Segment part : parts) {
            total += part.data().limit() - ICC_NAME.length - 2;
        }
        if (parts.isEmpty() || parts.size() > MAX_PROFILE_PARTS || total > maxBytes) {
            return Optional.empty();
        }
        byte[] profile = new byte[total];
        int at = 0;
        for (int number = 1; number <= parts.size(); number++) {
            Segment part = numbered(parts, number);
            if (part == null) {
                return Optional.empty();
            }
            ByteBuffer data = part.data();
            int length = data.limit() - ICC_NAME.length - 2;
            data.get(ICC_NAME.length + 2, profile, at, length);
            at += length;
        }
        return Optional.of(profile);
    }

    private static @Nullable Segment numbered(List<Segment> parts, int number) {
        for (Segment part : parts) {
            if (unsigned8(part.data(), ICC_NAME.length) == number) {
                return part;
            }
        }
        return null;
    }

    /** SOF0 to SOF15 but for DHT (C4), JPG (C8) and DAC (CC), which share the range. */
    static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != 0xC8 && marker != 0xCC;
    }

    static boolean startsWith(ByteBuffer data, byte[] name) {
        return data.limit() >= name.length && data.slice(0, name.length).equals(ByteBuffer.wrap(name));
    }

    static int unsigned8(ByteBuffer in, int at) {
        return Byte.toUnsignedInt(in.get(at));
    }

    static int unsigned16(ByteBuffer in, int at) {
        return Short.toUnsignedInt(in.getShort(at));
    }

    static ImageRejectedException broken(String how) {
        return Sniffer.broken(ImageFormat.JPEG, how);
    }

    /**
     * A marker and what belongs to it.
     *
     * @param in the file
     * @param marker the byte after FF
     * @param start index of the first byte after the marker
     * @param end index of the first byte after the segment, within the file
     * @param isWhole whether the file goes on to the end of the segment
     */
    record Segment(ByteBuffer in, int marker, int start, int end, boolean isWhole) {

        /** Finds the next marker, over fill bytes and whatever does not belong there; null at the end of the file. */
        static @Nullable Segment from(ByteBuffer in, int from) {
            int limit = in.limit();
            for (int at = from; at < limit - 1; at++) {
                if (in.get(at) != (byte) 0xFF) {
                    continue;
                }
                int marker = unsigned8(in, at + 1);
                if (marker == 0x00 || marker == 0xFF) {
                    continue;
                }
                int start = at + 2;
                if (standsAlone(marker)) {
                    return new Segment(in, marker, start, start, true);
                }
                if (start + 2 > limit) {
                    return null;
                }
                int length = Math.max(2, unsigned16(in, start)); // comments of length 0 are about
                int end = start + length;
                return new Segment(in, marker, start, Math.min(limit, end), end <= limit);
            }
            return null;
        }

        private static boolean standsAlone(int marker) {
            return marker == 0x01 || (marker >= 0xD0 && marker <= EOI);
        }

        boolean isMetadata() {
            return (marker >= APP0 && marker <= APP15) || marker == COM;
        }

        /** Returns what follows the length. */
        ByteBuffer data() {
            int from = Math.min(end, start + 2);
            return in.slice(from, end - from);
        }
    }
}
