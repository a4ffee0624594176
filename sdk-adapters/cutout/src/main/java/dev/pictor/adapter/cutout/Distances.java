package dev.pictor.adapter.cutout;

import dev.pictor.image.PixelSize;
import java.util.Arrays;

/**
 * How far each pixel is from the background, and how much darker: two bytes a pixel. Noise is averaged out over a small
 * square first.
 */
final class Distances {

    /** In {@link #shade}: lighter than the background, or of another tint than its shadow. */
    static final int TINTED = 255;

    private static final int MOST_SHADE = 250;
    private static final float SHADE_UNIT = 0.002f;
    private static final float[] DECODED = new float[256];

    static {
        for (int code = 0; code < DECODED.length; code++) {
            DECODED[code] = code * code / (255f * 255f);
        }
    }

    final PixelSize size;

    /** Distance in Oklab, coded by its root so that small ones are told apart; see {@link #decoded}. */
    final byte[] far;

    /** How much darker, in units of 0.002 of lightness to 250, or {@link #TINTED}. Free for other use after the flood. */
    final byte[] shade;

    private final Backdrop backdrop;
    private final int radius;

    private Distances(PixelSize size, Backdrop backdrop, int radius) {
        this.size = size;
        this.backdrop = backdrop;
        this.radius = radius;
        this.far = new byte[Math.toIntExact(size.pixels())];
        this.shade = new byte[far.length];
    }

    /**
     * Measures.
     *
     * @param radius of the square that is averaged, 0 for none
     * @param tint how far the tint of a shadow may be from that of the background
     */
    static Distances of(Rgb picture, Backdrop backdrop, int radius, float tint, Stopping stopping)
            throws InterruptedException {
        Distances all = new Distances(picture.size(), backdrop, radius);
        all.measure(picture, tint, stopping);
        return all;
    }

    static float decoded(byte code) {
        return DECODED[code & 0xFF];
    }

    static int coded(double distance) {
        return (int) Math.min(255, Math.floor(255 * Math.sqrt(Math.max(0, distance)) + 0.5));
    }

    static int shadeOf(double darker) {
        return (int) Math.min(MOST_SHADE, Math.round(darker / SHADE_UNIT));
    }

    private void measure(Rgb picture, float tint, Stopping stopping) throws InterruptedException {
        int width = size.width();
        int height = size.height();
        float[][] columns = {backdrop.columns(0), backdrop.columns(1), backdrop.columns(2)};
        float[] across = new float[width];
        for (int x = 0; x < width; x++) {
            across[x] = backdrop.u(x + 0.5);
        }
        int window = 2 * radius + 1;
        float[][] ring = new float[window][3 * width];
        float[] sums = new float[3 * width];
        byte[] row = new byte[3 * width];
        for (int y = 0; y < height + radius; y++) {
            stopping.check();
            float[] slot = ring[y % window];
            if (y >= window) {
                add(sums, slot, -1);
            }
            if (y < height) {
                picture.read(y, row);
                residuals(row, y, columns, across, slot);
                add(sums, slot, 1);
            } else {
                Arrays.fill(slot, 0);
            }
            int middle = y - radius;
            if (middle >= 0) {
                int rows = Math.min(height - 1, middle + radius) - Math.max(0, middle - radius) + 1;
                write(sums, middle, rows, columns, across, tint);
            }
        }
    }

    private static void add(float[] sums, float[] row, int sign) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += sign * row[i];
        }
    }

    private void residuals(byte[] row, int y, float[][] columns, float[] across, float[] into) {
        float[] rows = {backdrop.row(0, y), backdrop.row(1, y), backdrop.row(2, y)};
        float[] twists = {backdrop.twist(0, y), backdrop.twist(1, y), backdrop.twist(2, y)};
        for (int x = 0, at = 0; x < across.length; x++, at += 3) {
            OklabTable.put(row[at] & 0xFF, row[at + 1] & 0xFF, row[at + 2] & 0xFF, into, at);
            for (int channel = 0; channel < 3; channel++) {
                into[at + channel] -= columns[channel][x] + rows[channel] + twists[channel] * across[x];
            }
        }
    }

    private void write(float[] sums, int y, int rows, float[][] columns, float[] across, float tint) {
        int width = size.width();
        float[] base = {backdrop.row(0, y), backdrop.row(1, y), backdrop.row(2, y)};
        float[] twists = {backdrop.twist(0, y), backdrop.twist(1, y), backdrop.twist(2, y)};
        float l = 0;
        float a = 0;
        float b = 0;
        for (int x = 0; x < Math.min(radius, width); x++) {
            l += sums[3 * x];
            a += sums[3 * x + 1];
            b += sums[3 * x + 2];
        }
        int at = y * width;
        for (int x = 0; x < width; x++, at++) {
            int next = x + radius;
            if (next < width) {
                l += sums[3 * next];
                a += sums[3 * next + 1];
                b += sums[3 * next + 2];
            }
            int old = x - radius - 1;
            if (old >= 0) {
                l -= sums[3 * old];
                a -= sums[3 * old + 1];
                b -= sums[3 * old + 2];
            }
            int count = rows * (Math.min(width - 1, next) - Math.max(0, x - radius) + 1);
            float dl = l / count;
            float da = a / count;
            float db = b / count;
            far[at] = (byte) coded(BorderCell.distance(dl, da, db));
            float light = columns[0][x] + base[0] + twists[0] * across[x];
            float backA = columns[1][x] + base[1] + twists[1] * across[x];
            float backB = columns[2][x] + base[2] + twists[2] * across[x];
            float dimmed = light > 0.01f ? dl / light : 0;
            float tintA = da - backA * dimmed;
            float tintB = db - backB * dimmed;
            boolean tinted = tintA * tintA + tintB * tintB > tint * tint || dl > tint;
            shade[at] = (byte) (tinted ? TINTED : Math.max(0, shadeOf(-dl)));
        }
    }
}
