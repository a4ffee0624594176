package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.TOO_MANY_BYTES;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
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

    /** Returns a picture whose digest was taken while its bytes came in. */
    static ImageBytes wrap(byte[] bytes, Sha256 sha256, ImageLimits limits) {
        ImageBytes image = wrap(bytes, limits);
        image.sha256 = sha256;
        return image;
    }

    /** Returns a picture that was encoded here, whatever its size. */
    static ImageBytes ofOwn(byte[] bytes) {
        return new ImageBytes(bytes, ImageHeader.read(ByteBuffer.wrap(bytes)));
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
        return read(file, ImageLimits.ofDefaults());
    }

    /**
     * Reads a picture from a file. A file that is too large is refused before it is read.
     *
     * @param file an encoded picture
     * @param limits how large it may be
     * @return the picture
     * @throws UncheckedIOException if the file cannot be read
     * @throws ImageRejectedException if the file is no known picture, or it is too large
     */
    public static ImageBytes read(Path file, ImageLimits limits) {
        try (InputStream in = Files.newInputStream(file)) {
            checkBytes(Files.size(file), limits);
            return wrap(readWithin(limits, in), limits); // the file may have grown since
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read picture " + file, e);
        }
    }

    /**
     * Reads a picture from a stream to its end, under the default limits. The stream is left open.
     *
     * @param in an encoded picture and nothing after it
     * @return the picture
     * @throws UncheckedIOException if the stream cannot be read
     * @throws ImageRejectedException if the bytes are no known picture, or it is too large
     */
    public static ImageBytes read(InputStream in) {
        return read(in, ImageLimits.ofDefaults());
    }

    /**
     * Reads a picture from a stream to its end. At most one byte beyond the limit is taken, and the stream is left open.
     * The bytes are hashed as they come in, so {@link #sha256()} is known at once.
     *
     * @param in an encoded picture and nothing after it
     * @param limits how large it may be
     * @return the picture
     * @throws UncheckedIOException if the stream cannot be read
     * @throws ImageRejectedException if the bytes are no known picture, or it is too large
     */
    @SuppressWarnings("resource") // the caller closes what the caller opened
    public static ImageBytes read(InputStream in, ImageLimits limits) {
        requireNonNull(in, "in");
        MessageDigest digest = Sha256.newDigest();
        try {
            byte[] bytes = readWithin(limits, new DigestInputStream(in, digest));
            return wrap(bytes, Sha256.of(digest), limits);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read picture from a stream", e);
        }
    }

    /** Takes at most one byte more than the limit, which tells that there are too many. */
    private static byte[] readWithin(ImageLimits limits, InputStream in) throws IOException {
        int most = limits.maxBytes();
        byte[] bytes = in.readNBytes(most == Integer.MAX_VALUE ? most : most + 1);
        if (bytes.length > most) {
            throw new ImageRejectedException(TOO_MANY_BYTES, "picture has more bytes than the limit of " + most);
        }
        return bytes;
    }

    /**
     * Reads a picture from a data URI, under the default limits.
     *
     * @param uri as {@link #ofDataUri(String, ImageLimits)} takes it
     * @return the picture
     * @throws ImageRejectedException if it is no such URI, its bytes are no known picture, or it is too large
     */
    public static ImageBytes ofDataUri(String uri) {
        return ofDataUri(uri, ImageLimits.ofDefaults());
    }

    /**
     * Reads a picture from a data URI: {@code data:image/TYPE;base64,} in any case, then padded base64 without line breaks
     * or percent signs (RFC 2397, RFC 4648 section 4). The type must be an image's, but which one is not believed. A
     * picture that is too large is refused before its base64 is decoded.
     *
     * @param uri a data URI
     * @param limits how large the picture may be
     * @return the picture
     * @throws ImageRejectedException if it is no such URI, its bytes are no known picture, or it is too large
     */
    public static ImageBytes ofDataUri(String uri, ImageLimits limits) {
        return wrap(DataUri.decode(uri, limits.maxBytes()), limits);
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
     * Returns the picture as a data URI, for pages and requests that hold their pictures. It takes four characters for
     * three bytes.
     *
     * @return such as {@code data:image/png;base64,iVBORw0...}, with padding and without line breaks
     */
    public String toDataUri() {
        return DataUri.encode(format(), bytes);
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
