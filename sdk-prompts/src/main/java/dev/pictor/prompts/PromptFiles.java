package dev.pictor.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A place with prompt files. Paths are relative, with {@code /}, and made of allowed names. Thread-safe. */
interface PromptFiles {

    /**
     * Opens a file.
     *
     * @return its bytes, which the caller closes, or empty if there is none
     * @throws IOException if it is there and cannot be read
     */
    Optional<InputStream> open(String path) throws IOException;

    /** Returns something that is equal as long as a file stays as it is, or stays away. */
    Object stamp(String path);

    /** Returns what to call a file's place. */
    String origin(String path);

    /** Returns the variants of a prompt, sorted, as far as the place can list them. */
    List<String> variants(String name);

    /**
     * Reads a file.
     *
     * @return its text, or empty if there is none
     * @throws PromptFailure if it cannot be read, is no UTF-8 or larger than 256 KiB
     */
    default Optional<String> read(String path) {
        final int maxBytes = 256 * 1024;
        byte[] bytes;
        try {
            Optional<InputStream> opened = open(path);
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            try (InputStream in = opened.get()) {
                bytes = in.readNBytes(maxBytes + 1);
            }
            if (bytes.length > maxBytes) {
                throw new PromptFailure(
                        PromptException.Reason.TOO_LARGE, origin(path) + " is larger than " + maxBytes + " bytes");
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new PromptFailure(PromptException.Reason.MALFORMED, origin(path) + " is not UTF-8", e);
        } catch (IOException e) {
            throw new PromptFailure(PromptException.Reason.MALFORMED, origin(path) + " cannot be read", e);
        }
    }
}
