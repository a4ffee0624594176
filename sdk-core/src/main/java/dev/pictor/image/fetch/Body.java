package dev.pictor.image.fetch;

import static dev.pictor.image.ImageRejectedException.Reason.TOO_MANY_BYTES;

import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.fetch.ImageFetchException.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What follows the head, as RFC 9112 section 6 delimits it: chunks, a length, or the end of the connection. */
final class Body {

    private Body() {}

    static InputStream open(Target target, Head head, InputStream in, int maxBytes) {
        String encoding = head.field("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw target.failure(Reason.BAD_ANSWER, "the answer is compressed, which was not asked for");
        }
        String transfer = head.field("transfer-encoding");
        String declared = head.field("content-length");
        if (transfer != null) {
            if (declared != null || !transfer.equalsIgnoreCase("chunked")) {
                throw target.failure(
                        Reason.BAD_ANSWER,
                        "the answer's transfer encoding is other than chunked, or it has a length too");
            }
            return new Pieces(target, in, null);
        }
        if (declared == null) {
            return in;
        }
        if (!declared.matches("[0-9]{1,18}")) {
            throw target.failure(Reason.BAD_ANSWER, "the answer's Content-Length is no number");
        }
        long length = Long.parseLong(declared);
        if (length > maxBytes) {
            throw new ImageRejectedException(
                    TOO_MANY_BYTES, "picture has " + length + " bytes by its Content-Length, the limit is " + maxBytes);
        }
        return new Pieces(target, in, length);
    }

    /** A body that is one piece of declared length or a row of chunks; both are broken off when they end too early. */
    private static final class Pieces extends InputStream {

        /** A size and extensions, which nobody uses. */
        private static final int MAX_CHUNK_HEAD_BYTES = 1_024;

        private final Target target;
        private final InputStream in;
        private final boolean chunked;
        private long left;
        private boolean begun;
        private boolean ended;

        Pieces(Target target, InputStream in, @Nullable Long length) {
            this.target = target;
            this.in = in;
            this.chunked = length == null;
            this.left = length == null ? 0 : length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0 && !ended) {
                next();
            }
            if (ended) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw target.failure(
                        Reason.TRUNCATED,
                        "the answer ended " + left + " bytes before its " + (chunked ? "chunk" : "body") + " did");
            }
            left -= count;
            return count;
        }

        /** Goes to the next chunk; what may follow the last one is of no interest. */
        private void next() throws IOException {
            if (chunked) {
                Lines lines = new Lines(target, in, MAX_CHUNK_HEAD_BYTES);
                if (begun && !lines.next().isEmpty()) {
                    throw target.failure(Reason.BAD_ANSWER, "a chunk is longer than it says");
                }
                begun = true;
                String size = lines.next().split(";", 2)[0].strip();
                if (!size.matches("[0-9a-fA-F]{1,15}")) {
                    throw target.failure(Reason.BAD_ANSWER, "a chunk has no size");
                }
                left = Long.parseLong(size, 16);
            }
            ended = left == 0;
        }
    }
}
