package dev.pictor.pipeline;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.time.Daemons;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Many runs, a few at once and within a limit of cost: what the batches of the pipelines are made of. One is used for one
 * batch. Thread-safe.
 */
public final class RunBatch {

    private final String threads;
    private final int concurrency;
    private final @Nullable Money limit;
    private final Object lock = new Object();
    private long nanos; // guarded by lock; spent and held
    private @Nullable String refusal; // guarded by lock; why no more may be started
    private volatile boolean isLeft;

    private RunBatch(String threads, int concurrency, @Nullable Money limit) {
        this.threads = requireNonNull(threads, "threads");
        this.concurrency = concurrency;
        this.limit = limit;
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be 1 or more, was " + concurrency);
        }
    }

    /**
     * Returns a batch that may cost whatever it does.
     *
     * @param threads how the names of its threads begin
     * @param concurrency how many runs are under way at once, 1 or more
     * @return a new batch, without a thread so far
     * @throws IllegalArgumentException if {@code concurrency} is below 1
     */
    public static RunBatch of(String threads, int concurrency) {
        return new RunBatch(threads, concurrency, null);
    }

    /**
     * Returns a batch with a limit of cost.
     *
     * @param threads how the names of its threads begin
     * @param concurrency how many runs are under way at once, 1 or more
     * @param limit what all runs together may cost
     * @return a new batch, without a thread so far
     * @throws IllegalArgumentException if {@code concurrency} is below 1
     */
    public static RunBatch of(String threads, int concurrency, Money limit) {
        return new RunBatch(threads, concurrency, requireNonNull(limit, "limit"));
    }

    /**
     * Works through indexes in their order, on daemon threads that end with it, and waits. Interrupting the waiting thread
     * interrupts those at work, waits for them and leaves the flag set; {@link #isLeft()} tells the work of it, which is
     * asked for all the same, so that it can say that nothing was done.
     *
     * @param from the first index
     * @param to the index after the last
     * @param work what to do for an index; handles its own exceptions
     * @throws Error if the work threw it
     * @throws IllegalStateException if the work threw an exception, which is the cause
     */
    public void run(int from, int to, IntConsumer work) {
        int workers = Math.min(concurrency, Math.max(1, to - from));
        AtomicInteger next = new AtomicInteger(from);
        ExecutorService executor = Executors.newFixedThreadPool(workers, Daemons.factory(threads));
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                futures.add(executor.submit(() -> work(next, to, work)));
            }
            futures.forEach(future -> await(future, executor));
        } finally {
            executor.shutdown();
        }
    }

    private void work(AtomicInteger next, int to, IntConsumer work) {
        try {
            for (int index = next.getAndIncrement(); index < to; index = next.getAndIncrement()) {
                work.accept(index);
            }
        } catch (RuntimeException | Error e) {
            isLeft = true; // what is not begun stays so
            throw e;
        }
    }

    private void await(Future<?> worker, ExecutorService executor) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    Object unused = worker.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                    isLeft = true;
                    List<Runnable> unused = executor.shutdownNow(); // every worker has a thread: none is dropped
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    throw new IllegalStateException("the work of a batch failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Returns whether the caller has left: what is not begun is not to be begun.
     *
     * @return true if the thread that waits was interrupted, or the work of an index threw
     */
    public boolean isLeft() {
        return isLeft;
    }

    /**
     * Holds what a run may cost, until it is known what it did.
     *
     * @param estimate what it may cost; a price that is not known counts as nothing
     * @return true if it is within the limit; false if not, or if it is in another currency than the limit, and from then on
     *     always
     */
    public boolean tryHold(Cost estimate) {
        synchronized (lock) {
            if (limit == null) {
                return true;
            }
            checkCurrency(estimate, limit);
            if (refusal == null && nanos + known(estimate) > limit.nanos()) {
                refusal = "one more run might cost more than maxCost allows";
            }
            if (refusal == null) {
                nanos += known(estimate);
            }
            return refusal == null;
        }
    }

    /**
     * Puts what a run did cost in place of what was held for it. Where nobody knows all of it, no less is counted than was held.
     * After a cost in another currency than the limit no more may be started: the limit cannot bound it.
     *
     * @param estimate what was held
     * @param actual what it cost
     */
    public void settle(Cost estimate, Cost actual) {
        synchronized (lock) {
            if (limit == null) {
                return;
            }
            checkCurrency(actual, limit);
            long cost = actual.isComplete() ? known(actual) : Math.max(known(actual), known(estimate));
            nanos += cost - known(estimate);
        }
    }

    /**
     * Returns why {@link #tryHold} said no.
     *
     * @return a sentence, or empty if it never did
     */
    public Optional<String> refusal() {
        synchronized (lock) {
            return Optional.ofNullable(refusal);
        }
    }

    /** Called under the lock. */
    private void checkCurrency(Cost cost, Money limit) {
        boolean isForeign = cost.amount()
                .filter(amount -> amount.nanos() != 0 && !amount.currency().equals(limit.currency()))
                .isPresent();
        if (refusal == null && isForeign) {
            refusal = "runs cost " + cost.amount().orElseThrow().currency() + ", which maxCost in " + limit.currency()
                    + " cannot bound";
        }
    }

    private long known(Cost cost) {
        return cost.amount()
                .filter(amount -> limit != null && amount.currency().equals(limit.currency()))
                .map(Money::nanos)
                .orElse(0L);
    }
}
