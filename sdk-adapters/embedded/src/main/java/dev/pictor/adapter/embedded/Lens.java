package dev.pictor.adapter.embedded;

import java.awt.Color;
import java.util.Random;

/** Turns what is on a canvas into something seen through a camera. Not thread-safe. */
final class Lens {

    private final Canvas canvas;
    private final Random random;

    Lens(Canvas canvas, Random random) {
        this.canvas = canvas;
        this.random = random;
    }

    /** Throws out of focus what is there so far, with discs of light in front of it. */
    void defocus(double radius, int discs, Palette palette) throws InterruptedException {
        canvas.blur(radius);
        for (int i = 0; i < discs; i++) {
            double r = radius * (0.5 + 1.6 * random.nextDouble());
            double x = random.nextDouble() * canvas.w;
            double y = random.nextDouble() * canvas.h * 0.85;
            Color light = palette.dark() || random.nextInt(3) == 0 ? palette.accent(random) : palette.sun();
            double opacity = (palette.dark() ? 0.34 : 0.2) * (0.3 + 0.7 * random.nextDouble());
            canvas.dot(x, y, r, r, Tint.fade(light, opacity));
            canvas.dot(x, y, r * 0.86, r * 0.86, Tint.fade(light, opacity * 0.5));
        }
        canvas.blur(2);
    }

    /** Softens what is nearest and farthest, as a wide aperture does. */
    void depth(double focus) throws InterruptedException {
        int[] sharp = canvas.px.clone();
        canvas.blur(9);
        int width = canvas.size.width();
        for (int i = 0; i < sharp.length; i++) {
            int row = i / width;
            double y = row / canvas.unit / canvas.h;
            double off = y > focus ? (y - focus) / (1 - focus) : (focus - y) / focus * 0.5;
            canvas.px[i] = Tint.mix(sharp[i], canvas.px[i], (off - 0.35) * 1.9);
        }
    }

    /** Adds the bloom of bright lights, a curve of film, darker corners and grain. */
    void develop(double bloom) throws InterruptedException {
        int[] sharp = canvas.px.clone();
        canvas.blur(22);
        canvas.checkpoint.pass();
        int width = canvas.size.width();
        int height = canvas.size.height();
        Noise grain = new Noise(random.nextLong());
        int[] curve = new int[256];
        for (int i = 0; i < 256; i++) {
            double t = i / 255.0;
            curve[i] = Tint.clamp(255 * (0.65 * t + 0.35 * t * t * (3 - 2 * t)));
        }
        for (int y = 0; y < height; y++) {
            canvas.pass(y);
            double dy = (y + 0.5) / height - 0.5;
            for (int x = 0; x < width; x++) {
                double dx = (x + 0.5) / width - 0.5;
                int at = y * width + x;
                int s = sharp[at];
                int b = canvas.px[at];
                double vignette = 1 - 1.05 * Math.pow(dx * dx + dy * dy, 1.4);
                double g = (grain.grain(x, y) - 0.5) * 9;
                canvas.px[at] = Tint.rgb(
                        curve[screen(s >> 16 & 255, b >> 16 & 255, bloom)] * vignette + g,
                        curve[screen(s >> 8 & 255, b >> 8 & 255, bloom)] * vignette + g,
                        curve[screen(s & 255, b & 255, bloom)] * vignette + g);
            }
        }
    }

    private static int screen(int sharp, int blurred, double share) {
        double light = share * blurred * blurred / 255.0;
        return Tint.clamp(255 - (255 - sharp) * (255 - light) / 255.0);
    }
}
