package dev.pictor.model.http;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import java.net.http.HttpRequest;

/**
 * The way to a model over HTTP/1.1, one attempt a call. Thread-safe.
 */
public final class ModelHttp implements AutoCloseable {

    ModelHttp(ModelHttpBuilder settings) {}

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static ModelHttpBuilder builder() {
        return new ModelHttpBuilder();
    }

    /**
     * Sends a request once and reads its answer, on this thread. The request's own {@code timeout} is not needed: a call
     * ends when its context says so, and its connection is closed then.
     *
     * @param modelId who is asked, for failures
     * @param request what is sent
     * @param call deadline and cancellation
     * @param reader makes something of an answer with status 200 to 299
     * @param <T> what is made of it
     * @return what was made of it
     * @throws ModelException if no usable answer came
     * @throws InterruptedException if this thread was interrupted; the connection is closed then
     */
    public <T> T send(String modelId, HttpRequest request, CallContext call, AnswerReader<T> reader)
            throws InterruptedException {
        if (call.isCancelled()) {
            throw new InterruptedException("the call was over before " + modelId + " was asked");
        }
        throw new UnsupportedOperationException("not written yet");
    }

    /** Stops the calls in flight, closes all connections and ends the threads. */
    @Override
    public void close() {}
}
