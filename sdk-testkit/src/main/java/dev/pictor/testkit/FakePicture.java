package dev.pictor.testkit;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Draws PNGs of one colour, one bit a pixel, without a graphics library: PNG (Third Edition) 5.3 and 11.2. */
final class FakePicture {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte BITS_A_PIXEL = 1;
    private static final byte PALETTE = 3;

    private FakePicture() {}

    static ImageBytes of(PixelSize size, int rgb) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(size.width())
                .putInt(size.height())
                .put(BITS_A_PIXEL)
                .put(PALETTE)
                .array();
        chunk(png, "IHDR", header);
        chunk(png, "PLTE", new byte[] {(byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb});
        chunk(png, "IDAT", rows(size));
        chunk(png, "IEND", new byte[0]);
        return ImageBytes.wrap(png.toByteArray());
    }

    /** Every row is a zero for its filter and zeros for its pixels, the first colour of the palette. */
    private static byte[] rows(PixelSize size) {
        byte[] row = new byte[1 + (size.width() + 7) / 8];
        byte[] part = new byte[8192];
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            for (int y = 0; y < size.height(); y++) {
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
