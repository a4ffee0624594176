package dev.pictor.image;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** The digest of {@link Picture#digest()}, a row at a time. */
final class PixelDigest {

    private PixelDigest() {}

    static Sha256 of(Picture picture) {
        byte[] samples = picture.samples();
        boolean opaque = isOpaque(picture);
        MessageDigest digest = Sha256.newDigest();
        digest.update(ByteBuffer.allocate(9)
                .putInt(picture.width())
                .putInt(picture.height())
                .put((byte) (opaque ? 3 : 4))
                .flip());
        if (!picture.hasAlpha()) {
            digest.update(samples);
            return Sha256.of(digest);
        }
        int stride = picture.width() * 4;
        byte[] row = new byte[opaque ? picture.width() * 3 : stride];
        for (int from = 0; from < samples.length; from += stride) {
            if (opaque) {
                withoutAlpha(samples, from, row);
            } else {
                withoutHiddenColors(samples, from, row);
            }
            digest.update(row);
        }
        return Sha256.of(digest);
    }

    private static boolean isOpaque(Picture picture) {
        byte[] samples = picture.samples();
        for (int at = 3; picture.hasAlpha() && at < samples.length; at += 4) {
            if (samples[at] != -1) {
                return false;
            }
        }
        return true;
    }

    private static void withoutAlpha(byte[] samples, int from, byte[] row) {
        for (int at = from, to = 0; to < row.length; at += 4, to += 3) {
            row[to] = samples[at];
            row[to + 1] = samples[at + 1];
            row[to + 2] = samples[at + 2];
        }
    }

    private static void withoutHiddenColors(byte[] samples, int from, byte[] row) {
        System.arraycopy(samples, from, row, 0, row.length);
        for (int at = 0; at < row.length; at += 4) {
            if (row[at + 3] == 0) {
                Arrays.fill(row, at, at + 3, (byte) 0);
            }
        }
    }
}
