package dev.pictor.model.http;

import java.io.IOException;

/**
 * Makes something of an answer while it comes in. Thread-safe: one reader serves many calls.
 *
 * <p><b>Threads and blocking.</b> Called on the thread that made the call. Reading blocks until bytes come; it ends with
 * an {@link IOException} when the call is stopped, which a reader lets through.
 *
 * <p><b>Errors.</b> What an {@link IOException} of the reader's own, or an
 * {@link dev.pictor.image.ImageRejectedException}, tells is that a complete answer is of no use. A
 * {@link dev.pictor.model.ModelException} passes through as it is.
 *
 * @param <T> what is made of it
 */
@FunctionalInterface
public interface AnswerReader<T> {

    /**
     * Reads an answer.
     *
     * @param answer one with a status from 200 to 299
     * @return what was made of it
     * @throws IOException if the answer is broken or reading it fails
     */
    T read(HttpAnswer answer) throws IOException;
}
