package dev.pictor.image;

import java.nio.ByteBuffer;
import org.immutables.value.Value;

/**
 * What the first bytes of a picture tell about it, without decoding a pixel. Immutable. File names and declared media
 * types are not believed.
 */
@Value.Immutable
public abstract class ImageHeader {

    ImageHeader() {}

    /**
     * Reads a header. It takes microseconds, and some milliseconds for a file of many segments or chunks, of which there may be
     * 100,000; memory does not depend on the size.
     *
     * @param bytes the picture from its first byte; left as it was
     * @return what the header tells
     * @throws ImageRejectedException if there are no bytes, they are no picture, one that is not read, or its header is
     *     broken or cut off
     */
    public static ImageHeader read(ByteBuffer bytes) {
        return Sniffer.read(bytes.slice());
    }

    /**
     * What the bytes are.
     *
     * @return the format
     */
    public abstract ImageFormat format();

    /**
     * Width and height as stored, before orientation.
     *
     * @return pixels
     */
    public abstract PixelSize size();

    /**
     * How the samples were packed.
     *
     * @return the coding
     */
    public abstract Coding coding();

    /**
     * What the stored samples of a pixel are.
     *
     * @return the colour model
     */
    public abstract ColorModel colorModel();

    /**
     * Bits of a stored sample, or of a palette index. Default: 8.
     *
     * @return 1, 2, 4, 8 or 16
     */
    @Value.Default
    public int bitDepth() {
        return 8;
    }

    /**
     * How the stored rows lie against the upright picture, by EXIF. Default: upright.
     *
     * @return the orientation
     */
    @Value.Default
    public Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    /**
     * Whether pixels can be transparent: an alpha channel, a transparent colour or a palette with alpha. Default: false.
     *
     * @return whether the decoded picture has alpha
     */
    @Value.Default
    public boolean hasAlpha() {
        return false;
    }

    /**
     * How many frames an animation declares. Default: 1.
     *
     * @return frames, at least 1
     */
    @Value.Default
    public int frames() {
        return 1;
    }

    /**
     * Whether rows come in several passes, each finer: PNG by Adam7, JPEG in progressive mode. Default: false.
     *
     * @return whether the picture is interlaced or progressive
     */
    @Value.Default
    public boolean isInterlaced() {
        return false;
    }

    /**
     * Whether an ICC profile is embedded, be it a broken one. Default: false.
     *
     * @return whether there is a profile
     */
    @Value.Default
    public boolean hasProfile() {
        return false;
    }

    /**
     * How many of the bytes are metadata, as stored: profile, EXIF, XMP, comments, text and whatever else pixels can do
     * without. Default: 0.
     *
     * @return bytes
     */
    @Value.Default
    public int metadataBytes() {
        return 0;
    }

    /**
     * Width and height of the upright picture.
     *
     * @return pixels, after orientation
     */
    public PixelSize uprightSize() {
        return orientation().upright(size());
    }

    @Value.Check
    void check() {
        if (frames() < 1 || metadataBytes() < 0 || bitDepth() < 1 || bitDepth() > 16) {
            throw new IllegalArgumentException("a header of " + frames() + " frames, " + metadataBytes()
                    + " bytes of metadata and " + bitDepth() + " bits a sample");
        }
    }

    /** How samples are packed. More may come; keep a {@code default} branch. */
    public enum Coding {
        /** PNG: zlib. */
        DEFLATE,
        /** JPEG in baseline or extended sequential mode, Huffman-coded. */
        JPEG_SEQUENTIAL,
        /** JPEG in progressive mode, Huffman-coded. */
        JPEG_PROGRESSIVE,
        /** JPEG in lossless mode (SOF3), Huffman-coded: rare, and not read by the JDK. */
        JPEG_LOSSLESS,
        /** WebP, lossy. */
        VP8,
        /** WebP, lossless. */
        VP8L
    }

    /** What stored samples are. More may come; keep a {@code default} branch. */
    public enum ColorModel {
        /** One grey sample. */
        GREY,
        /** Grey and alpha. */
        GREY_ALPHA,
        /** Red, green, blue. */
        RGB,
        /** Red, green, blue, alpha. */
        RGBA,
        /** An index into a table of colours. */
        PALETTE,
        /** Luma and two colour differences. */
        YCBCR,
        /** Cyan, magenta, yellow, black. */
        CMYK,
        /** CMYK with its first three as luma and colour differences. */
        YCCK
    }
}
