package dev.pictor.adapter.embedded;

/** Smooth noise over the plane, 0 to 1, fixed by its seed. Immutable. */
record Noise(long seed) {

    double at(double x, double y) {
        double fx = Math.floor(x);
        double fy = Math.floor(y);
        double u = smooth(x - fx);
        double v = smooth(y - fy);
        int ix = (int) fx;
        int iy = (int) fy;
        double top = grain(ix, iy) * (1 - u) + grain(ix + 1, iy) * u;
        double low = grain(ix, iy + 1) * (1 - u) + grain(ix + 1, iy + 1) * u;
        return top * (1 - v) + low * v;
    }

    /** Sums octaves, each twice as fine and half as strong as the one before. */
    double fractal(double x, double y, int octaves) {
        double sum = 0;
        double weight = 0;
        double amplitude = 1;
        for (int i = 0; i < octaves; i++) {
            sum += amplitude * at((x + 17.3 * i) * (1 << i), (y - 9.1 * i) * (1 << i));
            weight += amplitude;
            amplitude /= 2;
        }
        return sum / weight;
    }

    /** Returns an even number for a point of the grid. */
    double grain(int x, int y) {
        long h = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL;
        h = (h ^ h >>> 32) * 0xD6E8FEB86659FD93L;
        h = (h ^ h >>> 32) * 0xD6E8FEB86659FD93L;
        return ((h ^ h >>> 32) >>> 11) * 0x1.0p-53;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }
}
