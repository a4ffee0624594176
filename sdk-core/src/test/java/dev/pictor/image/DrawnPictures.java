package dev.pictor.image;

import java.util.Random;
import java.util.function.IntBinaryOperator;

/** Decoded pictures for tests. */
final class DrawnPictures {

    private DrawnPictures() {}

    /** Returns a picture of one colour. */
    static Picture plain(int width, int height, int... samples) {
        byte[] out = new byte[width * height * samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) samples[i % samples.length];
        }
        return Picture.wrap(new PixelSize(width, height), samples.length == 4, out);
    }

    /** Returns a grey picture. */
    static Picture grey(int width, int height, IntBinaryOperator value) {
        byte[] out = new byte[width * height * 3];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) value.applyAsInt(i / 3 % width, i / 3 / width);
        }
        return Picture.wrap(new PixelSize(width, height), false, out);
    }

    /** Returns a picture in which no sample has to do with another. */
    static Picture noise(int width, int height, boolean alpha, long seed) {
        byte[] out = new byte[width * height * (alpha ? 4 : 3)];
        new Random(seed).nextBytes(out);
        return Picture.wrap(new PixelSize(width, height), alpha, out);
    }

    /** Returns rings that grow finer outwards, down to two pixels at the sides. */
    static Picture zonePlate(int width, int height) {
        double fineness = Math.PI / Math.max(width, height);
        return grey(width, height, (x, y) -> {
            double right = x - width / 2.0;
            double down = y - height / 2.0;
            return (int) Math.round(127.5 + 127.5 * StrictMath.cos(fineness * (right * right + down * down)));
        });
    }

    /** Returns what has the make-up of a photo: soft shades, hard edges, texture and a little noise, in colour. */
    static Picture photo(int width, int height, boolean alpha, long seed) {
        int channels = alpha ? 4 : 3;
        Random random = new Random(seed);
        double[][] waves = new double[12][4];
        for (int i = 0; i < waves.length; i++) {
            double finest = StrictMath.pow(2, i / 1.5 - 8);
            waves[i][0] = random.nextDouble() * finest * 4;
            waves[i][1] = random.nextDouble() * finest * 4;
            waves[i][2] = random.nextDouble() * 6;
            waves[i][3] = 40 / (1 + i / 1.5);
        }
        byte[] out = new byte[width * height * channels];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean inside = StrictMath.hypot(x - width * 0.4, y - height * 0.5) < height * 0.3;
                double shade = inside ? 170 : 90;
                for (double[] wave : waves) {
                    shade += wave[3] * Math.sin(wave[0] * x + wave[1] * y + wave[2]);
                }
                int at = (y * width + x) * channels;
                for (int channel = 0; channel < 3; channel++) {
                    double value = shade * (1 - 0.2 * channel) + 15 * channel + 3 * random.nextGaussian();
                    out[at + channel] = (byte) Math.max(0, Math.min(255, Math.round(value)));
                }
                if (alpha) {
                    out[at + 3] = (byte) (inside ? 255 : Math.min(255, 255 * x / width));
                }
            }
        }
        return Picture.wrap(new PixelSize(width, height), alpha, out);
    }

    /** Returns the picture seen in a mirror. */
    static Picture mirrored(Picture picture) {
        int channels = picture.channels();
        byte[] out = new byte[picture.samples().length];
        for (int i = 0; i < out.length; i++) {
            int x = i / channels % picture.width();
            int mirrored = i + (picture.width() - 1 - 2 * x) * channels;
            out[i] = picture.samples()[mirrored];
        }
        return Picture.wrap(picture.size(), picture.hasAlpha(), out);
    }

    /** Returns the largest difference between two samples. */
    static int largestDifference(Picture one, Picture other) {
        int largest = 0;
        for (int i = 0; i < one.samples().length; i++) {
            largest = Math.max(largest, Math.abs((one.samples()[i] & 0xFF) - (other.samples()[i] & 0xFF)));
        }
        return largest;
    }
}
