package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.BROKEN_PIXELS;
import static dev.pictor.image.ImageRejectedException.Reason.TOO_MANY_PIXELS;
import static dev.pictor.image.ImageRejectedException.Reason.TOO_MANY_SCANS;
import static dev.pictor.image.JpegFile.DHT;
import static dev.pictor.image.JpegFile.DQT;
import static dev.pictor.image.JpegFile.DRI;
import static dev.pictor.image.JpegFile.EOI;
import static dev.pictor.image.JpegFile.SOI;
import static dev.pictor.image.JpegFile.SOS;
import static dev.pictor.image.JpegFile.unsigned8;

import dev.pictor.image.ImageHeader.Coding;
import dev.pictor.image.ImageHeader.ColorModel;
import dev.pictor.image.JpegFile.Segment;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a JPEG so that every decoder agrees on it: tables, one frame, scans and EOI; components named from 1; an Adobe
 * segment that tells the transform; standard Huffman tables where a file leaves them out, as motion JPEG does. Metadata,
 * junk between segments and whatever follows the first picture are left behind, and with them most of what makes decoders
 * refuse or differ.
 */
final class BareJpeg {

    /** More than the Adobe segment, the standard tables and EOI take. */
    private static final int ADDED_BYTES = 1024;

    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private final ImageHeader header;
    private final ImageLimits limits;
    private final Consumer<ImageWarning> warnings;
    private final ByteBuffer in;
    private final ByteBuffer out;

    private @Nullable Segment frame;
    private boolean huffmanTables;
    private int scanHeaders;
    private int scans;
    private int segments;

    private BareJpeg(ByteBuffer in, ImageHeader header, ImageLimits limits, Consumer<ImageWarning> warnings) {
        this.in = in;
        this.header = header;
        this.limits = limits;
        this.warnings = warnings;
        this.out = ByteBuffer.allocate((int) Math.min(MOST_BYTES, (long) in.limit() + ADDED_BYTES));
    }

    static BareImage of(ByteBuffer in, ImageHeader header, ImageLimits limits, Consumer<ImageWarning> warnings) {
        return new BareJpeg(in, header, limits, warnings).rewrite();
    }

    private BareImage rewrite() {
        marker(SOI);
        if (header.coding() != Coding.JPEG_LOSSLESS) {
            adobe();
        }
        Segment segment = Segment.from(in, 2);
        boolean ended = false;
        while (segment != null && !ended) {
            if (++segments > Sniffer.MAX_PARTS) {
                throw JpegFile.broken("more than " + Sniffer.MAX_PARTS + " segments");
            }
            int next = segment.end();
            int marker = segment.marker();
            if (marker == EOI || (marker == SOI && scans > 0) || !segment.isWhole()) {
                ended = marker == EOI;
                break;
            } else if (marker == SOS) {
                next = scan(segment);
            } else if (JpegFile.isFrame(marker)) {
                if (frame != null) {
                    damaged("a second frame header");
                    break;
                }
                frame = segment;
                frame(segment.marker(), segment.data());
            } else if (marker == DHT || marker == DQT || marker == DRI) {
                huffmanTables |= marker == DHT;
                copy(segment.start() - 2, segment.end());
            }
            segment = Segment.from(in, next);
        }
        if (scans == 0) {
            throw new ImageRejectedException(BROKEN_PIXELS, "broken JPEG: there is no picture data");
        }
        if (!ended) {
            warnings.accept(new ImageWarning(
                    ImageWarning.Kind.TRUNCATED, "the file ends after " + in.limit() + " bytes without an end marker"));
        }
        marker(EOI);
        boolean inverted = JpegFile.prelude(in).isAdobe() && unsigned8(frame().data(), 5) == 4;
        return new BareImage(header, out.flip(), scans, inverted);
    }

    private void adobe() {
        ColorModel colorModel = header.colorModel();
        if (colorModel != ColorModel.GREY) {
            int transform = switch (colorModel) {
                case YCBCR -> 1;
                case YCCK -> 2;
                default -> 0;
            };
            marker(0xEE);
            out.put(new byte[] {0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform});
        }
    }

    private void frame(int marker, ByteBuffer data) {
        int components = unsigned8(data, 5);
        if (data.limit() < 6 + 3 * components) {
            throw JpegFile.broken("the frame header ends early");
        }
        marker(marker);
        length(8 + 3 * components);
        for (int i = 0; i < 6; i++) {
            put(data.get(i));
        }
        for (int i = 0; i < components; i++) {
            put(i + 1);
            put(data.get(7 + 3 * i));
            put(data.get(8 + 3 * i));
        }
    }

    private void checkScans(int count) {
        if (count > limits.maxScans() || count * header.size().pixels() > limits.maxScannedPixels()) {
            throw new ImageRejectedException(
                    TOO_MANY_SCANS,
                    "JPEG of " + header.size() + " has " + count + " scans or more; the limits are " + limits.maxScans()
                            + " scans and " + limits.maxScannedPixels() + " px in all scans");
        }
    }

    /** With more than one scan, decoders keep all coefficients, two bytes each, until the last is there. */
    private void checkCoefficients() {
        ByteBuffer data = frame().data();
        int components = unsigned8(data, 5);
        int widest = 1;
        int tallest = 1;
        for (int i = 0; i < components; i++) {
            widest = Math.max(widest, unsigned8(data, 7 + 3 * i) >> 4);
            tallest = Math.max(tallest, data.get(7 + 3 * i) & 0x0F);
        }
        long bytes = 0;
        for (int i = 0; i < components; i++) {
            long across = (long) header.size().width() * (unsigned8(data, 7 + 3 * i) >> 4) / widest / 8 + 1;
            long down = (long) header.size().height() * (data.get(7 + 3 * i) & 0x0F) / tallest / 8 + 1;
            bytes += across * down * 128;
        }
        if (bytes > limits.maxCoefficientBytes()) {
            throw new ImageRejectedException(
                    TOO_MANY_PIXELS,
                    "JPEG of " + header.size() + " in several scans takes " + bytes
                            + " bytes of coefficients, the limit is " + limits.maxCoefficientBytes());
        }
    }

    /** Copies a scan and returns the index after its data. */
    private int scan(Segment segment) {
        if (frame == null) {
            throw JpegFile.broken("no frame header before the picture data");
        }
        checkScans(++scanHeaders);
        if (!huffmanTables) {
            standardTables();
            huffmanTables = true;
        }
        ByteBuffer data = segment.data();
        int count = data.limit() == 0 ? 0 : unsigned8(data, 0);
        if (count < 1 || count > 4 || data.limit() < 4 + 2 * count) {
            damaged("a scan header that ends early");
            return segment.end();
        }
        scans++;
        if (header.isInterlaced() || scans > 1) {
            checkCoefficients();
        }
        marker(SOS);
        length(6 + 2 * count);
        put(count);
        for (int i = 0; i < count; i++) {
            put(number(data, i));
            put(data.get(2 + 2 * i));
        }
        put(data.get(1 + 2 * count));
        put(data.get(2 + 2 * count));
        put(data.get(3 + 2 * count));
        int end = endOfData(segment.end());
        copy(segment.end(), end);
        return end;
    }

    /** Names the component that entry i of a scan means: the n-th of a name in the scan is the n-th in the frame. */
    private int number(ByteBuffer scan, int i) {
        byte name = scan.get(1 + 2 * i);
        int earlier = 0;
        for (int before = 0; before < i; before++) {
            earlier += scan.get(1 + 2 * before) == name ? 1 : 0;
        }
        ByteBuffer data = frame().data();
        for (int component = 0; component < unsigned8(data, 5); component++) {
            if (data.get(6 + 3 * component) == name && earlier-- == 0) {
                return component + 1;
            }
        }
        damaged("a scan of a component that the frame does not have");
        return Math.min(i + 1, unsigned8(data, 5));
    }

    /** Returns the index of the first marker that does not belong to picture data, or the end of the file. */
    private int endOfData(int from) {
        int limit = in.limit();
        for (int at = from; at < limit - 1; at++) {
            if (in.get(at) == (byte) 0xFF) {
                int next = unsigned8(in, at + 1);
                boolean belongs = next == 0 || next == 0xFF || (next >= 0xD0 && next <= 0xD7);
                if (!belongs) {
                    return at;
                }
            }
        }
        return limit;
    }

    private void standardTables() {
        table(0x00, JPEGHuffmanTable.StdDCLuminance);
        table(0x10, JPEGHuffmanTable.StdACLuminance);
        table(0x01, JPEGHuffmanTable.StdDCChrominance);
        table(0x11, JPEGHuffmanTable.StdACChrominance);
    }

    private void table(int classAndSlot, JPEGHuffmanTable table) {
        marker(DHT);
        length(3 + 16 + table.getValues().length);
        put(classAndSlot);
        short[] lengths = table.getLengths();
        for (int i = 0; i < 16; i++) {
            put(i < lengths.length ? lengths[i] : 0);
        }
        for (short value : table.getValues()) {
            put(value);
        }
    }

    private Segment frame() {
        if (frame == null) {
            throw new IllegalStateException("no frame yet");
        }
        return frame;
    }

    private void damaged(String how) {
        warnings.accept(new ImageWarning(ImageWarning.Kind.DAMAGED, "the JPEG has " + how));
    }

    private void marker(int marker) {
        put(0xFF);
        put(marker);
    }

    private void put(int value) {
        out.put((byte) value);
    }

    private void length(int length) {
        put(length >> 8);
        put(length);
    }

    private void copy(int from, int to) {
        out.put(in.slice(from, to - from));
    }
}
