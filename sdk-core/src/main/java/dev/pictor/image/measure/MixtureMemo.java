package dev.pictor.image.measure;

/**
 * What was last found for some thousands of pixels and the colours beside them: along edges the same come again and
 * again. Each has one place, so it takes half a megabyte whatever the picture. Not thread-safe.
 */
final class MixtureMemo {

    /** Instead of a first colour: no mixture fits. */
    static final int NOTHING = -1;

    private static final int BITS = 15;

    private final long[] keys = new long[1 << BITS];
    private final byte[] firsts = new byte[1 << BITS];
    private final byte[] seconds = new byte[1 << BITS];
    private final double[] parts = new double[1 << BITS];
    private long key;
    private int place;

    /**
     * Tells whether it is known what a pixel is a mixture of; if not, the next call must be {@link #keep}.
     *
     * @param pixel the pixel without its alpha
     * @param color the colour that must be in the mixture, 31 for any
     * @param set the colours to look among, not empty, 30 bits
     */
    boolean find(int pixel, int color, int set) {
        key = ((((long) set << 5) | color) << 24) | pixel;
        place = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> (Long.SIZE - BITS));
        return keys[place] == key;
    }

    void keep(int first, int second, double part) {
        keys[place] = key;
        firsts[place] = (byte) first;
        seconds[place] = (byte) second;
        parts[place] = part;
    }

    int first() {
        return firsts[place];
    }

    int second() {
        return seconds[place];
    }

    double part() {
        return parts[place];
    }
}
