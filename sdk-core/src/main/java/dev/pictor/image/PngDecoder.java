package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.BROKEN_PIXELS;

import dev.pictor.image.ImageWarning.Kind;
import dev.pictor.image.PngFile.Chunk;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a PNG row by row: the JDK's zlib inflates, this undoes the filters and unpacks the samples to 8 bits.
 *
 * <p>The JDK has a PNG reader too. It holds the whole picture, ignores the transparent colour, gives up a file that is cut
 * short with all of its rows, and inflates whatever text it meets; see the decision record on picture decoding.
 *
 * <p>Source: W3C, Portable Network Graphics (Third Edition), 7 to 10. {@code gAMA} and {@code cHRM} are ignored, as in
 * most of the field.
 */
final class PngDecoder {

    private final PixelSink sink;
    private final ByteBuffer in;
    private final ImageHeader header;
    private final int samples;
    private final PixelLayout layout;
    private final Inflater inflater = new Inflater();

    /** Red, green and blue of each palette entry. */
    private byte[] palette = {};

    private byte @Nullable [] paletteAlpha;

    /** The samples of the one colour that is transparent, as stored. */
    private int @Nullable [] transparent;

    private @Nullable Chunk data;
    private boolean badIndex;
    private boolean begun;

    PngDecoder(BareImage image, PixelSink sink) {
        this.sink = sink;
        this.in = image.asByteBuffer();
        this.header = image.header();
        this.samples = switch (header.colorModel()) {
            case GREY, PALETTE -> 1;
            case GREY_ALPHA -> 2;
            case RGB -> 3;
            default -> 4;
        };
        this.layout = switch (header.colorModel()) {
            case GREY, GREY_ALPHA -> header.hasAlpha() ? PixelLayout.GREY_ALPHA : PixelLayout.GREY;
            default -> header.hasAlpha() ? PixelLayout.RGBA : PixelLayout.RGB;
        };
    }

    void decode() {
        try {
            readTables();
            if (data == null) {
                throw new ImageRejectedException(BROKEN_PIXELS, "broken PNG: there is no picture data");
            }
            if (header.isInterlaced()) {
                interlaced();
            } else {
                sequential();
            }
        } finally {
            inflater.end();
        }
    }

    private void readTables() {
        Chunk chunk = PngFile.first(in);
        while (chunk != null && chunk.type() != PngFile.IDAT) {
            ByteBuffer bytes = chunk.data();
            if (chunk.type() == PngFile.PLTE) {
                palette = new byte[Math.min(768, bytes.limit() / 3 * 3)];
                bytes.get(0, palette);
            } else if (chunk.type() == PngFile.TRNS) {
                transparency(bytes);
            }
            chunk = chunk.next();
        }
        if (header.colorModel() == ImageHeader.ColorModel.PALETTE && palette.length == 0) {
            throw new ImageRejectedException(BROKEN_PIXELS, "broken PNG: there is no palette");
        }
        data = chunk;
        if (chunk != null) {
            feed(chunk);
        }
    }

    private void transparency(ByteBuffer bytes) {
        switch (header.colorModel()) {
            case PALETTE -> {
                paletteAlpha = new byte[Math.min(256, bytes.limit())];
                bytes.get(0, paletteAlpha);
            }
            case GREY, RGB -> {
                if (bytes.limit() >= 2 * samples) {
                    transparent = new int[samples];
                    for (int i = 0; i < samples; i++) {
                        transparent[i] = Short.toUnsignedInt(bytes.getShort(2 * i)) & ((1 << header.bitDepth()) - 1);
                    }
                }
            }
            default -> {} // an alpha channel says it all
        }
    }

    private void sequential() {
        int width = header.size().width();
        Rows rows = new Rows(width);
        byte[] pixels = new byte[width * layout.channels()];
        for (int y = 0; y < header.size().height(); y++) {
            byte[] row = rows.next();
            if (row == null) {
                return;
            }
            unpack(row, width, pixels, 0, 1);
            begin();
            sink.row(pixels, 0);
        }
        checkEnd();
    }

    /** Adam7: seven pictures, each of which fills in the gaps of those before. Holds all pixels. */
    private void interlaced() {
        int width = header.size().width();
        int height = header.size().height();
        int channels = layout.channels();
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
        int[] left = {0, 4, 0, 2, 0, 1, 0};
        int[] top = {0, 0, 4, 0, 2, 0, 1};
        int[] across = {8, 8, 4, 4, 2, 2, 1};
        int[] down = {8, 8, 8, 4, 4, 2, 2};
        for (int pass = 0; pass < 7; pass++) {
            int columns = (width - left[pass] + across[pass] - 1) / across[pass];
            if (columns <= 0) {
                continue;
            }
            Rows rows = new Rows(columns);
            for (int y = top[pass]; y < height; y += down[pass]) {
                SrgbSink.checkInterrupt();
                byte[] row = rows.next();
                if (row == null) {
                    fillGaps(pixels, pass, y);
                    return;
                }
                unpack(row, columns, pixels, (y * width + left[pass]) * channels, across[pass]);
            }
        }
        giveAll(pixels);
        checkEnd();
    }

    /** Lets each pixel of the passes that are whole stand for its neighbours to the right and below. */
    private void fillGaps(byte[] pixels, int cutPass, int cutRow) {
        if (cutPass == 0) {
            return; // too coarse to be of use
        }
        int across = new int[] {8, 4, 4, 2, 2, 1}[cutPass - 1];
        int down = new int[] {8, 8, 4, 4, 2, 2}[cutPass - 1];
        int width = header.size().width();
        int channels = layout.channels();
        for (int y = 0; y < header.size().height(); y++) {
            for (int x = 0; x < width; x++) {
                int known = (y - y % down) * width + x - x % across;
                System.arraycopy(pixels, known * channels, pixels, (y * width + x) * channels, channels);
            }
        }
        sink.warn(new ImageWarning(
                Kind.TRUNCATED, "the PNG ends in row " + cutRow + " of pass " + (cutPass + 1) + " of 7; it is coarse"));
        giveAll(pixels);
    }

    private void giveAll(byte[] pixels) {
        begin();
        for (int y = 0; y < header.size().height(); y++) {
            sink.row(pixels, y * header.size().width() * layout.channels());
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            sink.begin(header.size(), layout);
        }
    }

    /** Warns if the file ends before its end marker. */
    private void checkEnd() {
        Chunk last = data;
        while (last != null && last.type() != PngFile.IEND) {
            last = last.next();
        }
        if (last == null) {
            sink.warn(new ImageWarning(Kind.TRUNCATED, "the PNG ends without an end chunk"));
        }
    }

    /** The rows of one picture: the whole, or one pass of it. */
    private final class Rows {

        private final int bytes;
        private final int step;
        private byte[] current;
        private byte[] previous;

        Rows(int columns) {
            this.bytes = (int) (((long) columns * samples * header.bitDepth() + 7) / 8);
            this.step = Math.max(1, samples * header.bitDepth() / 8);
            this.current = new byte[bytes + 1];
            this.previous = new byte[bytes + 1];
        }

        /** Returns the next row, its first sample at index 1, or null if the data end or break. */
        byte @Nullable [] next() {
            byte[] row = previous;
            previous = current;
            current = row;
            if (!inflate(row) || !unfilter(row, previous)) {
                return null;
            }
            return row;
        }

        private boolean unfilter(byte[] row, byte[] above) {
            switch (row[0]) {
                case 0 -> {}
                case 1 -> {
                    for (int i = 1 + step; i <= bytes; i++) {
                        row[i] += row[i - step];
                    }
                }
                case 2 -> {
                    for (int i = 1; i <= bytes; i++) {
                        row[i] += above[i];
                    }
                }
                case 3 -> {
                    for (int i = 1; i <= Math.min(step, bytes); i++) {
                        row[i] += (byte) ((above[i] & 0xFF) >> 1);
                    }
                    for (int i = 1 + step; i <= bytes; i++) {
                        row[i] += (byte) (((above[i] & 0xFF) + (row[i - step] & 0xFF)) >> 1);
                    }
                }
                case 4 -> paeth(row, above);
                default -> {
                    sink.warn(new ImageWarning(Kind.DAMAGED, "the PNG has a row with filter " + (row[0] & 0xFF)));
                    return false;
                }
            }
            return true;
        }

        private void paeth(byte[] row, byte[] above) {
            for (int i = 1; i <= Math.min(step, bytes); i++) {
                row[i] += above[i];
            }
            for (int i = 1 + step; i <= bytes; i++) {
                int left = row[i - step] & 0xFF;
                int up = above[i] & 0xFF;
                int corner = above[i - step] & 0xFF;
                int fromLeft = Math.abs(up - corner);
                int fromUp = Math.abs(left - corner);
                int fromCorner = Math.abs(left + up - 2 * corner);
                int nearest = fromLeft <= fromUp && fromLeft <= fromCorner ? left : fromUp <= fromCorner ? up : corner;
                row[i] += (byte) nearest;
            }
        }
    }

    /** Fills a row from the picture data, over as many chunks as it takes. */
    private boolean inflate(byte[] row) {
        int at = 0;
        try {
            while (at < row.length) {
                int more = inflater.inflate(row, at, row.length - at);
                at += more;
                if (more == 0 && (inflater.finished() || inflater.needsDictionary() || !feedNext())) {
                    return false;
                }
            }
            return true;
        } catch (DataFormatException e) {
            sink.warn(new ImageWarning(Kind.DAMAGED, "the PNG's picture data cannot be inflated: " + e.getMessage()));
            return false;
        }
    }

    private boolean feedNext() {
        Chunk next = data == null ? null : data.next();
        if (next == null || next.type() != PngFile.IDAT) {
            return false;
        }
        data = next;
        feed(next);
        return true;
    }

    private void feed(Chunk chunk) {
        if (chunk.isWhole() && !chunk.hasRightChecksum()) {
            sink.warn(new ImageWarning(Kind.DAMAGED, "the PNG has picture data with a wrong checksum"));
        }
        inflater.setInput(chunk.data());
    }

    /** Unpacks a row to pixels of the layout, from index {@code to} on, {@code stride} pixels apart. */
    private void unpack(byte[] row, int columns, byte[] pixels, int to, int stride) {
        int step = stride * layout.channels();
        switch (header.colorModel()) {
            case PALETTE -> unpackPalette(row, columns, pixels, to, step);
            case GREY -> unpackGrey(row, columns, pixels, to, step);
            default -> unpackColor(row, columns, pixels, to, step);
        }
    }

    private void unpackPalette(byte[] row, int columns, byte[] pixels, int to, int step) {
        int depth = header.bitDepth();
        int at = to;
        for (int x = 0; x < columns; x++, at += step) {
            int index = packed(row, x, depth);
            if (3 * index + 2 < palette.length) {
                pixels[at] = palette[3 * index];
                pixels[at + 1] = palette[3 * index + 1];
                pixels[at + 2] = palette[3 * index + 2];
            } else {
                pixels[at] = 0;
                pixels[at + 1] = 0;
                pixels[at + 2] = 0;
                if (!badIndex) {
                    badIndex = true;
                    sink.warn(new ImageWarning(Kind.DAMAGED, "the PNG has pixels beyond its palette"));
                }
            }
            if (layout.hasAlpha()) {
                pixels[at + 3] = paletteAlpha != null && index < paletteAlpha.length ? paletteAlpha[index] : (byte) 255;
            }
        }
    }

    private void unpackGrey(byte[] row, int columns, byte[] pixels, int to, int step) {
        int depth = header.bitDepth();
        int largest = (1 << depth) - 1;
        int at = to;
        for (int x = 0; x < columns; x++, at += step) {
            int value = depth == 16 ? sample16(row, x) : packed(row, x, depth);
            pixels[at] = (byte) ((value * 255 + largest / 2) / largest);
            if (layout.hasAlpha()) {
                pixels[at + 1] = (byte) (transparent != null && value == transparent[0] ? 0 : 255);
            }
        }
    }

    private void unpackColor(byte[] row, int columns, byte[] pixels, int to, int step) {
        if (header.bitDepth() == 8 && transparent == null && samples == layout.channels() && step == samples) {
            System.arraycopy(row, 1, pixels, to, columns * samples);
            return;
        }
        boolean deep = header.bitDepth() == 16;
        int at = to;
        for (int x = 0; x < columns; x++, at += step) {
            boolean matches = transparent != null;
            for (int i = 0; i < samples; i++) {
                int value = deep ? sample16(row, x * samples + i) : row[1 + x * samples + i] & 0xFF;
                pixels[at + i] = (byte) (deep ? (value * 255 + 32767) / 65535 : value);
                matches = matches && transparent != null && transparent[i] == value;
            }
            if (samples < layout.channels()) {
                pixels[at + samples] = (byte) (matches ? 0 : 255);
            }
        }
    }

    private static int packed(byte[] row, int x, int depth) {
        if (depth == 8) {
            return row[1 + x] & 0xFF;
        }
        int bit = x * depth;
        return row[1 + (bit >> 3)] >> (8 - depth - (bit & 7)) & ((1 << depth) - 1);
    }

    private static int sample16(byte[] row, int index) {
        return (row[1 + 2 * index] & 0xFF) << 8 | (row[2 + 2 * index] & 0xFF);
    }
}
