package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.TOO_MANY_BYTES;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An encoded picture: its bytes, with format and size read from its header. Immutable and thread-safe. Two are equal
 * when their bytes are.
 *
 * <p>The bytes are not decoded, so a picture can still turn out to be broken further down; what is sure is that the
 * header is sound and within {@link ImageLimits}.
 */
public final class ImageBytes {

    private final byte[] bytes;
    private final ImageHeader header;

    /** Computed on first use; racing threads compute the same value. */
    private volatile @Nullable Sha256 sha256;

    private ImageBytes(byte[] bytes, ImageHeader header) {
        this.bytes = bytes;
        this.header = header;
    }

    /**
     * Returns a picture with a copy of the given bytes, under the default limits.
     *
     * @param bytes an encoded picture
     * @return the picture
     * @throws ImageRejectedException if the bytes are no known picture, or it is too large
     */
    public static ImageBytes of(byte[] bytes) {
        return wrap(bytes.clone());
    }

    /**
     * Returns a picture over the given array, without a copy, under the default limits. The caller gives the array
     * away and does not write to it again.
     *
     * @param bytes an encoded picture
     * @return the picture
     * @throws ImageRejectedException if the bytes are no known picture, or it is too large
     */
    public static ImageBytes wrap(byte[] bytes) {
        return wrap(bytes, ImageLimits.ofDefaults());
    }

    /**
     * Returns a picture over the given array, without a copy. The caller gives the array away and does not write to it
     * again.
     *
     * @param bytes an encoded picture
     * @param limits how large it may be
     * @return the picture
     * @throws ImageRejectedException if the bytes are no known picture, or it is too large
     */
    public static ImageBytes wrap(byte[] bytes, ImageLimits limits) {
        requireNonNull(bytes, "bytes");
        checkBytes(bytes.length, limits);
        ImageHeader header = ImageHeader.read(ByteBuffer.wrap(bytes));
        limits.check(header);
        return new ImageBytes(bytes, header);
    }

    /**
     * Reads a picture from a file, under the default limits. A file that is too large is refused before it is read.
     *
     * @param file an encoded picture
     * @return the picture
     * @throws UncheckedIOException if the file cannot be read
     * @throws ImageRejectedException if the file is no known picture, or it is too large
     */
    public static ImageBytes read(Path file) {
        ImageLimits limits = ImageLimits.ofDefaults();
        try (InputStream in = Files.newInputStream(file)) {
            checkBytes(Files.size(file), limits);
            byte[] bytes = in.readNBytes(limits.maxBytes() + 1); // the file may have grown since
            return wrap(bytes, limits);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read picture " + file, e);
        }
    }

    private static void checkBytes(long count, ImageLimits limits) {
        if (count > limits.maxBytes()) {
            throw new ImageRejectedException(
                    TOO_MANY_BYTES, "picture has " + count + " bytes, the limit is " + limits.maxBytes());
        }
    }

    /**
     * Returns what the first bytes tell.
     *
     * @return the header
     */
    public ImageHeader header() {
        return header;
    }

    /**
     * Returns the format.
     *
     * @return as the first bytes tell it
     */
    public ImageFormat format() {
        return header.format();
    }

    /**
     * Returns width and height.
     *
     * @return pixels, as stored (before any EXIF orientation)
     */
    public PixelSize size() {
        return header.size();
    }

    /**
     * Returns the encoded length.
     *
     * @return bytes, at least 1
     */
    public int byteCount() {
        return bytes.length;
    }

    /**
     * Returns the SHA-256 of the encoded bytes, computed once.
     *
     * @return the name of this picture as an artifact
     */
    public Sha256 sha256() {
        Sha256 known = sha256;
        if (known == null) {
            known = Sha256.of(bytes);
            sha256 = known;
        }
        return known;
    }

    /**
     * Returns a view of the encoded bytes, without a copy.
     *
     * @return a new read-only buffer from first to last byte
     */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /**
     * Returns a copy of the encoded bytes.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /**
     * Writes the encoded bytes to a file, which is replaced if it exists.
     *
     * @param file where to
     * @throws UncheckedIOException if the file cannot be written
     */
    public void writeTo(Path file) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write picture " + file, e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageBytes that && sha256().equals(that.sha256());
    }

    @Override
    public int hashCode() {
        return sha256().hashCode();
    }

    @Override
    public String toString() {
        return format() + " " + size() + ", " + bytes.length + " bytes";
    }
}
