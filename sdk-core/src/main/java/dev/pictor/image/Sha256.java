package dev.pictor.image;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest of some bytes: the name by which a picture or any other artifact is stored. Immutable. Being 64
 * characters of hexadecimal and nothing else, it is safe in a file name.
 *
 * @param hex 64 lower-case hexadecimal characters
 */
public record Sha256(@JsonValue String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it is not 64 lower-case hexadecimal characters
     */
    @JsonCreator
    public Sha256 {
        requireNonNull(hex, "hex");
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "SHA-256 must be 64 lower-case hexadecimal characters, was \"" + hex + "\"");
        }
    }

    /**
     * Returns the digest of bytes.
     *
     * @param bytes any bytes
     * @return their SHA-256
     */
    public static Sha256 of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /**
     * Returns the digest of the remaining bytes of a buffer, which is left as it was.
     *
     * @param bytes any bytes
     * @return their SHA-256
     */
    public static Sha256 of(ByteBuffer bytes) {
        MessageDigest digest = newDigest();
        digest.update(bytes.duplicate());
        return of(digest);
    }

    /** Ends a digest from {@link #newDigest()}, which starts anew. */
    static Sha256 of(MessageDigest digest) {
        return new Sha256(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return hex;
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256, which every JVM must have", e);
        }
    }
}
