package dev.pictor.image;

import java.nio.ByteBuffer;

/** What a codec decodes: one still picture; JPEG and WebP are stripped of metadata and put in canonical form. Immutable. */
public final class BareImage {

    private final ImageHeader header;
    private final ByteBuffer bytes;
    private final int scans;
    private final boolean inverted;

    BareImage(ImageHeader header, ByteBuffer bytes) {
        this(header, bytes, 1, false);
    }

    BareImage(ImageHeader header, ByteBuffer bytes, int scans, boolean inverted) {
        this.header = header;
        this.bytes = bytes.asReadOnlyBuffer();
        this.scans = scans;
        this.inverted = inverted;
    }

    /**
     * Strips a picture and puts it in canonical form, under the default limits, as is done for codecs. For tests of codecs.
     *
     * @param image an encoded picture
     * @return the bare picture; of an animation, its first frame
     * @throws ImageRejectedException if there is no picture data, or too many scans
     */
    public static BareImage of(ImageBytes image) {
        return switch (image.format()) {
            case PNG -> new BareImage(image.header(), image.asByteBuffer());
            case JPEG -> BareJpeg.of(image.asByteBuffer(), image.header(), ImageLimits.ofDefaults(), warning -> {});
            case WEBP -> WebpFile.bare(image.asByteBuffer()).image();
        };
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
        return bytes.duplicate();
    }

    /**
     * Returns a copy of the bytes.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /**
     * Returns how many scans the bytes of a JPEG hold.
     *
     * @return scans, 1 for other formats
     */
    public int scans() {
        return scans;
    }

    /**
     * Tells whether the four channels of a JPEG are stored inverted, 255 being no ink, as Adobe's programs do.
     *
     * @return whether they are; false for other pictures
     */
    public boolean isInverted() {
        return inverted;
    }
}
