package dev.pictor.benchmarks.peers;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Shows, with Failsafe 3.3.2, why retry, breaker and bulkhead are Pictor's own. Each line says what was done, what came of
 * it, and whether that is the trap. Later releases may have mended them: run it again with a newer one.
 */
public final class FailsafeTraps {

    private static final Duration SHORT = Duration.ofMillis(100);

    private FailsafeTraps() {}

    /**
     * Prints the findings.
     *
     * @param args none
     */
    public static void main(String[] args) throws InterruptedException {
        aWaiterThatGivesUp();
        aWaiterThatIsInterrupted();
        aProbeWithoutAnOutcome();
        anInterruptedRetry();
    }

    private static void aWaiterThatGivesUp() throws InterruptedException {
        Bulkhead<Object> bulkhead = Bulkhead.of(1);
        bulkhead.acquirePermit();
        boolean served = bulkhead.tryAcquirePermit(SHORT);
        bulkhead.releasePermit();
        boolean free = bulkhead.tryAcquirePermit();
        print(
                "bulkhead of 1, a waiter gives up, then the holder releases",
                "the waiter was " + (served ? "served" : "not served") + ", the place is " + (free ? "free" : "lost"),
                !free);
    }

    private static void aWaiterThatIsInterrupted() throws InterruptedException {
        Bulkhead<Object> bulkhead = Bulkhead.of(1);
        bulkhead.acquirePermit();
        CountDownLatch over = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            try {
                bulkhead.acquirePermit();
            } catch (InterruptedException e) {
                over.countDown();
            }
        });
        waiter.start();
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        waiter.interrupt();
        over.await();
        bulkhead.releasePermit();
        boolean free = bulkhead.tryAcquirePermit();
        print(
                "bulkhead of 1, a waiter is interrupted, then the holder releases",
                "the place is " + (free ? "free" : "lost"),
                !free);
    }

    private static void aProbeWithoutAnOutcome() throws InterruptedException {
        CircuitBreaker<Object> breaker =
                CircuitBreaker.builder().withDelay(SHORT).build();
        breaker.open();
        Thread.sleep(2 * SHORT.toMillis());
        boolean probe = breaker.tryAcquirePermit(); // its caller is cancelled: nothing is recorded, nothing given back
        Thread.sleep(10 * SHORT.toMillis());
        boolean next = breaker.tryAcquirePermit();
        print(
                "breaker half open, the probe ends without an outcome, ten delays pass",
                "the probe was " + (probe ? "admitted" : "refused") + ", the state is " + breaker.getState()
                        + ", the next call is " + (next ? "admitted" : "refused"),
                !next);
    }

    private static void anInterruptedRetry() {
        RetryPolicy<Object> retry = RetryPolicy.builder().withMaxRetries(0).build();
        Throwable thrown = null;
        try {
            Failsafe.with(retry).run(() -> {
                throw new InterruptedException("the run was stopped");
            });
        } catch (FailsafeException e) {
            thrown = e;
        }
        boolean flag = Thread.interrupted();
        print(
                "a call under a retry policy is interrupted",
                "the caller gets "
                        + (thrown == null ? "nothing" : thrown.getClass().getSimpleName()) + ", its interrupt flag is "
                        + (flag ? "set" : "clear"),
                thrown != null);
    }

    private static void print(String done, String came, boolean trap) {
        System.out.println((trap ? "trap  " : "fine  ") + done + ": " + came);
    }
}
