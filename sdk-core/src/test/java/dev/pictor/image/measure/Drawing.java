package dev.pictor.image.measure;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.color.RgbColor;
import dev.pictor.image.color.Srgb;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A drawing of flat shapes on a ground, with smooth edges: each pixel is the mean of SAMPLES x SAMPLES points, so the exact
 * share of each colour is known.
 */
final class Drawing {

    private static final int SAMPLES = 6;

    /** Tells whether a point is inside; the picture is 1 wide. */
    interface Shape {
        boolean has(double x, double y);
    }

    private record Painted(int color, Shape shape) {}

    private final PixelSize size;
    private final List<RgbColor> colors;
    private final List<Painted> shapes = new ArrayList<>();
    private boolean inLight;
    private long[] counts = {};

    Drawing(int width, int height, List<RgbColor> colors) {
        this.size = new PixelSize(width, height);
        this.colors = colors;
    }

    /** Mixes light at the edges, not sRGB numbers. */
    @CanIgnoreReturnValue
    Drawing inLight() {
        this.inLight = true;
        return this;
    }

    @CanIgnoreReturnValue
    Drawing circle(int color, double x, double y, double radius) {
        return add(color, (px, py) -> (px - x) * (px - x) + (py - y) * (py - y) < radius * radius);
    }

    @CanIgnoreReturnValue
    Drawing box(int color, double x, double y, double width, double height, double angle) {
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return add(color, (px, py) -> {
            double across = (px - x) * cos + (py - y) * sin;
            double down = (py - y) * cos - (px - x) * sin;
            return Math.abs(across) < width / 2 && Math.abs(down) < height / 2;
        });
    }

    @CanIgnoreReturnValue
    Drawing add(int color, Shape shape) {
        shapes.add(new Painted(color, shape));
        return this;
    }

    /** Adds circles, boxes, thin lines and rings at random. */
    @CanIgnoreReturnValue
    Drawing scatter(Random random, int count) {
        for (int i = 0; i < count; i++) {
            int color = random.nextInt(colors.size());
            double x = random.nextDouble();
            double y = random.nextDouble() * size.height() / size.width();
            double extent = 0.03 + 0.15 * random.nextDouble();
            switch (random.nextInt(3)) {
                case 0 -> circle(color, x, y, extent);
                case 1 -> box(color, x, y, extent, extent * 0.6, random.nextDouble() * 3);
                default -> box(color, x, y, 0.5, 0.008 + 0.01 * random.nextDouble(), random.nextDouble() * 3);
            }
        }
        return this;
    }

    Picture paint() {
        counts = new long[colors.size()];
        int width = size.width();
        byte[] samples = new byte[Math.toIntExact(size.pixels() * 3)];
        int[] inPixel = new int[colors.size()];
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < width; x++) {
                for (int i = 0; i < SAMPLES * SAMPLES; i++) {
                    double px = (x + (i % SAMPLES + 0.5) / SAMPLES) / width;
                    double py = (y + (Math.floorDiv(i, SAMPLES) + 0.5) / SAMPLES) / width;
                    inPixel[colorAt(px, py)]++;
                }
                mix(inPixel, samples, (y * width + x) * 3);
            }
        }
        return Picture.wrap(size, false, samples);
    }

    /** The exact share of a colour, once it is painted. */
    double share(int color) {
        return counts[color] / (double) (size.pixels() * SAMPLES * SAMPLES);
    }

    List<RgbColor> colors() {
        return colors;
    }

    private int colorAt(double x, double y) {
        for (int i = shapes.size() - 1; i >= 0; i--) {
            if (shapes.get(i).shape().has(x, y)) {
                return shapes.get(i).color();
            }
        }
        return 0;
    }

    private void mix(int[] inPixel, byte[] samples, int at) {
        double[] sum = new double[3];
        for (int c = 0; c < inPixel.length; c++) {
            counts[c] += inPixel[c];
            double part = inPixel[c] / (double) (SAMPLES * SAMPLES);
            sum[0] += part * amount(colors.get(c).red());
            sum[1] += part * amount(colors.get(c).green());
            sum[2] += part * amount(colors.get(c).blue());
            inPixel[c] = 0;
        }
        for (int i = 0; i < 3; i++) {
            samples[at + i] = (byte) (inLight ? Srgb.fromLinear(sum[i]) : Math.round(sum[i]));
        }
    }

    private double amount(int value) {
        return inLight ? Srgb.toLinear(value) : value;
    }
}
