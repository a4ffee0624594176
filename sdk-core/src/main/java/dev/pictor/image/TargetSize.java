package dev.pictor.image;

import java.util.OptionalInt;
import java.util.function.IntFunction;

/** Finds the quality at which a picture keeps to {@link Encoding#maxBytes()}. */
final class TargetSize {

    private TargetSize() {}

    /**
     * Encodes, with lower quality if need be. The quality asked for is tried first; then the range below is halved, so
     * that 1 to 100 takes at most 8 encodings and 30 to 85 at most 7.
     *
     * <p>Encoders are taken to write more bytes at a higher quality. Where one does not, a higher quality that would fit
     * may be missed, but what is returned always fits.
     *
     * @param encoding the bound and the range of quality; a {@code minQuality} above {@code quality} counts as equal to it
     * @param encoder encodes at a quality of 1 to 100, with all that shall count, metadata too
     * @return the encoded bytes, no more than {@code maxBytes}
     * @throws TargetSizeException if they are more even at the lowest quality
     */
    static byte[] keptTo(Encoding encoding, IntFunction<byte[]> encoder) {
        byte[] bytes = encoder.apply(encoding.quality());
        if (encoding.maxBytes().isEmpty()) {
            return bytes;
        }
        int maxBytes = encoding.maxBytes().getAsInt();
        if (bytes.length <= maxBytes) {
            return bytes;
        }
        if (!hasQuality(encoding)) {
            throw new TargetSizeException(encoding.format(), bytes.length, maxBytes, OptionalInt.empty());
        }
        int lowest = Math.min(encoding.minQuality(), encoding.quality());
        int low = lowest;
        int high = encoding.quality() - 1;
        byte[] best = bytes;
        while (low <= high) {
            int middle = (low + high) / 2;
            bytes = encoder.apply(middle);
            if (bytes.length <= maxBytes) {
                best = bytes;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        if (best.length > maxBytes) { // the last to be tried was the lowest
            throw new TargetSizeException(encoding.format(), bytes.length, maxBytes, OptionalInt.of(lowest));
        }
        return best;
    }

    private static boolean hasQuality(Encoding encoding) {
        return switch (encoding.format()) {
            case PNG -> false;
            case JPEG -> true;
            case WEBP -> !encoding.isLossless();
        };
    }
}
