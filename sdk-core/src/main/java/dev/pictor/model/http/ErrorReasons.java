package dev.pictor.model.http;

import dev.pictor.model.ModelFailure.Reason;
import java.util.Optional;

/** Knows what one vendor means by an error, where neither its status nor its code tells. Thread-safe and quick. */
@FunctionalInterface
public interface ErrorReasons {

    /**
     * Reads an error.
     *
     * @param status the HTTP status, not 2xx
     * @param body what came with it, at most 64 KiB
     * @return what it means, or empty to go by code and status
     */
    Optional<Reason> reason(int status, String body);
}
