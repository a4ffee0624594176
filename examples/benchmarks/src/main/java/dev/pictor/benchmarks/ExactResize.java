package dev.pictor.benchmarks;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.nio.ByteBuffer;

/**
 * A picture resized by Lanczos3 as the formula says, in double precision and not rounded, and how near a rounded one comes
 * to it.
 */
final class ExactResize {

    private static final int CHANNELS = 3;
    private static final int TILE = 8;

    private final PixelSize size;
    private final double[] samples;

    private ExactResize(PixelSize size, double[] samples) {
        this.size = size;
        this.samples = samples;
    }

    /** Resizes a picture without alpha to a smaller size. */
    static ExactResize of(Picture picture, PixelSize target) {
        ByteBuffer bytes = picture.asByteBuffer();
        double[] source = new double[bytes.remaining()];
        for (int i = 0; i < source.length; i++) {
            source[i] = bytes.get(i) & 0xFF;
        }
        int rowStep = CHANNELS * target.width();
        double[] narrow = new double[rowStep * picture.height()];
        for (int y = 0; y < picture.height(); y++) {
            int from = y * CHANNELS * picture.width();
            line(source, from, CHANNELS, picture.width(), narrow, y * rowStep, CHANNELS, target.width(), CHANNELS);
        }
        double[] result = new double[rowStep * target.height()];
        line(narrow, 0, rowStep, picture.height(), result, 0, rowStep, target.height(), rowStep);
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.max(0, Math.min(255, result[i]));
        }
        return new ExactResize(target, result);
    }

    /** Resizes lines that lie beside each other: sample i of each is {@code i * step} after its first. */
    private static void line(
            double[] source,
            int from,
            int step,
            int length,
            double[] result,
            int to,
            int resultStep,
            int resultLength,
            int lines) {
        double scale = (double) length / resultLength;
        for (int i = 0; i < resultLength; i++) {
            double center = (i + 0.5) * scale;
            int first = Math.max(0, (int) Math.floor(center - 3 * scale));
            int end = Math.min(length, (int) Math.ceil(center + 3 * scale) + 1);
            double total = 0;
            int at = to + i * resultStep;
            for (int j = first; j < end; j++) {
                double weight = lanczos((j + 0.5 - center) / scale);
                total += weight;
                for (int line = 0; line < lines; line++) {
                    result[at + line] += weight * source[from + j * step + line];
                }
            }
            for (int line = 0; line < lines; line++) {
                result[at + line] /= total;
            }
        }
    }

    private static double lanczos(double distance) {
        if (Math.abs(distance) >= 3) {
            return 0;
        }
        double angle = Math.PI * distance;
        return angle == 0 ? 1 : 3 * Math.sin(angle) * Math.sin(angle / 3) / (angle * angle);
    }

    /** Returns the peak signal-to-noise ratio over all samples, in dB. */
    double psnr(Picture picture) {
        ByteBuffer bytes = checked(picture);
        double squares = 0;
        for (int i = 0; i < samples.length; i++) {
            double difference = (bytes.get(i) & 0xFF) - samples[i];
            squares += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255.0 * samples.length / squares);
    }

    /**
     * Returns the mean structural similarity over tiles of 8x8 pixels and all channels, up to 1.
     *
     * <p>Source: Wang, Bovik, Sheikh and Simoncelli, Image Quality Assessment, IEEE Transactions on Image Processing 13
     * (2004), with K1 = 0.01 and K2 = 0.03.
     */
    double ssim(Picture picture) {
        ByteBuffer bytes = checked(picture);
        double sum = 0;
        int tiles = 0;
        for (int y = 0; y + TILE <= size.height(); y += TILE) {
            for (int x = 0; x + TILE <= size.width(); x += TILE) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    sum += ssim(bytes, CHANNELS * (y * size.width() + x) + channel);
                    tiles++;
                }
            }
        }
        return sum / tiles;
    }

    private double ssim(ByteBuffer bytes, int corner) {
        double sumA = 0;
        double sumB = 0;
        double squaresA = 0;
        double squaresB = 0;
        double products = 0;
        for (int i = 0; i < TILE * TILE; i++) {
            int at = corner + CHANNELS * (i / TILE * size.width() + i % TILE);
            double a = bytes.get(at) & 0xFF;
            double b = samples[at];
            sumA += a;
            sumB += b;
            squaresA += a * a;
            squaresB += b * b;
            products += a * b;
        }
        int count = TILE * TILE;
        double means = sumA * sumB / count / count;
        double squaredMeans = (sumA * sumA + sumB * sumB) / count / count;
        double variances = (squaresA + squaresB) / count - squaredMeans;
        double covariance = products / count - means;
        double c1 = 0.01 * 255 * 0.01 * 255;
        double c2 = 0.03 * 255 * 0.03 * 255;
        return (2 * means + c1) * (2 * covariance + c2) / ((squaredMeans + c1) * (variances + c2));
    }

    private ByteBuffer checked(Picture picture) {
        if (!picture.size().equals(size) || picture.hasAlpha()) {
            throw new IllegalArgumentException("not " + size + " without alpha: " + picture);
        }
        return picture.asByteBuffer();
    }
}
