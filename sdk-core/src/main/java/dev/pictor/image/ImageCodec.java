package dev.pictor.image;

import java.util.Set;

/**
 * Turns encoded pictures of some formats into rows of samples, and pictures into encoded bytes. Everything around that is
 * done for it: limits are checked before a codec is asked; orientation, profiles and conversion to sRGB come after.
 *
 * <p>Decoding gets bare bytes: one still picture in canonical form. JPEG has one frame, tables, an Adobe segment that tells
 * the transform (but for one channel and for lossless mode), component ids from 1, no metadata, and ends with EOI; WebP is
 * the first frame as a simple or an extended file with nothing but alpha and image data; PNG is as it came. A codec thus
 * sees few of the oddities of the wild.
 *
 * <p><b>Threads.</b> Called from many threads at once.
 *
 * <p><b>Blocking.</b> Works on the caller's thread. An interrupt shows as
 * {@link java.util.concurrent.CancellationException} from {@link PixelSink#row}.
 *
 * <p><b>Errors.</b> {@link ImageRejectedException} with {@code BROKEN_PIXELS} or {@code UNSUPPORTED}. A codec that gets
 * some rows before the data break delivers those and returns; the missing rows are filled and told of. Whatever else a codec
 * throws, other than an error of the JVM, is taken as broken pixels.
 *
 * <p><b>Closing.</b> Nothing to close.
 */
public interface ImageCodec {

    /**
     * Tells whether this codec decodes a picture.
     *
     * @param header its header
     * @return whether {@link #decode} may be called with it
     */
    boolean decodes(ImageHeader header);

    /**
     * Returns the formats that this codec writes.
     *
     * @return formats, may be none
     */
    Set<ImageFormat> encodes();

    /**
     * Decodes a picture.
     *
     * @param image bare bytes and their header
     * @param sink takes layout, rows and warnings
     * @throws ImageRejectedException if no row can be had
     */
    void decode(BareImage image, PixelSink sink);

    /**
     * Encodes a picture, without metadata. The encoding's {@code maxBytes} and metadata choice are not for codecs: the
     * caller asks again with a lower quality, and puts metadata in.
     *
     * @param picture what to encode; opaque for JPEG
     * @param encoding format and quality
     * @return the encoded bytes, which the caller may keep
     */
    byte[] encode(Picture picture, Encoding encoding);
}
