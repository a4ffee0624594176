package dev.pictor.testkit.recording;

import java.net.URI;

/**
 * A vendor on the loopback address: one that is recorded, or a recording of one. An adapter under test is given its
 * address as the base URL. Thread-safe.
 */
public interface RecordedServer extends AutoCloseable {

    /**
     * Returns where it listens.
     *
     * @return such as {@code http://127.0.0.1:40123}, without a path
     */
    URI uri();

    /** Ends it; what is recorded is written. */
    @Override
    void close();
}
