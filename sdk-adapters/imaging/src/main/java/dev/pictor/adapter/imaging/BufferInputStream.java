package dev.pictor.adapter.imaging;

import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory as ImageIO's readers want them: seekable, of known length, with no cache file. Not thread-safe. */
final class BufferInputStream extends ImageInputStreamImpl {

    private final ByteBuffer bytes;

    BufferInputStream(ByteBuffer bytes) {
        this.bytes = bytes.slice();
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < bytes.limit() ? Byte.toUnsignedInt(bytes.get((int) streamPos++)) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, bytes.limit() - streamPos);
        if (count <= 0) { // a seek may lead past the end
            return -1;
        }
        bytes.get((int) streamPos, into, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.limit();
    }
}
