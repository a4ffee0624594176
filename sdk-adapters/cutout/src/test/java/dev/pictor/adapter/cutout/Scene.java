package dev.pictor.adapter.cutout;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A drawn photo whose every pixel is known: a background, a product with its exact alpha, a shadow, noise and JPEG. */
final class Scene {

    /** A colour at a place, 0 to 255 a channel. */
    @FunctionalInterface
    interface Paint {
        double[] at(double x, double y);
    }

    /** How far a place is outside of a shape, in pixels; negative inside. */
    @FunctionalInterface
    interface Shape {
        double distance(double x, double y);
    }

    final String name;
    final int width;
    final int height;
    final Map<String, Object> options = new LinkedHashMap<>();

    private final Random random;
    private Paint background = flat(255, 255, 255);
    private Paint product = flat(180, 40, 40);
    private Shape shape = (x, y) -> 1;
    private Shape shadow = (x, y) -> 1e9;
    private double shadowDark;
    private double shadowBlur = 1;
    private double edge = 1;
    private double opacity = 1;
    private double noise;
    private int jpeg;
    private @Nullable ImageBytes image;

    Scene(String name, int width, int height) {
        this.name = name;
        this.width = width;
        this.height = height;
        this.random = new Random(name.hashCode());
    }

    static Paint flat(double red, double green, double blue) {
        double[] color = {red, green, blue};
        return (x, y) -> color;
    }

    static Shape circle(double cx, double cy, double radius) {
        return (x, y) -> Math.hypot(x - cx, y - cy) - radius;
    }

    static Shape box(double left, double top, double right, double bottom, double round) {
        double cx = (left + right) / 2;
        double cy = (top + bottom) / 2;
        return (x, y) -> {
            double dx = Math.abs(x - cx) - (right - left) / 2 + round;
            double dy = Math.abs(y - cy) - (bottom - top) / 2 + round;
            return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
        };
    }

    static Shape line(double x1, double y1, double x2, double y2, double half) {
        return (x, y) -> {
            double along =
                    ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
            double t = Math.max(0, Math.min(1, along));
            return Math.hypot(x - x1 - t * (x2 - x1), y - y1 - t * (y2 - y1)) - half;
        };
    }

    static Shape star(double cx, double cy, double radius, int points) {
        return (x, y) -> {
            double angle = Math.atan2(y - cy, x - cx);
            double wave = radius * (0.72 + 0.28 * Math.cos(points * angle));
            return (Math.hypot(x - cx, y - cy) - wave) * 0.6;
        };
    }

    static Shape ring(double cx, double cy, double radius, double half) {
        return (x, y) -> Math.abs(Math.hypot(x - cx, y - cy) - radius) - half;
    }

    static Shape union(Shape... shapes) {
        return (x, y) -> {
            double least = 1e9;
            for (Shape shape : shapes) {
                least = Math.min(least, shape.distance(x, y));
            }
            return least;
        };
    }

    Scene background(Paint paint) {
        this.background = paint;
        return this;
    }

    Scene product(Shape where, Paint paint) {
        this.shape = where;
        this.product = paint;
        return this;
    }

    Scene shadow(Shape where, double dark, double blur) {
        this.shadow = where;
        this.shadowDark = dark;
        this.shadowBlur = blur;
        return this;
    }

    /** Over how many pixels the product fades in. */
    Scene edge(double pixels) {
        this.edge = pixels;
        return this;
    }

    Scene opacity(double alpha) {
        this.opacity = alpha;
        return this;
    }

    Scene noise(double sigma) {
        this.noise = sigma;
        return this;
    }

    Scene jpeg(int quality) {
        this.jpeg = quality;
        return this;
    }

    Scene option(String option, Object value) {
        options.put(option, value);
        return this;
    }

    double alpha(int x, int y) {
        return opacity * Math.max(0, Math.min(1, 0.5 - shape.distance(x + 0.5, y + 0.5) / edge));
    }

    double shadowAlpha(int x, int y) {
        double outside = Math.max(0, shadow.distance(x + 0.5, y + 0.5));
        return shadowDark * Math.exp(-outside * outside / (2 * shadowBlur * shadowBlur));
    }

    Picture draw() {
        byte[] samples = new byte[3 * width * height];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double[] back = background.at(x + 0.5, y + 0.5);
                double[] front = product.at(x + 0.5, y + 0.5);
                double alpha = alpha(x, y);
                double light = 1 - shadowAlpha(x, y);
                for (int channel = 0; channel < 3; channel++, at++) {
                    double value = alpha * front[channel] + (1 - alpha) * light * back[channel];
                    value += noise == 0 ? 0 : noise * random.nextGaussian();
                    samples[at] = (byte) Math.max(0, Math.min(255, Math.round(value)));
                }
            }
        }
        return Picture.wrap(new PixelSize(width, height), false, samples);
    }

    synchronized ImageBytes image() {
        if (image == null) {
            image = encoded();
        }
        return image;
    }

    private ImageBytes encoded() {
        return Imaging.ofDefaults().encode(draw(), jpeg > 0 ? Encoding.jpeg(jpeg) : Encoding.png());
    }

    /** How well a cut-out fits the truth. */
    record Fit(double overlap, double alphaError, double edgeError, double colorError) {}

    Fit compare(Picture cut) {
        long both = 0;
        long either = 0;
        double error = 0;
        double edgeSum = 0;
        long edges = 0;
        double colors = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double wanted = alpha(x, y);
                double found = cut.alpha(x, y) / 255.0;
                boolean in = wanted > 0.5;
                boolean got = found > 0.5;
                both += in && got ? 1 : 0;
                either += in || got ? 1 : 0;
                error += Math.abs(wanted - found);
                if (wanted > 0.02 && wanted < 0.98) {
                    edges++;
                    edgeSum += Math.abs(wanted - found);
                    double[] front = product.at(x + 0.5, y + 0.5);
                    double least = Math.min(wanted, found);
                    colors += least
                            * (Math.abs(front[0] - cut.color(x, y).red())
                                    + Math.abs(front[1] - cut.color(x, y).green())
                                    + Math.abs(front[2] - cut.color(x, y).blue()))
                            / 3;
                }
            }
        }
        return new Fit(
                either == 0 ? 1 : (double) both / either,
                error / width / height,
                edges == 0 ? 0 : edgeSum / edges,
                edges == 0 ? 0 : colors / edges);
    }

    @Override
    public String toString() {
        return name;
    }
}
