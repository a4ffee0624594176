package dev.pictor.adapter.cutout;

/** Pixels that wait, first in first out. It grows as needed: 4 bytes for each that waits at once. Not thread-safe. */
final class PixelQueue {

    private static final int FIRST = 1 << 12;

    private int[] ring = new int[FIRST];
    private int head;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    void add(int pixel) {
        if (count == ring.length) {
            int[] larger = new int[2 * count];
            System.arraycopy(ring, head, larger, 0, count - head);
            System.arraycopy(ring, 0, larger, count - head, head);
            ring = larger;
            head = 0;
        }
        ring[(head + count++) & (ring.length - 1)] = pixel;
    }

    int take() {
        int pixel = ring[head];
        head = (head + 1) & (ring.length - 1);
        count--;
        return pixel;
    }
}
