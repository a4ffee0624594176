package dev.pictor.image.measure;

import java.util.concurrent.CancellationException;

/** Stops long work on an interrupted thread. */
final class Interruption {

    private Interruption() {}

    /**
     * Asks the current thread, and leaves its flag as it is.
     *
     * @throws CancellationException if it is interrupted
     */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while a picture was measured");
        }
    }
}
