package dev.pictor.benchmarks;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;

/** Pictures to measure with, equal on every run and every JVM. */
final class TestPictures {

    /** What the features of the photograph are measured in: the width of the picture in these units. */
    private static final float UNITS = 4000;

    private static final float LUMA_GRAIN = 10;

    private TestPictures() {}

    /**
     * Returns something like a photograph of a landscape: a bright sky with soft clouds, hills with hard outlines, ground
     * with coarse and fine texture, discs with sharp edges and gradients, and the grain of a sensor over all.
     */
    static Picture photo(int width, int height) {
        byte[] samples = new byte[3 * width * height];
        float unit = UNITS / width;
        int at = 0;
        for (int row = 0; row < height; row++) {
            float y = row * unit;
            for (int column = 0; column < width; column++) {
                float x = column * unit;
                float light = LUMA_GRAIN * (random(column, row, 1) - 0.5f);
                int color = disc(x, y);
                if (color == 0) {
                    color = y < skyline(x) ? sky(x, y) : ground(x, y);
                }
                samples[at++] = clamped((color >> 16) + light);
                samples[at++] = clamped((color >> 8 & 0xFF) + light);
                samples[at++] = clamped((color & 0xFF) + light);
            }
        }
        return Picture.wrap(new PixelSize(width, height), false, samples);
    }

    /** Returns grey circles around the centre that become finer outwards, up to half a wave a pixel at the edges. */
    static Picture zonePlate(int side) {
        byte[] samples = new byte[3 * side * side];
        int at = 0;
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                double x = column + 0.5 - side / 2.0;
                double y = row + 0.5 - side / 2.0;
                byte value = clamped((float) (127.5 + 127.5 * StrictMath.cos(Math.PI * (x * x + y * y) / side)));
                samples[at++] = value;
                samples[at++] = value;
                samples[at++] = value;
            }
        }
        return Picture.wrap(new PixelSize(side, side), false, samples);
    }

    private static float skyline(float x) {
        return 900 + 700 * noise(x / 900, 0, 2) + 160 * noise(x / 190, 0, 3) + 30 * noise(x / 23, 0, 4);
    }

    private static int sky(float x, float y) {
        float cloud = Math.max(0, noise(x / 700, y / 260, 5) + 0.5f * noise(x / 170, y / 90, 6) - 0.75f);
        float down = y / 1800;
        return rgb(80 + 90 * down + 140 * cloud, 130 + 70 * down + 100 * cloud, 205 + 30 * down + 30 * cloud);
    }

    private static int ground(float x, float y) {
        float coarse = noise(x / 420, y / 300, 7) + 0.5f * noise(x / 110, y / 80, 8);
        float rough = Math.max(0, coarse - 0.25f);
        float fine =
                rough * (60 * noise(x / 21, y / 19, 9) + 70 * noise(x / 7, y / 9, 10) + 60 * noise(x / 3, y / 3, 11));
        return rgb(40 + 70 * coarse + fine, 60 + 60 * coarse + fine, 30 + 40 * coarse + 0.6f * fine);
    }

    /** Returns the colour of the disc here, or 0. */
    private static int disc(float x, float y) {
        int cellX = (int) (x / 500);
        int cellY = (int) (y / 500);
        if (random(cellX, cellY, 12) < 0.6f) {
            return 0;
        }
        float radius = 60 + 150 * random(cellX, cellY, 13);
        float right = x - 500 * cellX - 250;
        float down = y - 500 * cellY - 250;
        float squared = (right * right + down * down) / (radius * radius);
        if (squared > 1) {
            return 0;
        }
        float shade = 1 - 0.7f * squared + 0.2f * right / radius;
        return rgb(
                shade * (90 + 150 * random(cellX, cellY, 14)),
                shade * (60 + 160 * random(cellX, cellY, 15)),
                shade * (50 + 180 * random(cellX, cellY, 16)));
    }

    /** Returns 0 to 1: random numbers at the corners of a grid of 1x1, smooth in between. */
    private static float noise(float x, float y, int layer) {
        int column = (int) x;
        int row = (int) y;
        float right = smooth(x - column);
        float down = smooth(y - row);
        float above = mixed(random(column, row, layer), random(column + 1, row, layer), right);
        float below = mixed(random(column, row + 1, layer), random(column + 1, row + 1, layer), right);
        return mixed(above, below, down);
    }

    private static float smooth(float part) {
        return part * part * (3 - 2 * part);
    }

    private static float mixed(float from, float to, float part) {
        return from + (to - from) * part;
    }

    /** Returns a number from 0 to 1 that only depends on the arguments. */
    private static float random(int x, int y, int layer) {
        int bits = x * 0x9E3779B1 + y * 0x85EBCA77 + layer * 0xC2B2AE3D;
        bits = (bits ^ bits >>> 15) * 0x2C1B3C6D;
        bits = (bits ^ bits >>> 12) * 0x297A2D39;
        return ((bits ^ bits >>> 15) >>> 8) / (float) (1 << 24);
    }

    private static int rgb(float red, float green, float blue) {
        return (clamped(red) & 0xFF) << 16 | (clamped(green) & 0xFF) << 8 | (clamped(blue) & 0xFF);
    }

    private static byte clamped(float value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
}
