package dev.pictor.image;

import dev.pictor.image.color.Srgb;
import java.util.function.IntToDoubleFunction;

/**
 * Lanczos3 as the formula says, in double precision and without any rounding: what the results of the resampler are
 * measured against. Samples come row by row as in {@link Picture}, 0 to 255.
 */
final class ExactLanczos {

    private ExactLanczos() {}

    static double[] resized(Picture picture, ResizePlan plan) {
        int channels = picture.channels();
        byte[] bytes = picture.samples();
        double[] source = new double[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            double value = value(bytes[i] & 0xFF, plan.isLinearLight() && i % channels != 3);
            double opacity = channels == 4 && i % 4 != 3 ? (bytes[i | 3] & 0xFF) / 255.0 : 1;
            source[i] = value * opacity;
        }
        ResizePlan.Window window = plan.window();
        int width = picture.width();
        int targetWidth = plan.target().width();
        int targetHeight = plan.target().height();
        Weights[] across = weights(width, window.left(), window.width(), targetWidth);
        Weights[] down = weights(picture.height(), window.top(), window.height(), targetHeight);
        double[] narrow = new double[targetWidth * picture.height() * channels];
        for (int i = 0; i < narrow.length; i++) {
            int row = i / channels / targetWidth * width;
            int channel = i % channels;
            narrow[i] = across[i / channels % targetWidth].sum(x -> source[(row + x) * channels + channel]);
        }
        int stride = targetWidth * channels;
        double[] result = new double[stride * targetHeight];
        for (int i = 0; i < result.length; i++) {
            int column = i % stride;
            result[i] = down[i / stride].sum(y -> narrow[y * stride + column]);
        }
        for (int i = 0; i < result.length; i++) {
            if (channels == 4 && i % 4 != 3) {
                double opacity = result[i | 3] / 255;
                result[i] = opacity * 255 < 0.5 ? 0 : result[i] / opacity;
            }
            if (plan.isLinearLight() && i % channels != 3) {
                result[i] = encoded(Math.max(0, Math.min(1, result[i])));
            }
            result[i] = Math.max(0, Math.min(255, result[i]));
        }
        return result;
    }

    private static double value(int number, boolean asLight) {
        return asLight ? Srgb.toLinear(number) : number;
    }

    private static double encoded(double light) {
        return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055);
    }

    private static Weights[] weights(int source, double from, double length, int target) {
        double step = length / target;
        double stretch = Math.max(1, step);
        Weights[] weights = new Weights[target];
        for (int i = 0; i < target; i++) {
            double center = from + (i + 0.5) * step;
            int first = Math.max(0, (int) (center - 3 * stretch) - 1);
            int end = Math.min(source, (int) (center + 3 * stretch) + 2);
            weights[i] = new Weights(first, new double[end - first]);
            for (int j = first; j < end; j++) {
                double distance = (j + 0.5 - center) / stretch;
                weights[i].values[j - first] = Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0;
            }
        }
        return weights;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static final class Weights {

        private final int first;
        private final double[] values;

        Weights(int first, double[] values) {
            this.first = first;
            this.values = values;
        }

        double sum(IntToDoubleFunction samples) {
            double sum = 0;
            double total = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[i] * samples.applyAsDouble(first + i);
                total += values[i];
            }
            return sum / total;
        }
    }
}
