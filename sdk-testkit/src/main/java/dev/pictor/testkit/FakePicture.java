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

    /**
     * Rings of two colours, in a file of at least so many bytes: what is missing is filled up with noise that does not
     * show.
     */
    static byte[] png(PixelSize size, int rgb, int other, int seed, int atLeastBytes) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(size.width())
                .putInt(size.height())
                .put(BITS_A_PIXEL)
                .put(PALETTE)
                .array();
        chunk(png, "IHDR", header);
        chunk(png, "PLTE", rgb == other ? colors(rgb) : colors(rgb, other));
        chunk(png, "IDAT", rows(size, rgb != other));
        int missing = atLeastBytes - png.size() - 2 * EMPTY_CHUNK_BYTES;
        if (missing > 0) {
            byte[] noise = new byte[missing];
            new SplittableRandom(seed).nextBytes(noise);
            chunk(png, "fiLl", noise);
        }
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] colors(int... rgbs) {
        ByteBuffer colors = ByteBuffer.allocate(3 * rgbs.length);
        for (int rgb : rgbs) {
            colors.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
        }
        return colors.array();
    }

    /** Every row is a zero for its filter, then its pixels: the first colour of the palette, but for the rings. */
    private static byte[] rows(PixelSize size, boolean rings) {
        byte[] row = new byte[1 + (size.width() + 7) / 8];
        byte[] part = new byte[8192];
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            for (int y = 0; y < size.height(); y++) {
                if (rings) {
                    drawRings(row, size, y);
                }
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
        double fromMiddleY = (y + 0.5) / size.height() - 0.5;
        for (int x = 0; x < size.width(); x++) {
            double fromMiddleX = (x + 0.5) / size.width() - 0.5;
            int ring = (int) (Math.sqrt(fromMiddleX * fromMiddleX + fromMiddleY * fromMiddleY) * 16);
            row[1 + x / 8] |= (byte) ((ring & 1) << (7 - x % 8));
        }
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
