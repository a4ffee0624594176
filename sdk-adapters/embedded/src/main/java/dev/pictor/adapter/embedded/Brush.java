package dev.pictor.adapter.embedded;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Random;

/** Turns what is on a canvas into something made by hand. Not thread-safe. */
final class Brush {

    private final Canvas canvas;
    private final Palette palette;
    private final Random random;
    private final Noise noise;
    private final int width;
    private final int height;

    Brush(Canvas canvas, Palette palette, Random random) {
        this.canvas = canvas;
        this.palette = palette;
        this.random = random;
        this.noise = new Noise(random.nextLong());
        this.width = canvas.size.width();
        this.height = canvas.size.height();
    }

    /** Repaints in the manner of a style; with visible strokes, if the style has no manner of its own. */
    void paint(String style) throws InterruptedException {
        switch (style) {
            case "watercolour" -> wash();
            case "cubist" -> facets();
            case "sketch" -> pencil();
            case "flat" -> flat();
            case "pixel art" -> tiles();
            case "impressionist" -> oil(0.85, 1, 0.16);
            case "expressionist", "surrealist" -> oil(1.5, 3.2, 0.2);
            default -> oil(1.1, 1.5, 0.1);
        }
    }

    /** Lays strokes of a loaded brush, broad ones first, fine ones where there is something to see. */
    private void oil(double length, double swirl, double variety) throws InterruptedException {
        int[] detail = canvas.px.clone();
        canvas.blur(9);
        int[] source = canvas.px.clone();
        double[][] passes = {{58, 17}, {34, 10}, {20, 5.5}, {12, 3.4}};
        for (int pass = 0; pass < passes.length; pass++) {
            double wide = passes[pass][1];
            double gap = wide * 1.25;
            int rows = (int) (canvas.h / gap) + 2;
            int columns = (int) (canvas.w / gap) + 2;
            int[] colours = pass == 0 ? source : detail;
            for (int i = 0; i < rows * columns; i++) {
                if (i % 2048 == 0) {
                    canvas.checkpoint.pass();
                }
                int row = i / columns;
                double x = (i % columns + random.nextDouble() * 1.4 - 0.7) * gap;
                double y = (row + random.nextDouble() * 1.4 - 0.7) * gap;
                int at = index(x, y);
                int gx = slope(source, at, 1);
                int gy = slope(source, at, width);
                double strength = Math.hypot(gx, gy);
                double seen = Math.abs(Tint.luma(detail[at]) - Tint.luma(source[at])) + strength;
                if (pass > 0 && seen < 3.5 * pass + 14 * random.nextDouble()) {
                    continue;
                }
                double drift = (noise.fractal(x / 320, y / 200, 2) - 0.5) * swirl * 2.4;
                double angle = strength > 10 ? Math.atan2(gx, -gy) : drift;
                double light = 1 + variety * 2 * (random.nextDouble() - 0.5);
                int colour = vary(Tint.scale(colours[at], light), variety);
                double reach = passes[pass][0] * length * (0.7 + 0.6 * random.nextDouble());
                stroke(x, y, angle + 0.3 * (random.nextDouble() - 0.5), reach, wide, colour);
            }
        }
    }

    private int vary(int rgb, double variety) {
        double warm = 1 + variety * 0.8 * (random.nextDouble() - 0.5);
        int grey = Tint.luma(rgb);
        double vivid = 1.14;
        return Tint.rgb(
                (grey + ((rgb >> 16 & 255) - grey) * vivid) * warm,
                grey + ((rgb >> 8 & 255) - grey) * vivid,
                (grey + ((rgb & 255) - grey) * vivid) * (2 - warm));
    }

    /** Lays one stroke: bristles along it, thin at its end, light on the ridge of the paint and shade beside it. */
    private void stroke(double cx, double cy, double angle, double length, double wide, int colour) {
        double u = canvas.unit;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double half = length * u / 2;
        double thick = Math.max(0.6, wide * u / 2);
        double px = cx * u;
        double py = cy * u;
        int bristles = random.nextInt(4096);
        int reachX = (int) (Math.abs(cos) * half + Math.abs(sin) * thick) + 1;
        int reachY = (int) (Math.abs(sin) * half + Math.abs(cos) * thick) + 1;
        for (int y = Math.max(0, (int) py - reachY); y <= Math.min(height - 1, (int) py + reachY); y++) {
            for (int x = Math.max(0, (int) px - reachX); x <= Math.min(width - 1, (int) px + reachX); x++) {
                double along = ((x - px) * cos + (y - py) * sin) / half;
                double across = ((y - py) * cos - (x - px) * sin) / thick;
                double end = along * along;
                double edge = 1 - end * end - across * across;
                if (edge <= 0) {
                    continue;
                }
                double bristle = noise.grain((int) Math.floor(across * 5), bristles);
                double cover = Math.min(1, edge * 2.6) * (0.62 + 0.38 * bristle - 0.22 * Math.max(0, along) * bristle);
                double ridge = 1 + 0.1 * (bristle - 0.5) - 0.09 * across * edge;
                int at = y * width + x;
                canvas.px[at] = Tint.mix(canvas.px[at], Tint.scale(colour, ridge), cover);
            }
        }
    }

    /** Wet paint on rough paper: soft shapes that wander, pigment that gathers at edges, a rim left white. */
    private void wash() throws InterruptedException {
        canvas.blur(3.5);
        int[] source = canvas.px.clone();
        canvas.blur(16);
        int[] wet = canvas.px.clone();
        double u = canvas.unit;
        int paper = 0xFBF8F1;
        for (int y = 0; y < height; y++) {
            canvas.pass(y);
            for (int x = 0; x < width; x++) {
                double ux = x / u;
                double uy = y / u;
                double wander = noise.fractal(ux / 46, uy / 46, 3) - 0.5;
                int at = Canvas.clamp(y + (int) (wander * 26 * u), height) * width
                        + Canvas.clamp(x + (int) (wander * 34 * u), width);
                double bleed = noise.at(ux / 130 + 9, uy / 130);
                int colour = Tint.mix(source[at], wet[at], 0.15 + 0.75 * bleed * bleed);
                double edge = Math.max(0, Tint.luma(wet[at]) - Tint.luma(source[at])) / 255.0;
                double pool = noise.fractal(ux / 90, uy / 70 + 40, 3);
                double tooth = noise.grain((int) (ux * 0.8), (int) (uy * 0.8));
                double water = 0.3 - 0.5 * (pool - 0.5) - 0.5 * edge + 0.1 * (tooth - 0.5);
                double rim = Math.min(Math.min(ux, canvas.w - ux), Math.min(uy, canvas.h - uy)) / canvas.side;
                double bare = (0.055 + 0.05 * wander + 0.03 * (bleed - 0.5) - rim) * 70;
                int painted = Tint.mix(vivid(colour), paper, Math.max(0.08, water));
                canvas.px[y * width + x] = Tint.scale(
                        Tint.mix(painted, paper, bare),
                        1 + 0.05 * (tooth - 0.5) - (bare > -1.4 && bare < 0 ? 0.07 : 0));
            }
        }
    }

    private static int vivid(int rgb) {
        int grey = Tint.luma(rgb);
        return Tint.rgb(
                grey + ((rgb >> 16 & 255) - grey) * 1.4,
                grey + ((rgb >> 8 & 255) - grey) * 1.4,
                grey + ((rgb & 255) - grey) * 1.4);
    }

    /** Breaks the picture into shaded triangles with dark seams. */
    private void facets() throws InterruptedException {
        canvas.blur(7);
        int[] source = canvas.px.clone();
        double cell = canvas.side / 11;
        int columns = (int) (canvas.w / cell) + 3;
        int rows = (int) (canvas.h / cell) + 3;
        double[][][] grid = new double[rows][columns][2];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                grid[row][column][0] = (column - 1 + random.nextDouble() * 0.95) * cell;
                grid[row][column][1] = (row - 1 + random.nextDouble() * 0.95) * cell;
            }
        }
        for (int row = 0; row + 1 < rows; row++) {
            canvas.checkpoint.pass();
            for (int column = 0; column + 1 < columns; column++) {
                double[] a = grid[row][column];
                double[] b = grid[row][column + 1];
                double[] c = grid[row + 1][column + 1];
                double[] d = grid[row + 1][column];
                boolean flip = random.nextBoolean();
                facet(source, a, b, flip ? d : c);
                facet(source, flip ? b : a, c, d);
            }
        }
    }

    private void facet(int[] source, double[] a, double[] b, double[] c) {
        Path2D shape = Canvas.polygon(a[0], a[1], b[0], b[1], c[0], c[1]);
        int middle = vivid(source[index((a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3)]);
        double light = 0.78 + 0.5 * random.nextDouble();
        canvas.fill(
                shape,
                new GradientPaint(
                        (float) a[0],
                        (float) a[1],
                        new Color(Tint.scale(middle, light * 1.16)),
                        (float) c[0],
                        (float) c[1],
                        new Color(Tint.scale(middle, light * 0.8))));
        canvas.graphics.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        canvas.graphics.setPaint(Tint.fade(new Color(Tint.scale(middle, 0.35)), 0.75));
        canvas.graphics.draw(shape);
    }

    /** Draws outlines and hatching in graphite on warm paper, with a little of the colour. */
    private void pencil() throws InterruptedException {
        int[] fine = canvas.px.clone();
        canvas.blur(4);
        int[] source = canvas.px.clone();
        double u = canvas.unit;
        int reach = Math.max(1, (int) (1.6 * u));
        for (int y = 0; y < height; y++) {
            canvas.pass(y);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int right = y * width + Math.min(width - 1, x + reach);
                int below = Math.min(height - 1, y + reach) * width + x;
                double edge = Math.abs(Tint.luma(source[at]) - Tint.luma(source[right]))
                        + Math.abs(Tint.luma(source[at]) - Tint.luma(source[below]));
                double tone = 1 - Tint.luma(fine[at]) / 255.0;
                double shake = 5 * noise.at(x / u / 60, y / u / 60);
                double hatch = Math.sin((x + y) / u * 0.62 + shake) * 0.5 + 0.5;
                double cross = Math.sin((x - y) / u * 0.58 + shake) * 0.5 + 0.5;
                double tooth = noise.grain((int) (x / u), (int) (y / u));
                double dark = Math.min(0.55, edge / 26)
                        + (tone > 0.22 ? 0.5 * hatch * (tone - 0.12) : 0)
                        + (tone > 0.5 ? 0.6 * cross * (tone - 0.4) : 0);
                int paper = Tint.mix(0xF8F4EA, source[at], 0.13);
                canvas.px[at] = Tint.mix(paper, 0x2B2A2E, dark * (0.65 + 0.5 * tooth));
            }
        }
    }

    /** Prints in few flat inks with a dark outline, as posters are. */
    private void flat() throws InterruptedException {
        canvas.blur(2.5);
        int[] source = canvas.px.clone();
        int reach = Math.max(1, (int) (1.4 * canvas.unit));
        Color light = Tint.mix(palette.sun(), Color.WHITE, 0.4);
        List<Color> inks = List.of(
                palette.deep(),
                palette.accents().get(0),
                palette.accents().get(1),
                palette.accents().get(2),
                light);
        for (int y = 0; y < height; y++) {
            canvas.pass(y);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int grey = Math.max(1, Tint.luma(source[at]));
                int level = Math.min(4, grey / 48);
                int own = Tint.scale(vivid(source[at]), (level + 0.6) * 48 / grey);
                int colour = Tint.mix(own, inks.get(level).getRGB(), 0.6);
                int right = source[y * width + Math.min(width - 1, x + reach)];
                int below = source[Math.min(height - 1, y + reach) * width + x];
                int edge = Math.abs(Tint.luma(source[at]) - Tint.luma(right))
                        + Math.abs(Tint.luma(source[at]) - Tint.luma(below));
                canvas.px[at] = Tint.mix(colour, 0x1B1A26, (edge - 22) / 18.0);
            }
        }
    }

    /** Sets the picture from square tiles. */
    private void tiles() throws InterruptedException {
        canvas.blur(3);
        int[] source = canvas.px.clone();
        double tile = canvas.side / 84;
        for (int y = 0; y < height; y++) {
            canvas.pass(y);
            for (int x = 0; x < width; x++) {
                int column = (int) (x / canvas.unit / tile);
                int row = (int) (y / canvas.unit / tile);
                int colour = vivid(source[index((column + 0.5) * tile, (row + 0.5) * tile)]);
                canvas.px[y * width + x] = Tint.rgb(step(colour >> 16), step(colour >> 8), step(colour));
            }
        }
    }

    private static int step(int channel) {
        return ((channel & 255) + 12) / 24 * 24;
    }

    private int index(double x, double y) {
        return Canvas.clamp((int) (y * canvas.unit), height) * width + Canvas.clamp((int) (x * canvas.unit), width);
    }

    /** Returns how much lighter it gets from one side of a pixel to the other. */
    private int slope(int[] source, int at, int stride) {
        int reach = Math.max(1, (int) (4 * canvas.unit)) * stride;
        return Tint.luma(source[Math.min(at + reach, source.length - 1)]) - Tint.luma(source[Math.max(at - reach, 0)]);
    }
}
