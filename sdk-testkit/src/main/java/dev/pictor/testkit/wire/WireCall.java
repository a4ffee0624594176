package dev.pictor.testkit.wire;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelResult;
import dev.pictor.testkit.TestCallContext;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** A call on a thread of its own. Thread-safe. */
final class WireCall implements AutoCloseable {

    /** What is called. */
    interface Body {
        ModelResult ask(CallContext call) throws InterruptedException;
    }

    private static final AtomicInteger THREADS = new AtomicInteger();

    private final CompletableFuture<ModelResult> outcome = new CompletableFuture<>();
    private final Thread thread;
    private final TestCallContext context;

    WireCall(Body body) {
        this.thread = new Thread(() -> run(body), "testkit-wire-call-" + THREADS.incrementAndGet());
        this.context = TestCallContext.within(WireBench.LONG, thread);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Body body) {
        try {
            outcome.complete(body.ask(context));
        } catch (InterruptedException | RuntimeException | Error e) {
            outcome.completeExceptionally(e);
        }
    }

    /** Cancels as the engine does: interrupts the thread, then runs the hooks. */
    void cancel() {
        context.cancel();
    }

    /** Interrupts the thread, as whoever owns it may. */
    void interrupt() {
        thread.interrupt();
    }

    ModelResult result() throws InterruptedException {
        try {
            return outcome.get(WireBench.LONG.toMillis(), MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the call failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the call goes on", e);
        }
    }

    /** Returns how the call failed, promptly. */
    Throwable failure() throws InterruptedException {
        try {
            ModelResult result = outcome.get(WireBench.PROMPTLY.toMillis(), MILLISECONDS);
            throw new AssertionError("the call went well: " + result);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause(), "cause");
        } catch (TimeoutException e) {
            throw new AssertionError("the call goes on", e);
        }
    }

    /** Waits for the thread's end. */
    @Override
    public void close() {
        context.close();
        try {
            thread.join(WireBench.PROMPTLY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).as("the call goes on").isFalse();
    }
}
