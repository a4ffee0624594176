package dev.pictor.model.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.image.ImageBytes;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A body of {@code multipart/form-data} (RFC 7578): fields and files, each with a name, in the order in which they were
 * added. Bytes of files are not copied. Not thread-safe.
 */
public final class MultipartBody {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._\\[\\]-]{1,100}");

    private final String boundary = "pictor-" + UUID.randomUUID();
    private final List<ByteBuffer> parts = new ArrayList<>();

    private MultipartBody() {}

    /**
     * Returns a body without parts.
     *
     * @return a new body
     */
    public static MultipartBody create() {
        return new MultipartBody();
    }

    /**
     * Adds a field.
     *
     * @param name letters, digits and {@code . _ - [ ]}
     * @param value its text, sent as UTF-8
     * @return this body
     * @throws IllegalArgumentException if the name has other characters
     */
    @CanIgnoreReturnValue
    public MultipartBody field(String name, String value) {
        head("name=\"" + checked(name) + "\"", "");
        parts.add(ByteBuffer.wrap(requireNonNull(value, "value").getBytes(UTF_8)));
        return this;
    }

    /**
     * Adds a picture as a file of its media type.
     *
     * @param name as {@link #field} takes it
     * @param fileName the file's name, of the same characters
     * @param image its bytes
     * @return this body
     * @throws IllegalArgumentException if a name has other characters
     */
    @CanIgnoreReturnValue
    public MultipartBody file(String name, String fileName, ImageBytes image) {
        head(
                "name=\"" + checked(name) + "\"; filename=\"" + checked(fileName) + "\"",
                "Content-Type: " + image.format().mediaType() + "\r\n");
        parts.add(image.asByteBuffer());
        return this;
    }

    /**
     * Returns what the header {@code Content-Type} has to say.
     *
     * @return the media type with its boundary
     */
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /**
     * Returns the body.
     *
     * @return of known length, to be sent as often as wanted
     */
    public BodyPublisher publisher() {
        List<BodyPublisher> all = new ArrayList<>(parts.size() + 1);
        parts.forEach(part -> all.add(BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new BufferInput(part.duplicate())), part.remaining())));
        all.add(BodyPublishers.ofString((parts.isEmpty() ? "" : "\r\n") + "--" + boundary + "--\r\n"));
        return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }

    private void head(String disposition, String more) {
        String head = (parts.isEmpty() ? "" : "\r\n") + "--" + boundary + "\r\nContent-Disposition: form-data; "
                + disposition + "\r\n" + more + "\r\n";
        parts.add(ByteBuffer.wrap(head.getBytes(UTF_8)));
    }

    private static String checked(String name) {
        if (!PLAIN.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name in a form has 1 to 100 letters, digits and . _ - [ ], was \"" + name + "\"");
        }
        return name;
    }

    /** Reads a buffer. The JDK's publisher asks for pieces of 16 KiB, so a large file is never copied as a whole. */
    private static final class BufferInput extends InputStream {

        private final ByteBuffer bytes;

        BufferInput(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.hasRemaining() ? bytes.get() & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (!bytes.hasRemaining()) {
                return length == 0 ? 0 : -1;
            }
            int count = Math.min(length, bytes.remaining());
            bytes.get(into, offset, count);
            return count;
        }
    }
}
