package dev.pictor.image;

import java.nio.ByteBuffer;

/** What a codec decodes: one still picture, stripped of metadata and put in canonical form. Immutable. */
public final class BareImage {

    private final ImageHeader header;
    private final byte[] bytes;
    private final int scans;

    BareImage(ImageHeader header, byte[] bytes, int scans) {
        this.header = header;
        this.bytes = bytes;
        this.scans = scans;
    }

    /**
     * Returns the header of the picture that these bytes were taken from.
     *
     * @return its header
     */
    public ImageHeader header() {
        return header;
    }

    /**
     * Returns the bytes, without a copy.
     *
     * @return a new read-only buffer from first to last byte
     */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /**
     * Returns a copy of the bytes.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /**
     * Returns how many scans the bytes of a JPEG hold.
     *
     * @return scans, 1 for other formats
     */
    public int scans() {
        return scans;
    }

    /** Returns the array itself, for this package: nobody writes to it. */
    byte[] bytes() {
        return bytes;
    }
}
