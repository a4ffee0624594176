package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.resilience.Bulkhead;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException.Reason;
import dev.pictor.gateway.resilience.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration REAL = Duration.ofSeconds(10);

    private final VirtualTime time = VirtualTime.create();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endTheThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
    }

    @Test
    @DisplayName("R12: no more calls than allowed are under way, and one more is refused at once with the reason")
    void refusesAtOnceWhatIsBeyondItsBounds() throws Exception {
        Bulkhead bulkhead = bulkhead(2, 0);
        Permit one = bulkhead.acquire(LONG);
        Permit two = bulkhead.acquire(LONG);
        Permit three = bulkhead.acquire(LONG);

        assertThat(one.isAdmitted()).isTrue();
        assertThat(two.isAdmitted()).isTrue();
        assertThat(three.isAdmitted()).isFalse();
        assertThat(three.refusal("some-model").reason()).isEqualTo(Reason.BULKHEAD_FULL);
        assertThat(time.pending()).isZero();
        three.close();
        assertThat(bulkhead.inUse()).isEqualTo(2);
        one.close();
        one.close();
        assertThat(bulkhead.inUse()).isEqualTo(1);
        assertThat(bulkhead.acquire(LONG).isAdmitted()).isTrue();
    }

    @Test
    @DisplayName("R12: the queue has a bound, beyond which calls are refused at once")
    void refusesAtOnceWhenTheQueueIsFull() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 1);
        Permit held = bulkhead.acquire(LONG);
        Future<Permit> waiter = threads.submit(() -> bulkhead.acquire(LONG));
        time.awaitPending(1, REAL);

        assertThat(bulkhead.acquire(LONG).refusal("some-model").reason()).isEqualTo(Reason.BULKHEAD_FULL);
        held.close();
        assertThat(waiter.get(10, SECONDS).isAdmitted()).isTrue();
    }

    @Test
    void servesFirstWhoCameFirst() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 10);
        Permit held = bulkhead.acquire(LONG);
        BlockingQueue<Integer> served = new LinkedBlockingQueue<>();
        List<Future<Permit>> waiters = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            waiters.add(threads.submit(() -> {
                Permit permit = bulkhead.acquire(LONG);
                served.add(number);
                return permit;
            }));
            time.awaitPending(i + 1, REAL);
        }
        for (int i = 0; i < 10; i++) {
            held.close();
            assertThat(served.poll(10, SECONDS)).isEqualTo(i);
            held = waiters.get(i).get(10, SECONDS);
        }
        assertThat(bulkhead.waiting()).isZero();
    }

    @Test
    void givesUpWhenThePolicysWaitIsOver() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 1);
        Permit held = bulkhead.acquire(LONG);
        Future<Permit> waiter = threads.submit(() -> bulkhead.acquire(LONG));
        time.awaitPending(1, REAL);
        time.advance(Duration.ofSeconds(30));

        Permit refused = waiter.get(10, SECONDS);
        assertThat(refused.refusal("some-model").reason()).isEqualTo(Reason.WAITED_TOO_LONG);
        assertThat(bulkhead.waiting()).isZero();
        held.close();
        assertThat(bulkhead.inUse()).isZero();
    }

    @Test
    void givesUpWhenTheCallsTimeIsOver() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 1);
        Permit held = bulkhead.acquire(LONG);
        Future<Permit> waiter = threads.submit(() -> bulkhead.acquire(Duration.ofSeconds(2)));
        time.awaitPending(1, REAL);
        time.advance(Duration.ofSeconds(2));

        assertThat(waiter.get(10, SECONDS).isAdmitted()).isFalse();
        assertThat(bulkhead.acquire(Duration.ZERO).isAdmitted()).isFalse();
        held.close();
        assertThat(bulkhead.acquire(Duration.ZERO).isAdmitted()).isTrue();
    }

    @Test
    @DisplayName("R12: a waiter that is interrupted takes no place along")
    void losesNoPlaceToAnInterruptedWaiter() throws Exception {
        Bulkhead bulkhead = bulkhead(1, 5);
        Permit held = bulkhead.acquire(LONG);
        AtomicInteger interrupted = new AtomicInteger();
        Future<?> waiter = threads.submit(() -> {
            try {
                bulkhead.acquire(LONG).close();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        });
        time.awaitPending(1, REAL);
        Future<Permit> next = threads.submit(() -> bulkhead.acquire(LONG));
        time.awaitPending(2, REAL);
        waiter.cancel(true);
        held.close();

        assertThat(next.get(10, SECONDS).isAdmitted()).isTrue();
        next.get().close();
        assertThat(bulkhead.inUse()).isZero();
        assertThat(bulkhead.waiting()).isZero();
    }

    /** Interrupts, waits that end and places that come free meet at random. In the end every place must be there. */
    @Test
    @DisplayName("R12: whatever meets, no place is lost and none is given twice")
    void losesNoPlaceWhateverMeets() throws Exception {
        int places = 3;
        Bulkhead bulkhead = bulkhead(places, 8);
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Random random = new Random(7);
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            long waitMillis = random.nextInt(5);
            callers.add(threads.submit(() -> {
                try (Permit permit = bulkhead.acquire(Duration.ofMillis(waitMillis))) {
                    if (permit.isAdmitted()) {
                        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(1);
                        underWay.decrementAndGet();
                    }
                }
                return null;
            }));
            if (random.nextInt(3) == 0) {
                callers.get(random.nextInt(callers.size())).cancel(true);
            }
            time.advance(Duration.ofMillis(random.nextInt(2)));
        }
        time.advance(Duration.ofSeconds(1));
        threads.shutdown();
        while (!threads.awaitTermination(10, MILLISECONDS)) {
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(most.get()).isBetween(1, places);
        assertThat(bulkhead.inUse()).isZero();
        assertThat(bulkhead.waiting()).isZero();
        assertThat(time.pending()).isZero();
    }

    @Test
    void refusesNothingWithoutAPolicy() throws Exception {
        Bulkhead bulkhead = Bulkhead.create(BulkheadPolicy.none(), time);
        for (int i = 0; i < 10_000; i++) {
            assertThat(bulkhead.acquire(Duration.ZERO).isAdmitted()).isTrue();
        }
    }

    @Test
    void namesTheBoundThatAPolicyBreaks() {
        assertThatThrownBy(() -> BulkheadPolicy.builder(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxConcurrent must be 1 to 2147483647, was 0");
    }

    private Bulkhead bulkhead(int maxConcurrent, int maxWaiting) {
        return Bulkhead.create(
                BulkheadPolicy.builder(maxConcurrent).maxWaiting(maxWaiting).build(), time);
    }
}
