package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * The tests of {@link ImageModelAdapterContract}, and more for an adapter that reaches its model over a network: a call
 * that hangs can be stopped, and leaves nothing behind. The subclass runs a server of its own, such as
 * {@link FaultServer}. Not thread-safe.
 */
public abstract class RemoteImageModelAdapterContract extends ImageModelAdapterContract {

    private static final Duration PROMPTLY = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    /** For subclasses. */
    protected RemoteImageModelAdapterContract() {}

    /** Makes the server take the next request and never answer it. */
    protected abstract void stall();

    /**
     * Waits until the request of the call that hangs has reached the server.
     *
     * @param within how long to wait at most
     * @throws InterruptedException if interrupted while waiting
     * @throws AssertionError if it does not come in time
     */
    protected abstract void awaitStalled(Duration within) throws InterruptedException;

    /**
     * Waits until the client has closed the connection of the call that hung.
     *
     * @param within how long to wait at most
     * @throws InterruptedException if interrupted while waiting
     * @throws AssertionError if it is not closed in time
     */
    protected abstract void awaitReleased(Duration within) throws InterruptedException;

    @Test
    void aHangingCallEndsAtItsDeadlineAndLeavesNoConnection() throws InterruptedException {
        stall();
        long start = System.nanoTime();
        try (TestCallContext call = TestCallContext.within(SHORT)) {
            assertStoppedAfterSending(catchThrowable(() -> adapter().generate(request(), call)));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plus(PROMPTLY));
        awaitReleased(PROMPTLY);
    }

    @Test
    void aHangingCallEndsAtItsDeadlineWithoutBeingInterrupted() throws InterruptedException {
        stall();
        long start = System.nanoTime();
        try (TestCallContext call = TestCallContext.within(SHORT, new Thread())) {
            assertStoppedAfterSending(catchThrowable(() -> adapter().generate(request(), call)));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plus(PROMPTLY));
        awaitReleased(PROMPTLY);
    }

    @Test
    void aHangingCallEndsWhenItIsCancelled() throws InterruptedException {
        stall();
        Call call = new Call();
        awaitStalled(LONG);
        call.context().cancel();
        call.assertStopped();
        awaitReleased(PROMPTLY);
    }

    @Test
    void aHangingCallEndsWhenItsThreadIsInterrupted() throws InterruptedException {
        stall();
        Call call = new Call();
        awaitStalled(LONG);
        call.thread.interrupt();
        call.assertStopped();
        assertThat(call.thrown.get()).isInstanceOf(InterruptedException.class);
        awaitReleased(PROMPTLY);
    }

    private static void assertStoppedAfterSending(Throwable thrown) {
        assertStopped(thrown);
        if (thrown instanceof ModelException failure) {
            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
        }
    }

    /** A call on a thread of its own. */
    private final class Call {

        private final AtomicReference<Throwable> thrown = new AtomicReference<>();
        private final AtomicReference<TestCallContext> context = new AtomicReference<>();
        private final Thread thread = new Thread(this::run, "testkit-hanging-call");

        Call() {
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            try (TestCallContext call = TestCallContext.within(LONG)) {
                context.set(call);
                thrown.set(catchThrowable(() -> adapter().generate(request(), call)));
            }
        }

        TestCallContext context() {
            return context.get();
        }

        void assertStopped() throws InterruptedException {
            thread.join(PROMPTLY.toMillis());
            assertThat(thread.isAlive()).as("the call goes on").isFalse();
            assertStoppedAfterSending(thrown.get());
        }
    }
}
