package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.util.Random;

/** Small pictures of a few colours or of many, with alpha or without, of all proportions. */
final class RandomPictures {

    private RandomPictures() {}

    /** Returns a picture of which at least one pixel is visible. */
    static Picture any(Random random) {
        PixelSize size = new PixelSize(1 + random.nextInt(40), 1 + random.nextInt(40));
        boolean alpha = random.nextBoolean();
        int channels = alpha ? 4 : 3;
        byte[] samples = new byte[size.width() * size.height() * channels];
        random.nextBytes(samples);
        if (random.nextBoolean()) {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) (samples[i] < 0 ? -1 : 0);
            }
        }
        if (alpha) {
            samples[3] = -1;
        }
        return Picture.wrap(size, alpha, samples);
    }
}
