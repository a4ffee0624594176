package dev.pictor.image.fetch;

import dev.pictor.image.fetch.ImageFetchException.Reason;
import java.io.IOException;
import java.io.InputStream;

/** The lines of an answer, each byte a character, up to a number of bytes in all. Not thread-safe. */
final class Lines {

    private final Target target;
    private final InputStream in;
    private final int maxBytes;
    private int taken;

    Lines(Target target, InputStream in, int maxBytes) {
        this.target = target;
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** Returns the next line without its end, which is CR LF or LF. */
    String next() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = take(); b != '\n'; b = take()) {
            line.append((char) b);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }

    private int take() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw target.failure(Reason.TRUNCATED, "the answer ended inside its header or a chunk's");
        }
        if (++taken > maxBytes) {
            throw target.failure(
                    Reason.TOO_MANY_HEADER_BYTES,
                    "the answer's header, or a chunk's, is longer than " + maxBytes + " bytes");
        }
        return b;
    }
}
