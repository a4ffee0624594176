package dev.pictor.adapter.cutout;

/**
 * How well the product stands out.
 *
 * @param length how many pixels of the product lie at the background
 * @param weakShare the share of those behind which the product is hardly told from the background
 * @param lost how many steps there are in what was taken for background, away from the product; by the length. An outline
 *     that was flooded over leaves them
 * @param softness over how many pixels the product fades in, 1 to 8
 */
record Outline(int length, double weakShare, double lost, int softness) {

    /** How deep depths are told. */
    static final int REACH = 10;

    private static final int WINDOW = 3;
    private static final int MOST_SOFT = 8;
    private static final int APART = 3;
    private static final double NEARLY_WHOLE = 0.93;

    /**
     * Measures.
     *
     * @param weakBelow a product that gets no farther from the background behind its outline is weak there
     * @param step what counts as a step in the background, over three pixels
     * @param shadowStep the same in a shadow
     */
    static Outline of(
            Regions regions, Distances distances, byte[] depths, double weakBelow, double step, double shadowStep) {
        int width = regions.size.width();
        int height = regions.size.height();
        int length = 0;
        int weak = 0;
        long lost = 0;
        double[] far = new double[MOST_SOFT + 1];
        long[] count = new long[MOST_SOFT + 1];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at++) {
                int depth = depths[at];
                if (depth > 0) {
                    if (depth <= MOST_SOFT) {
                        far[depth] += Distances.decoded(distances.far[at]);
                        count[depth]++;
                    }
                    if (depth == 1 && x > 0 && y > 0 && x < width - 1 && y < height - 1) {
                        length++;
                        weak += farthest(distances, depths, x, y, width, height) < weakBelow ? 1 : 0;
                    }
                } else if (depth <= -REACH) {
                    boolean room = x + APART + 1 < width && y + APART + 1 < height;
                    lost += room ? step(regions, distances, at, at + APART, step, shadowStep) : 0;
                    lost += room ? step(regions, distances, at, at + APART * width, step, shadowStep) : 0;
                }
            }
        }
        double by = Math.max(1, length);
        return new Outline(length, weak / by, lost / by, softness(far, count));
    }

    private static float farthest(Distances distances, byte[] depths, int x, int y, int width, int height) {
        float most = 0;
        for (int j = Math.max(0, y - WINDOW); j <= Math.min(height - 1, y + WINDOW); j++) {
            for (int i = Math.max(0, x - WINDOW); i <= Math.min(width - 1, x + WINDOW); i++) {
                int at = j * width + i;
                most = depths[at] > 0 ? Math.max(most, Distances.decoded(distances.far[at])) : most;
            }
        }
        return most;
    }

    /** Compares squares of two pixels a side with a pixel between them, so that noise makes no steps. */
    private static int step(Regions regions, Distances distances, int from, int to, double step, double shadowStep) {
        int width = regions.size.width();
        boolean shadow = false;
        float change = 0;
        for (int i = 0; i < 4; i++) {
            int offset = (i & 1) + (i >> 1) * width;
            if (isElse(regions.kind[from + offset]) || isElse(regions.kind[to + offset])) {
                return 0;
            }
            shadow |= regions.kind[from + offset] == Regions.SHADOW || regions.kind[to + offset] == Regions.SHADOW;
            change += Distances.decoded(distances.far[to + offset]) - Distances.decoded(distances.far[from + offset]);
        }
        return Math.abs(change) / 4 > (shadow ? shadowStep : step) ? 1 : 0;
    }

    private static boolean isElse(byte kind) {
        return kind == Regions.PRODUCT || kind == Regions.DUST;
    }

    /** Returns the depth at which the product is nearly as far from the background as further in. */
    private static int softness(double[] far, long[] count) {
        double whole = 0;
        for (int depth = 1; depth <= MOST_SOFT; depth++) {
            whole = Math.max(whole, count[depth] == 0 ? 0 : far[depth] / count[depth]);
        }
        for (int depth = 1; depth < MOST_SOFT; depth++) {
            if (count[depth] > 0 && far[depth] / count[depth] >= NEARLY_WHOLE * whole) {
                return depth;
            }
        }
        return MOST_SOFT;
    }
}
