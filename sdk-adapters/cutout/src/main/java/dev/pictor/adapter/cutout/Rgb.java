package dev.pictor.adapter.cutout;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.nio.ByteBuffer;

/** The colours of a picture, by pixel and by row. Thread-safe. */
final class Rgb {

    private final PixelSize size;
    private final int channels;
    private final ByteBuffer samples;

    Rgb(Picture picture) {
        this.size = picture.size();
        this.channels = picture.channels();
        this.samples = picture.asByteBuffer();
    }

    PixelSize size() {
        return size;
    }

    /** Reads a row: red, green and blue of each pixel. */
    void read(int y, byte[] into) {
        int at = y * size.width() * channels;
        if (channels == 3) {
            samples.get(at, into, 0, 3 * size.width());
            return;
        }
        for (int x = 0, to = 0; x < size.width(); x++, at += channels, to += 3) {
            samples.get(at, into, to, 3);
        }
    }

    void putOklab(int x, int y, float[] into, int to) {
        int at = (y * size.width() + x) * channels;
        OklabTable.put(value(at), value(at + 1), value(at + 2), into, to);
    }

    /** Returns the sample of a channel: 0 for red, 1 for green, 2 for blue. */
    int sample(int pixel, int channel) {
        return value(pixel * channels + channel);
    }

    private int value(int at) {
        return Byte.toUnsignedInt(samples.get(at));
    }
}
