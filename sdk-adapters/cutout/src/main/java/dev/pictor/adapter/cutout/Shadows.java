package dev.pictor.adapter.cutout;

/** What becomes of shadows: nothing, or black of the alpha that darkens the background as much. Not thread-safe. */
final class Shadows {

    private static final float FLOOR = 0.02f;

    private final Rgb picture;
    private final Backdrop backdrop;
    private final boolean kept;
    private final float[][] columns;
    private final float[] back = new float[3];
    private int y;

    Shadows(Rgb picture, Backdrop backdrop, boolean kept) {
        this.picture = picture;
        this.backdrop = backdrop;
        this.kept = kept;
        this.columns =
                kept ? new float[][] {backdrop.columns(0), backdrop.columns(1), backdrop.columns(2)} : new float[0][];
    }

    void startRow(int y) {
        this.y = y;
    }

    /** Draws a pixel of the background. */
    void put(byte[] samples, int pixel, int x) {
        if (kept) {
            float[] color = {picture.sample(pixel, 0), picture.sample(pixel, 1), picture.sample(pixel, 2)};
            Matte.put(samples, pixel, alpha(color, x), 0, 0, 0);
        }
    }

    /** Returns the alpha of black over the background that gives the colour; 0 where shadows go. */
    float alpha(float[] color, int x) {
        if (!kept) {
            return 0;
        }
        float across = backdrop.u(x + 0.5);
        OklabTable.toRgb(
                columns[0][x] + backdrop.row(0, y) + backdrop.twist(0, y) * across,
                columns[1][x] + backdrop.row(1, y) + backdrop.twist(1, y) * across,
                columns[2][x] + backdrop.row(2, y) + backdrop.twist(2, y) * across,
                back);
        float along = 0;
        float whole = 0;
        for (int channel = 0; channel < 3; channel++) {
            along += color[channel] * back[channel];
            whole += back[channel] * back[channel];
        }
        float dark = whole < 1 ? 0 : 1 - along / whole;
        return dark <= FLOOR ? 0 : Math.min(1, (dark - FLOOR) / (1 - FLOOR));
    }
}
