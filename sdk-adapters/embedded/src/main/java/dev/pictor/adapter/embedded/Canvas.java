package dev.pictor.adapter.embedded;

import dev.pictor.image.PixelSize;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * What is painted on. Shapes are given in units, of which an area of 1,000,000 makes the whole picture, so that a
 * picture of any size has as many of them; pixels are in {@link #px}, row by row. Not thread-safe.
 */
final class Canvas {

    final PixelSize size;
    final BufferedImage image;
    final Graphics2D graphics;
    final int[] px;
    final Checkpoint checkpoint;

    /** Pixels a unit. */
    final double unit;

    /** Width and height in units. */
    final double w;

    final double h;

    /** The shorter of both. */
    final double side;

    Canvas(PixelSize size, Checkpoint checkpoint) {
        this.size = size;
        this.checkpoint = checkpoint;
        unit = Math.sqrt((double) size.pixels()) / 1000;
        w = size.width() / unit;
        h = size.height() / unit;
        side = Math.min(w, h);
        image = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        px = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(unit, unit);
    }

    void fill(Shape shape, Paint paint) {
        graphics.setPaint(paint);
        graphics.fill(shape);
    }

    void rect(double x, double y, double width, double height, Paint paint) {
        fill(new Rectangle2D.Double(x, y, width, height), paint);
    }

    /** Fills an ellipse around a point. */
    void dot(double x, double y, double rx, double ry, Paint paint) {
        fill(new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry), paint);
    }

    /** Fills a disc that fades to nothing at its rim. */
    void glow(double x, double y, double radius, Color colour, double opacity) {
        dot(
                x,
                y,
                radius,
                radius,
                new RadialGradientPaint((float) x, (float) y, (float) radius, new float[] {0, 0.35f, 1}, new Color[] {
                    Tint.fade(colour, opacity), Tint.fade(colour, opacity * 0.4), Tint.fade(colour, 0)
                }));
    }

    static Paint down(double y0, Color from, double y1, Color to) {
        return new GradientPaint(0, (float) y0, from, 0, (float) y1, to);
    }

    static Paint across(double x0, Color from, double x1, Color to) {
        return new GradientPaint((float) x0, 0, from, (float) x1, 0, to);
    }

    /** Returns a closed shape with straight sides through points given as x, y, x, y. */
    static Path2D polygon(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** Returns a closed, rounded shape around points given as x, y, x, y. */
    static Path2D blob(double... points) {
        int n = points.length / 2;
        Path2D path = new Path2D.Double();
        for (int i = 0; i < n; i++) {
            double x = points[2 * i];
            double y = points[2 * i + 1];
            double nextX = points[2 * ((i + 1) % n)];
            double nextY = points[2 * ((i + 1) % n) + 1];
            if (i == 0) {
                double lastX = points[2 * n - 2];
                double lastY = points[2 * n - 1];
                path.moveTo((lastX + x) / 2, (lastY + y) / 2);
            }
            path.quadTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
        }
        path.closePath();
        return path;
    }

    /** Mirrors what is above a line into the part below it, darker and rippled, as water and wet streets do. */
    void reflect(double line, double ripple, Color water, double share, Noise noise) throws InterruptedException {
        int from = (int) (line * unit);
        for (int y = from; y < size.height(); y++) {
            pass(y);
            double depth = (double) (y - from) / Math.max(1, size.height() - from);
            for (int x = 0; x < size.width(); x++) {
                double wave = noise.at(x / unit / (30 + 90 * depth), y / unit / (3 + 9 * depth)) - 0.5;
                int sx = clamp(x + (int) (wave * ripple * unit * (0.3 + depth)), size.width());
                int sy = clamp(from - 1 - (int) ((y - from) * 0.9 + wave * ripple * unit * depth), from);
                int mirrored = px[sy * size.width() + sx];
                px[y * size.width() + x] =
                        Tint.mix(mirrored, water.getRGB(), share * (0.55 + 0.45 * depth) + wave * 0.12);
            }
        }
    }

    /** Blurs everything, unless the radius is less than half a pixel. */
    void blur(double radius) throws InterruptedException {
        int step = Math.max(1, (int) (radius * unit / 3));
        int reach = (int) Math.round(radius * unit / step / 1.7);
        if (reach == 0) {
            return;
        }
        int sw = Math.max(1, (size.width() + step - 1) / step);
        int sh = Math.max(1, (size.height() + step - 1) / step);
        BufferedImage small = shrunk(step, sw, sh);
        int[] a = ((DataBufferInt) small.getRaster().getDataBuffer()).getData();
        int[] b = new int[a.length];
        for (int pass = 0; pass < 2; pass++) {
            checkpoint.pass();
            boxBlur(a, b, sw, sh, reach);
            boxBlur(b, a, sh, sw, reach);
        }
        if (step == 1) {
            System.arraycopy(a, 0, px, 0, px.length);
            return;
        }
        AffineTransform keep = graphics.getTransform();
        graphics.setTransform(new AffineTransform());
        graphics.drawImage(small, 0, 0, sw * step, sh * step, null);
        graphics.setTransform(keep);
    }

    /** Looks at every 128th row of pixels whether to stop. */
    void pass(int row) throws InterruptedException {
        if (row % 128 == 0) {
            checkpoint.pass();
        }
    }

    private BufferedImage shrunk(int step, int sw, int sh) {
        BufferedImage small = new BufferedImage(sw, sh, BufferedImage.TYPE_INT_RGB);
        int[] to = ((DataBufferInt) small.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < sh; y++) {
            for (int x = 0; x < sw; x++) {
                int red = 0;
                int green = 0;
                int blue = 0;
                int count = 0;
                for (int yy = y * step; yy < Math.min((y + 1) * step, size.height()); yy++) {
                    for (int xx = x * step; xx < Math.min((x + 1) * step, size.width()); xx++) {
                        int p = px[yy * size.width() + xx];
                        red += p >> 16 & 255;
                        green += p >> 8 & 255;
                        blue += p & 255;
                        count++;
                    }
                }
                to[y * sw + x] = Tint.pack(red / count, green / count, blue / count);
            }
        }
        return small;
    }

    /** Blurs each row and writes it as a column, so that two calls blur both ways. */
    private static void boxBlur(int[] from, int[] to, int width, int height, int reach) {
        int span = 2 * reach + 1;
        for (int y = 0; y < height; y++) {
            int row = y * width;
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int x = -reach; x < width + reach; x++) {
                int in = from[row + clamp(x, width)];
                red += in >> 16 & 255;
                green += in >> 8 & 255;
                blue += in & 255;
                int middle = x - reach;
                if (middle >= 0) {
                    to[middle * height + y] = Tint.pack(red / span, green / span, blue / span);
                    int out = from[row + clamp(middle - reach, width)];
                    red -= out >> 16 & 255;
                    green -= out >> 8 & 255;
                    blue -= out & 255;
                }
            }
        }
    }

    static int clamp(int value, int limit) {
        return value < 0 ? 0 : Math.min(value, limit - 1);
    }
}
