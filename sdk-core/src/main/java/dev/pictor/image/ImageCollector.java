package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.TOO_MANY_BYTES;
import static java.util.Objects.requireNonNull;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an encoded picture piece by piece, as it comes in, and hashes it on the way. At the end there is one array of the
 * picture's size, so all in all about twice its bytes are allocated, whether or not the size was known. Not thread-safe.
 */
public final class ImageCollector extends OutputStream {

    private static final int FIRST_BYTES = 8 << 10;
    private static final int MOST_BYTES = 128 << 10;

    private final ImageLimits limits;
    private final MessageDigest digest = Sha256.newDigest();
    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = new byte[FIRST_BYTES];
    private int used;
    private int total;

    /**
     * Creates an empty collector.
     *
     * @param limits how large the picture may be
     */
    public ImageCollector(ImageLimits limits) {
        this.limits = requireNonNull(limits, "limits");
    }

    /**
     * Takes one byte.
     *
     * @param value its lower eight bits
     * @throws ImageRejectedException if that is more than the limit
     */
    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /**
     * Takes bytes. They are copied.
     *
     * @param bytes an array that holds them
     * @param offset where they begin
     * @param length how many there are
     * @throws ImageRejectedException if that is more than the limit
     */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (length > limits.maxBytes() - total) {
            throw new ImageRejectedException(
                    TOO_MANY_BYTES, "picture has more bytes than the limit of " + limits.maxBytes());
        }
        digest.update(bytes, offset, length);
        total += length;
        int from = offset;
        for (int left = length; left > 0; ) {
            if (used == last.length) {
                full.add(last);
                last = new byte[Math.min(2 * last.length, MOST_BYTES)];
                used = 0;
            }
            int count = Math.min(left, last.length - used);
            System.arraycopy(bytes, from, last, used, count);
            used += count;
            from += count;
            left -= count;
        }
    }

    /**
     * Returns what was taken. The collector is empty again afterwards.
     *
     * @return a picture whose {@link ImageBytes#sha256()} is known
     * @throws ImageRejectedException if the bytes are no known picture, or its width or height is beyond the limit
     */
    public ImageBytes toImage() {
        byte[] bytes = new byte[total];
        int at = 0;
        for (byte[] piece : full) {
            System.arraycopy(piece, 0, bytes, at, piece.length);
            at += piece.length;
        }
        System.arraycopy(last, 0, bytes, at, used);
        full.clear();
        last = new byte[FIRST_BYTES];
        used = 0;
        total = 0;
        return ImageBytes.wrap(bytes, Sha256.of(digest), limits);
    }
}
