package dev.pictor.model;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor needs to go on from an earlier answer, such as the conversation so far with the model's signatures, or
 * the vendor's name for it. Only adapters of the vendor that gave it can read it; to everyone else it is bytes, which
 * may hold prompts and pictures. Immutable.
 */
public final class Continuation {

    private final String provider;
    private final byte[] state;

    private Continuation(String provider, byte[] state) {
        this.provider = provider;
        this.state = state;
    }

    /**
     * Returns a continuation with a copy of the given bytes.
     *
     * @param provider who can go on, as {@link ModelProfile#provider()} names it
     * @param state in a form of the adapter's own
     * @return the continuation
     */
    public static Continuation of(String provider, byte[] state) {
        return new Continuation(requireNonNull(provider, "provider"), state.clone());
    }

    /**
     * Returns who can go on from here.
     *
     * @return a {@link ModelProfile#provider()}
     */
    public String provider() {
        return provider;
    }

    /**
     * Returns a view of the bytes, without a copy.
     *
     * @return a new read-only buffer
     */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(state).asReadOnlyBuffer();
    }

    /**
     * Returns the SHA-256 of the bytes.
     *
     * @return its name as an artifact
     */
    public Sha256 sha256() {
        return Sha256.of(state);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Continuation that && provider.equals(that.provider) && Arrays.equals(state, that.state);
    }

    @Override
    public int hashCode() {
        return 31 * provider.hashCode() + Arrays.hashCode(state);
    }

    @Override
    public String toString() {
        return "Continuation[" + provider + ", " + state.length + " bytes]";
    }
}
