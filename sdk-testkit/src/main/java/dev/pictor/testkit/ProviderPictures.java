package dev.pictor.testkit;

import dev.pictor.image.PixelSize;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pictures of a {@link FakeProvider}, drawn once for many requests and kept as Base64: at most 256 MiB of them. Not
 * thread-safe.
 */
final class ProviderPictures {

    private static final long MAX_BYTES = 256L << 20;
    private static final int WHITE = 0xFFFFFF;
    private static final int VARIANTS = 8;

    private final Map<Key, byte[]> drawn = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** A buffer of the caller's own over bytes that are shared. */
    ByteBuffer base64(PixelSize size, boolean blank, int hash, int atLeastBytes) {
        Key key = new Key(size, blank ? -1 : Math.floorMod(hash, VARIANTS), atLeastBytes);
        byte[] known = drawn.get(key);
        if (known == null) {
            known = draw(key);
            drawn.put(key, known);
            bytes += known.length;
            dropOldest(key);
        }
        return ByteBuffer.wrap(known);
    }

    private void dropOldest(Key but) {
        Iterator<Map.Entry<Key, byte[]>> oldest = drawn.entrySet().iterator();
        while (bytes > MAX_BYTES && oldest.hasNext()) {
            Map.Entry<Key, byte[]> entry = oldest.next();
            if (!entry.getKey().equals(but)) {
                bytes -= entry.getValue().length;
                oldest.remove();
            }
        }
    }

    private static byte[] draw(Key key) {
        byte[] png = key.variant < 0
                ? FakePicture.png(key.size, WHITE, WHITE, key.variant, key.atLeastBytes)
                : FakePicture.png(key.size, color(key.variant), color(key.variant + 3), key.variant, key.atLeastBytes);
        return Base64.getEncoder().encode(png);
    }

    /** Eight colours that differ from each other. */
    private static int color(int variant) {
        return (variant * 0x25_61_97 + 0x30_50_20) & WHITE;
    }

    private record Key(PixelSize size, int variant, int atLeastBytes) {}
}
