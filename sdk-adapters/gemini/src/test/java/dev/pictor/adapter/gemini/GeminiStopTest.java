package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Named.named;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.TestCallContext;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to stop a call, at every place where it can hang. */
class GeminiStopTest extends GeminiFixture {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Interrupting it does nothing, so only the deadline itself and the hook can stop the call. */
    private static final Thread NOBODY = new Thread();

    static Stream<Named<FaultAnswer>> slow() {
        return Stream.of(
                named("stalls before the headers", FaultAnswer.stall()),
                named("stalls after the headers", FaultAnswer.stallAfterHeaders()),
                named("drips", FaultAnswer.drip(Answers.success(), 1, Duration.ofMillis(10))),
                named(
                        "drips an error",
                        FaultAnswer.json(503, Answers.error(503, "UNAVAILABLE", "busy"))
                                .delay(Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @MethodSource("slow")
    void aDeadlineEndsTheCallAndClosesItsConnection(FaultAnswer answer) throws InterruptedException {
        server.enqueue(answer);
        long start = System.nanoTime();
        try (TestCallContext call = TestCallContext.within(SHORT, NOBODY)) {
            assertThatThrownBy(() -> adapter.generate(LAMP, call))
                    .isInstanceOfSatisfying(ModelException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
                        assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
                        assertSecretsAreKept(failure);
                    });
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plus(SOON));
        assertOneRequestAndNoConnection();
    }

    /** Nobody interrupts, nobody runs the hook: the call keeps to its time by itself. */
    @ParameterizedTest
    @MethodSource("slow")
    void aDeadlineNeedsNobodyToEndTheCall(FaultAnswer answer) throws InterruptedException {
        server.enqueue(answer);
        long start = System.nanoTime();
        CallContext silent = new CallContext() {
            @Override
            public Duration timeLeft() {
                return Duration.ofNanos(Math.max(0, SHORT.toNanos() - (System.nanoTime() - start)));
            }

            @Override
            public boolean isCancelled() {
                return false;
            }

            @Override
            public Registration onCancel(Runnable hook) {
                return () -> {};
            }
        };
        assertThatThrownBy(() -> adapter.generate(LAMP, silent))
                .isInstanceOfSatisfying(ModelException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
                    assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
                });
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plus(SOON));
        assertOneRequestAndNoConnection();
    }

    @ParameterizedTest
    @MethodSource("slow")
    void aCancelEndsTheCallAndClosesItsConnection(FaultAnswer answer) throws InterruptedException {
        server.enqueue(answer);
        Caller caller = new Caller(NOBODY);
        sent();
        caller.call().cancel();
        assertThat(caller.thrown()).isInstanceOfSatisfying(ModelException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.CANCELLED);
            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN_OUTCOME);
            assertSecretsAreKept(failure);
        });
        assertOneRequestAndNoConnection();
    }

    @ParameterizedTest
    @MethodSource("slow")
    void anInterruptionEndsTheCallAndClosesItsConnection(FaultAnswer answer) throws InterruptedException {
        server.enqueue(answer);
        Caller caller = new Caller(NOBODY);
        sent();
        caller.thread.interrupt();
        assertThat(caller.thrown()).isInstanceOf(InterruptedException.class);
        assertSecretsAreKept(caller.thrown());
        assertOneRequestAndNoConnection();
    }

    @ParameterizedTest
    @MethodSource("slow")
    void closingTheAdapterEndsTheCall(FaultAnswer answer) throws InterruptedException {
        server.enqueue(answer);
        Caller caller = new Caller(NOBODY);
        sent();
        adapter.close();
        assertThat(caller.thrown())
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.CANCELLED));
        assertOneRequestAndNoConnection();
    }

    @Test
    void anInterruptionOfAnUploadEndsIt() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GeminiImageAdapter uploader = GeminiImageAdapter.builder(KEY)
                        .baseUrl(URI.create("http://127.0.0.1:" + deaf.getLocalPort()))
                        .build()) {
            ImageBytes large = ImageBytes.wrap(Arrays.copyOf(Answers.PNG, 20_000_000));
            Caller caller =
                    new Caller(uploader, LAMP.toBuilder().addReferences(large).build(), NOBODY);
            try (Socket accepted = deaf.accept()) {
                assertThat(accepted.getInputStream().read())
                        .isEqualTo('P'); // the upload has begun, and fills all buffers
                caller.thread.interrupt();
                assertThat(caller.thrown()).isInstanceOf(InterruptedException.class);
            }
        }
    }

    @Test
    void nothingIsSentWhenTheTimeIsUpOrTheCallIsCancelled() throws InterruptedException {
        try (TestCallContext call = TestCallContext.within(Duration.ZERO, NOBODY)) {
            assertThat(catchThrowable(() -> adapter.generate(LAMP, call)))
                    .isInstanceOfSatisfying(ModelException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
                        assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
                    });
        }
        try (TestCallContext call = TestCallContext.unbounded()) {
            call.cancel();
            assertThat(catchThrowable(() -> adapter.generate(LAMP, call)))
                    .isInstanceOfSatisfying(ModelException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.CANCELLED);
                        assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
                    });
        }
        assertThat(server.requestCount()).isZero();
    }

    @Test
    void stoppingOneCallLeavesTheOthers() throws InterruptedException {
        server.enqueue(FaultAnswer.stall());
        Caller stopped = new Caller(NOBODY);
        sent();
        server.enqueue(FaultAnswer.json(200, Answers.success()).delay(SHORT));
        Caller other = new Caller(NOBODY);
        sent();
        stopped.thread.interrupt();
        assertThat(stopped.thrown()).isInstanceOf(InterruptedException.class);
        other.thread.join(LONG.toMillis());
        assertThat(other.thrown.get()).isNull();
        assertThat(other.thread.isAlive()).isFalse();
    }

    @Test
    void moreThanFiveCallsHangAtOnceAndAllAreStopped() throws InterruptedException {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            server.enqueue(FaultAnswer.stall());
            callers.add(new Caller(NOBODY));
        }
        for (int i = 0; i < 16; i++) {
            sent();
        }
        callers.forEach(caller -> caller.call().cancel());
        for (Caller caller : callers) {
            assertThat(caller.thrown()).isInstanceOf(ModelException.class);
        }
        for (int request = 1; request <= 16; request++) {
            server.awaitClientClosed(request, SOON);
        }
    }

    @Test
    void aClosedAdapterRefusesCallsAndKeepsNoThreadThatHoldsTheJvm() throws InterruptedException {
        Set<Thread> before = holding();
        assertThat(draw(LAMP).images()).hasSize(1);
        assertThat(holding()).isEqualTo(before);
        adapter.close();
        server.awaitClientClosed(1, SOON);
        assertThat(holding()).isEqualTo(before);
        assertThatThrownBy(() -> draw(LAMP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the adapter for gemini-nano-banana-2.1 is closed");
        assertThat(server.requestCount()).isEqualTo(1);
    }

    @Test
    void theVendorsHttpClientStartsNoThread() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThat(draw(LAMP).images()).hasSize(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("OkHttp") || name.startsWith("Okio"));
    }

    private static Set<Thread> holding() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    private void assertOneRequestAndNoConnection() throws InterruptedException {
        server.awaitClientClosed(1, SOON);
        assertThat(server.requestCount()).isEqualTo(1);
    }

    /** A call on a thread of its own, with time enough. */
    private final class Caller {

        private final AtomicReference<TestCallContext> call = new AtomicReference<>();
        private final AtomicReference<Throwable> thrown = new AtomicReference<>();
        private final Thread thread;

        Caller(Thread interrupted) {
            this(adapter, LAMP, interrupted);
        }

        Caller(GeminiImageAdapter adapter, ImageRequest request, Thread interrupted) {
            thread = new Thread(() -> {
                try (TestCallContext context = TestCallContext.within(LONG, interrupted)) {
                    call.set(context);
                    thrown.set(catchThrowable(() -> adapter.generate(request, context)));
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        TestCallContext call() {
            return call.get();
        }

        Throwable thrown() throws InterruptedException {
            thread.join(SOON.toMillis());
            assertThat(thread.isAlive()).as("the call goes on").isFalse();
            return thrown.get();
        }
    }
}
