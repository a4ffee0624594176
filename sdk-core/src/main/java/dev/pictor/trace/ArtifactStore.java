package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Keeps bytes under their SHA-256.
 *
 * <p><b>Threads.</b> Called from many threads at once, also with the same bytes.
 *
 * <p><b>Blocking.</b> Returns when the bytes are kept: a record that names them may be written next.
 *
 * <p><b>Errors.</b> {@link java.io.UncheckedIOException} if they cannot be kept or read. Nothing half-written is ever
 * visible.
 *
 * <p><b>Closing.</b> Whoever made the store closes it.
 */
public interface ArtifactStore {

    /**
     * Keeps bytes. Does nothing if they are kept already.
     *
     * @param sha256 the SHA-256 of the bytes
     * @param bytes what to keep, from position to limit; left as it was
     */
    void put(Sha256 sha256, ByteBuffer bytes);

    /**
     * Returns bytes.
     *
     * @param sha256 their SHA-256
     * @return a new read-only buffer over them, with a position of its own, or empty if they are not kept
     */
    Optional<ByteBuffer> get(Sha256 sha256);

    /**
     * Keeps a picture.
     *
     * @param image what to keep
     * @return its reference
     */
    default ArtifactRef put(ImageBytes image) {
        put(image.sha256(), image.asByteBuffer());
        return ArtifactRef.of(image);
    }

    /**
     * Returns a picture, under the default limits. See {@link #image(Sha256, ImageLimits)}.
     *
     * @param sha256 the picture's name
     * @return the picture, or empty if it is not kept
     * @throws java.io.UncheckedIOException if it cannot be read, or other bytes are kept under its name
     * @throws dev.pictor.image.ImageRejectedException if the bytes are no known picture, or it is too large
     */
    default Optional<ImageBytes> image(Sha256 sha256) {
        return image(sha256, ImageLimits.ofDefaults());
    }

    /**
     * Returns a picture. Its bytes are hashed and must be those that the name stands for: what a damaged store gives is not
     * taken for the picture that was asked for.
     *
     * @param sha256 the picture's name
     * @param limits checked on its bytes
     * @return the picture, or empty if it is not kept
     * @throws java.io.UncheckedIOException if it cannot be read, or other bytes are kept under its name
     * @throws dev.pictor.image.ImageRejectedException if the bytes are no known picture, or it is too large
     */
    default Optional<ImageBytes> image(Sha256 sha256, ImageLimits limits) {
        requireNonNull(limits, "limits");
        return get(sha256).map(kept -> KeptPicture.read(sha256, kept, limits));
    }

    /**
     * Returns the store that keeps nothing.
     *
     * @return always the same store
     */
    static ArtifactStore none() {
        return NoArtifactStore.INSTANCE;
    }
}
