package dev.pictor.image;

/** Turns stored pictures upright. */
final class Turned {

    /** Pixels on a side of the squares that are turned one by one, so that rows and columns stay in the cache. */
    private static final int TILE = 32;

    private Turned() {}

    /**
     * Returns the upright picture.
     *
     * @param stored the picture as stored
     * @param orientation how it lies
     * @return a new picture; the same one if it is upright already
     */
    static Picture upright(Picture stored, Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return stored;
        }
        PixelSize size = orientation.upright(stored.size());
        int channels = stored.channels();
        int stride = stored.width() * channels;
        int right = orientation.swapsSides() ? stride : channels;
        int down = orientation.swapsSides() ? channels : stride;
        int origin = 0;
        if (orientation.mirrorsColumns()) {
            origin += (size.width() - 1) * right;
            right = -right;
        }
        if (orientation.mirrorsRows()) {
            origin += (size.height() - 1) * down;
            down = -down;
        }
        byte[] out = new byte[stored.samples().length];
        Walk walk = new Walk(stored.samples(), origin, right, down);
        for (int y = 0; y < size.height(); y += TILE) {
            for (int x = 0; x < size.width(); x += TILE) {
                int endX = Math.min(size.width(), x + TILE);
                int endY = Math.min(size.height(), y + TILE);
                for (int line = y; line < endY; line++) {
                    walk.copy(x, endX, line, channels, out, (line * size.width() + x) * channels);
                }
            }
        }
        return Picture.wrap(size, stored.hasAlpha(), out);
    }

    /** Where the pixels of the upright picture lie in the stored one: the first, and the steps to its neighbours. */
    private static final class Walk {

        private final byte[] samples;
        private final int origin;
        private final int right;
        private final int down;

        Walk(byte[] samples, int origin, int right, int down) {
            this.samples = samples;
            this.origin = origin;
            this.right = right;
            this.down = down;
        }

        void copy(int x, int endX, int y, int channels, byte[] out, int at) {
            int from = origin + x * right + y * down;
            int to = at;
            for (int i = x; i < endX; i++) {
                for (int channel = 0; channel < channels; channel++) {
                    out[to++] = samples[from + channel];
                }
                from += right;
            }
        }
    }
}
