package dev.pictor.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;

/** How a call in flight comes to its end before its answer does. */
enum WireStop {
    DEADLINE("its time is up") {
        @Override
        void stop(WireBench<?> bench) {
            assertInTime(bench, Thread.currentThread());
        }
    },
    DEADLINE_ALONE("its time is up and nobody interrupts it") {
        @Override
        void stop(WireBench<?> bench) {
            assertInTime(bench, new Thread());
        }
    },
    CANCEL("it is cancelled") {
        @Override
        void stop(WireBench<?> bench) throws InterruptedException {
            WireCall call = bench.askInBackground();
            bench.server().takeRequest(WireBench.LONG);
            call.cancel();
            assertStopped(call.failure(), Reason.CANCELLED);
        }
    },
    INTERRUPTION("its thread is interrupted") {
        @Override
        void stop(WireBench<?> bench) throws InterruptedException {
            WireCall call = bench.askInBackground();
            bench.server().takeRequest(WireBench.LONG);
            call.interrupt();
            assertThat(call.failure()).isInstanceOf(InterruptedException.class);
        }
    };

    private final String text;

    WireStop(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    abstract void stop(WireBench<?> bench) throws InterruptedException;

    /** Begins a call that hangs, ends it, and sees to it that its connection is closed. */
    void end(WireBench<?> bench) throws InterruptedException {
        stop(bench);
        bench.server().awaitClientClosed(1, WireBench.PROMPTLY);
        bench.assertRequests(1);
    }

    private static void assertInTime(WireBench<?> bench, Thread interrupted) {
        long start = System.nanoTime();
        try (TestCallContext call = TestCallContext.within(WireBench.SHORT, interrupted)) {
            assertStopped(catchThrowable(() -> bench.ask(call)), Reason.TIMED_OUT);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(WireBench.SHORT, WireBench.SHORT.plus(WireBench.PROMPTLY));
    }

    private static void assertStopped(Throwable thrown, Reason reason) {
        if (thrown instanceof ModelException failure) {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
        } else {
            assertThat(thrown).isInstanceOf(InterruptedException.class);
        }
    }
}
