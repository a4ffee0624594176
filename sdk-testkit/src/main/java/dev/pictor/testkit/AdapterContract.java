package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The tests that an adapter of every kind passes, offline. Extend the contract of the adapter's kind, not this one. Not
 * thread-safe.
 *
 * @param <Q> what is asked
 * @param <R> what is answered
 */
public abstract class AdapterContract<Q, R extends ModelResult> {

    private static final Duration PROMPTLY = Duration.ofSeconds(5);
    private static final int THREADS = 8;

    AdapterContract() {}

    /**
     * Returns a request that the adapter serves without a warning.
     *
     * @return nothing beyond the ordinary
     */
    protected abstract Q request();

    /**
     * Prepares the other side for calls that are to succeed, such as by putting as many answers into the script of a
     * server. Does nothing by default.
     *
     * @param calls how many calls will follow, 1 or more
     */
    protected void prepare(int calls) {}

    /**
     * Prepares the other side for a call that is to succeed. Default: as {@link #prepare(int)} does for one.
     *
     * @param request what will be asked
     */
    protected void prepare(Q request) {
        prepare(1);
    }

    /** What the adapter says it is. */
    abstract ModelProfile profile();

    /** Asks the adapter. */
    abstract R call(Q request, CallContext call) throws InterruptedException;

    /** Asks the adapter for what will go well, with a server prepared for it. */
    final R ask(Q request) throws InterruptedException {
        prepare(request);
        try (TestCallContext call = TestCallContext.unbounded()) {
            return call(request, call);
        }
    }

    @Test
    void itsProfileIsCompleteAndTheSameOnEachCall() {
        ModelProfile profile = profile();
        assertThat(profile()).isEqualTo(profile);
        assertThat(profile.id()).isNotBlank();
        assertThat(profile.provider()).isNotBlank();
        assertThat(profile.maxReferences()).isNotNegative();
        assertThat(profile.aspectRatios()).doesNotHaveDuplicates();
    }

    @Test
    void doesNothingOnAnInterruptedThread() {
        prepare(1);
        try (TestCallContext call = TestCallContext.unbounded()) {
            long start = System.nanoTime();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> call(request(), call)).isInstanceOf(InterruptedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void doesNothingForACallThatIsCancelledAlready() {
        prepare(1);
        try (TestCallContext call = TestCallContext.unbounded()) {
            call.cancel();
            long start = System.nanoTime();
            assertStopped(catchThrowable(() -> call(request(), call)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
        }
    }

    @Test
    void doesNothingForACallWhoseTimeIsUp() {
        prepare(1);
        try (TestCallContext call = TestCallContext.within(Duration.ZERO, new Thread())) {
            long start = System.nanoTime();
            assertStopped(catchThrowable(() -> call(request(), call)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPTLY);
        }
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        prepare(THREADS);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<R>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(threads.submit(() -> {
                    together.await(10, SECONDS);
                    try (TestCallContext call = TestCallContext.unbounded()) {
                        return call(request(), call);
                    }
                }));
            }
            for (Future<R> call : calls) {
                assertThat(call.get(60, SECONDS).servedBy()).isNotBlank();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Asserts that a request is refused because it cannot be served as it is, at no cost. */
    final void assertRefused(Q request) {
        try (TestCallContext call = TestCallContext.unbounded()) {
            assertThatThrownBy(() -> call(request, call)).isInstanceOfSatisfying(ModelException.class, refusal -> {
                assertThat(refusal.reason()).isEqualTo(Reason.INVALID_REQUEST);
                assertThat(refusal.billed()).isIn(Billed.NOT_SENT, Billed.REJECTED);
                assertThat(refusal.modelId()).isEqualTo(profile().id());
            });
        }
    }

    /** Asserts that a call ended because it was stopped, and in no other way. */
    static void assertStopped(Throwable thrown) {
        if (thrown instanceof ModelException failure) {
            assertThat(failure.reason()).isIn(Reason.CANCELLED, Reason.TIMED_OUT);
        } else {
            assertThat(thrown).isInstanceOf(InterruptedException.class);
        }
    }

    static List<String> options(List<OptionWarning> warnings) {
        return warnings.stream().map(OptionWarning::option).toList();
    }
}
