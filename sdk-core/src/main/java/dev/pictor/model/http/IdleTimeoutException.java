package dev.pictor.model.http;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/** No byte of an answer came for a while, though the connection is open. Thread-safe. */
public final class IdleTimeoutException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    IdleTimeoutException(Duration idle) {
        super("no byte came for " + idle.toMillis() + " ms");
    }
}
