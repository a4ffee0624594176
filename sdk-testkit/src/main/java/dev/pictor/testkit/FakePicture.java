package dev.pictor.testkit;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Draws PNGs of one or two colours, one bit a pixel, without a graphics library: PNG (Third Edition) 5.3 and 11.2. */
final class FakePicture {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte BITS_A_PIXEL = 1;
    private static final byte PALETTE = 3;
    private static final int EMPTY_CHUNK_BYTES = 12;

    private FakePicture() {}

    /** One colour. */
    static ImageBytes of(PixelSize size, int rgb) {
        return ImageBytes.wrap(png(size, rgb, rgb, 0, 0));
    }

    /** A disc of one colour, half as wide as the picture, before nothing: all else is transparent. */
    static ImageBytes cutOut(PixelSize size) {
        ByteArrayOutputStream png = begin(size);
        chunk(png, "PLTE", colors(0xFFFFFF, 0x336699));
        chunk(png, "tRNS", new byte[] {0});
        chunk(png, "IDAT", rows(size, FakePicture::drawDisc));
        chunk(png, "IEND", new byte[0]);
        return ImageBytes.wrap(png.toByteArray());
    }

    /**
     * Rings of two colours, in a file of at least so many bytes: what is missing is filled up with noise that does not
     * show.
     */
    static byte[] png(PixelSize size, int rgb, int other, int seed, int atLeastBytes) {
        ByteArrayOutputStream png = begin(size);
        chunk(png, "PLTE", rgb == other ? colors(rgb) : colors(rgb, other));
        chunk(png, "IDAT", rows(size, rgb == other ? (row, all, y) -> {} : FakePicture::drawRings));
        int missing = atLeastBytes - png.size() - 2 * EMPTY_CHUNK_BYTES;
        if (missing > 0) {
            byte[] noise = new byte[missing];
            new SplittableRandom(seed).nextBytes(noise);
            chunk(png, "fiLl", noise);
        }
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static ByteArrayOutputStream begin(PixelSize size) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(size.width())
                .putInt(size.height())
                .put(BITS_A_PIXEL)
                .put(PALETTE)
                .array();
        chunk(png, "IHDR", header);
        return png;
    }

    private static byte[] colors(int... rgbs) {
        ByteBuffer colors = ByteBuffer.allocate(3 * rgbs.length);
        for (int rgb : rgbs) {
            colors.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
        }
        return colors.array();
    }

    /** Draws the pixels of a row that have the second colour. */
    @FunctionalInterface
    private interface Drawing {
        void draw(byte[] row, PixelSize size, int y);
    }

    /** Every row is a zero for its filter, then its pixels: the first colour of the palette, but for what is drawn. */
    private static byte[] rows(PixelSize size, Drawing drawing) {
        byte[] row = new byte[1 + (size.width() + 7) / 8];
        byte[] part = new byte[8192];
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            for (int y = 0; y < size.height(); y++) {
                drawing.draw(row, size, y);
                deflater.setInput(row);
                while (!deflater.needsInput()) {
                    packed.write(part, 0, deflater.deflate(part));
                }
            }
            deflater.finish();
            while (!deflater.finished()) {
                packed.write(part, 0, deflater.deflate(part));
            }
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    /** Eight rings about the middle, as wide as the picture is. */
    private static void drawRings(byte[] row, PixelSize size, int y) {
        Arrays.fill(row, (byte) 0);
        for (int x = 0; x < size.width(); x++) {
            int ring = (int) (fromMiddle(size, x, y) * 16);
            row[1 + x / 8] |= (byte) ((ring & 1) << (7 - x % 8));
        }
    }

    private static void drawDisc(byte[] row, PixelSize size, int y) {
        Arrays.fill(row, (byte) 0);
        for (int x = 0; x < size.width(); x++) {
            int inside = fromMiddle(size, x, y) < 0.25 ? 1 : 0;
            row[1 + x / 8] |= (byte) (inside << (7 - x % 8));
        }
    }

    /** As a part of width and height. */
    private static double fromMiddle(PixelSize size, int x, int y) {
        double down = (y + 0.5) / size.height() - 0.5;
        double across = (x + 0.5) / size.width() - 0.5;
        return Math.sqrt(across * across + down * down);
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeBytes(number(data.length));
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(number((int) crc.getValue()));
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
