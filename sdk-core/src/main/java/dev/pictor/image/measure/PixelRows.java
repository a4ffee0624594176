package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a picture a row at a time. Not thread-safe. */
final class PixelRows {

    private static final VarHandle FOUR_SAMPLES =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int OPAQUE = 0xFF00_0000;

    private final ByteBuffer samples;
    private final int width;
    private final int channels;
    private final byte[] row;

    PixelRows(Picture picture) {
        this.samples = picture.asByteBuffer();
        this.width = picture.width();
        this.channels = picture.channels();
        this.row = new byte[width * channels + 1];
    }

    /** Puts the pixels of a row into an array: alpha, red, green, blue from the highest byte on; 0 where alpha is 0. */
    void read(int y, int[] pixels) {
        samples.get(y * width * channels, row, 0, width * channels);
        if (channels == 3) {
            // Four samples are read at once and the first of the next pixel dropped; the row has one to spare.
            for (int x = 0; x < width; x++) {
                pixels[x] = (int) FOUR_SAMPLES.get(row, x * 3) >>> 8 | OPAQUE;
            }
        } else {
            for (int x = 0; x < width; x++) {
                int pixel = (int) FOUR_SAMPLES.get(row, x * 4);
                pixels[x] = (pixel & 0xFF) == 0 ? 0 : Integer.rotateRight(pixel, 8);
            }
        }
    }
}
