package dev.pictor.adapter.embedded;

import dev.pictor.image.ImageBytes;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures for tests, and what can be counted in them. */
final class Pixels {

    private Pixels() {}

    static BufferedImage decode(ImageBytes bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BufferedImage filled(int width, int height, Color colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        fill(image, 0, width, colour.getRGB());
        return image;
    }

    /** Returns a mask that is transparent in its right half. */
    static BufferedImage mask(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        fill(image, 0, width / 2, 0xFF000000);
        return image;
    }

    static ImageBytes encode(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("no encoder for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ImageBytes.wrap(out.toByteArray());
    }

    /** Returns the share of pixels near a colour. */
    static double share(BufferedImage image, Color colour, int reach) {
        int near = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                Color pixel = new Color(image.getRGB(x, y));
                if (Math.abs(pixel.getRed() - colour.getRed()) <= reach
                        && Math.abs(pixel.getGreen() - colour.getGreen()) <= reach
                        && Math.abs(pixel.getBlue() - colour.getBlue()) <= reach) {
                    near++;
                }
            }
        }
        return (double) near / (image.getWidth() * image.getHeight());
    }

    /** Returns the mean difference in brightness of neighbours a few pixels apart, 0 to 255. */
    static double roughness(BufferedImage image) {
        double sum = 0;
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 4; x < image.getWidth(); x++) {
                sum += Math.abs(Tint.luma(image.getRGB(x, y)) - Tint.luma(image.getRGB(x - 4, y)));
                count++;
            }
        }
        return sum / count;
    }

    /** Returns the darkest and the lightest pixel of the upper corners, an eighth of a side each. */
    static int[] corners(BufferedImage image) {
        int[] range = {255, 0};
        for (int y = 0; y < image.getHeight() / 8; y++) {
            for (int x = 0; x < image.getWidth() / 8; x++) {
                for (int at : new int[] {x, image.getWidth() - 1 - x}) {
                    int luma = Tint.luma(image.getRGB(at, y));
                    range[0] = Math.min(range[0], luma);
                    range[1] = Math.max(range[1], luma);
                }
            }
        }
        return range;
    }

    private static void fill(BufferedImage image, int from, int to, int argb) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = from; x < to; x++) {
                image.setRGB(x, y, argb);
            }
        }
    }
}
