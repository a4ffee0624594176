package dev.pictor.image.measure;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures that resemble photos: soft shapes of several sizes, hard edges and a fine texture; and what is done to photos. */
final class Scenery {

    private Scenery() {}

    /** Returns a picture that depends on the seed alone, the same view at every size. */
    static Picture of(long seed, int width, int height) {
        Random random = new Random(seed * 7_919 + 17);
        int count = 24;
        double[][] shapes = new double[count][];
        for (int i = 0; i < count; i++) {
            double extent = 0.4 / (1 + i * 0.2);
            shapes[i] = new double[] {
                random.nextDouble(),
                random.nextDouble(),
                extent * (0.4 + random.nextDouble()),
                extent * (0.4 + random.nextDouble()),
                Math.cos(i),
                Math.sin(i),
                i % 2 == 0 ? 0.02 : 0.6,
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(256)
            };
        }
        byte[] samples = new byte[width * height * 3];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                double[] color = {110, 120, 130};
                for (double[] shape : shapes) {
                    lay(shape, (x + 0.5) / width, (y + 0.5) / height, color);
                }
                double texture = 6 * Math.sin(190.0 * x / width + 70.0 * y / height);
                for (int i = 0; i < 3; i++) {
                    samples[at + i] = clamped(color[i] + texture);
                }
            }
        }
        return Picture.wrap(new PixelSize(width, height), false, samples);
    }

    private static void lay(double[] shape, double x, double y, double[] color) {
        double dx = x - shape[0];
        double dy = y - shape[1];
        double across = (dx * shape[4] + dy * shape[5]) / shape[2];
        double down = (dy * shape[4] - dx * shape[5]) / shape[3];
        double inside = (1 - Math.sqrt(across * across + down * down)) / shape[6] + 0.5;
        if (inside <= 0) {
            return;
        }
        double cover = Math.min(1, inside) * 0.8;
        for (int i = 0; i < 3; i++) {
            color[i] += (shape[7 + i] - color[i]) * cover;
        }
    }

    /** Adds normal noise. */
    static Picture noisy(Picture picture, double sigma, long seed) {
        Random random = new Random(seed);
        byte[] samples = samples(picture);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = clamped((samples[i] & 0xFF) + sigma * random.nextGaussian());
        }
        return Picture.wrap(picture.size(), picture.hasAlpha(), samples);
    }

    /** Blurs with a normal kernel. */
    static Picture blurred(Picture picture, double sigma) {
        return pass(pass(picture, sigma, 1, 0), sigma, 0, 1);
    }

    private static Picture pass(Picture picture, double sigma, int stepX, int stepY) {
        int reach = (int) Math.ceil(3 * sigma);
        double[] weights = new double[reach + 1];
        double total = 0;
        for (int i = 0; i <= reach; i++) {
            weights[i] = Math.exp(-i * i / (2 * sigma * sigma));
            total += i == 0 ? weights[i] : 2 * weights[i];
        }
        int channels = picture.channels();
        byte[] from = samples(picture);
        byte[] to = new byte[from.length];
        for (int at = 0; at < from.length; at++) {
            int x = at / channels % picture.width();
            int y = at / channels / picture.width();
            double sum = 0;
            for (int i = -reach; i <= reach; i++) {
                int px = Math.max(0, Math.min(picture.width() - 1, x + i * stepX));
                int py = Math.max(0, Math.min(picture.height() - 1, y + i * stepY));
                sum += weights[Math.abs(i)] * (from[(py * picture.width() + px) * channels + at % channels] & 0xFF);
            }
            to[at] = clamped(sum / total);
        }
        return Picture.wrap(picture.size(), picture.hasAlpha(), to);
    }

    /** Encodes as JPEG and decodes again. */
    static Picture jpeg(Picture picture, float quality) {
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                image.setRGB(x, y, picture.color(x, y).packed());
            }
        }
        BufferedImage again = throughJpeg(image, quality);
        byte[] samples = new byte[picture.width() * picture.height() * 3];
        for (int y = 0, at = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++, at += 3) {
                int pixel = again.getRGB(x, y);
                samples[at] = (byte) (pixel >> 16);
                samples[at + 1] = (byte) (pixel >> 8);
                samples[at + 2] = (byte) pixel;
            }
        }
        return Picture.wrap(picture.size(), false, samples);
    }

    private static BufferedImage throughJpeg(BufferedImage image, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
            out.flush();
            return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
    }

    static byte[] samples(Picture picture) {
        byte[] samples = new byte[picture.asByteBuffer().remaining()];
        picture.asByteBuffer().get(samples);
        return samples;
    }

    private static byte clamped(double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
}
