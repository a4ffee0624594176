package dev.pictor.adapter.imaging;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** The picture that the sample files show. */
final class Scenes {

    static final PixelSize SIZE = new PixelSize(40, 26);

    private Scenes() {}

    /** Red from the left, green from the bottom, blue in rings; if asked for, alpha from the upper left. */
    static Picture rings(boolean alpha) {
        ByteBuffer samples = ByteBuffer.allocate((int) SIZE.pixels() * (alpha ? 4 : 3));
        for (int y = 0; y < SIZE.height(); y++) {
            for (int x = 0; x < SIZE.width(); x++) {
                samples.put((byte) (3 + 6 * x)).put((byte) (250 - 9 * y)).put((byte) ((x * x + y * y) / 9));
                if (alpha) {
                    samples.put((byte) Math.min(255, 1 + 5 * x + 3 * y));
                }
            }
        }
        return Picture.wrap(SIZE, alpha, samples.array());
    }

    /** The samples as numbers, 0 to 255. */
    static int[] numbers(Picture picture) {
        byte[] samples = new byte[picture.asByteBuffer().remaining()];
        picture.asByteBuffer().get(samples);
        return numbers(samples);
    }

    static int[] numbers(byte[] samples) {
        return IntStream.range(0, samples.length)
                .map(i -> Byte.toUnsignedInt(samples[i]))
                .toArray();
    }
}
