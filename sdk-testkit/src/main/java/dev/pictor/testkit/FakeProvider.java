package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A vendor of pictures on the loopback address, for load and fault tests: an HTTP/1.1 server that speaks the image API of
 * OpenAI ({@code POST /v1/images/generations} and {@code /v1/images/edits}, {@code data[].b64_json}, {@code usage},
 * {@code error}) and fails as its {@link FaultPlan} says, or request by request as a script does. It draws PNGs of two
 * colours that depend on the request, of the size asked for, else 64x64. Thread-safe.
 *
 * <p>One thread carries all connections, at most {@value #MAX_CONNECTIONS} at a time; one more is closed at once. A
 * request has at most 64 KiB of headers and 64 MiB of body. Nothing is kept of a request but counts, and a few words of
 * the last {@value #MAX_RECENT}.
 *
 * <p>To look at whole requests, or to answer in a vendor's own words, use {@link FaultServer}.
 */
public final class FakeProvider implements AutoCloseable {

    /** The most connections that are open at the same time. */
    public static final int MAX_CONNECTIONS = 10_000;

    /** How many requests {@link #recent()} goes back. */
    public static final int MAX_RECENT = 1_000;

    /** The most faults that wait in the script. */
    public static final int MAX_SCRIPT = 100_000;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TimeSource time;
    private final boolean ownsTime;
    private final ProviderLoop loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final Deque<Fault> script = new ArrayDeque<>();
    private final Deque<ProviderCall> recent = new ArrayDeque<>();
    private final Map<Fault.Kind, Long> kinds = new EnumMap<>(Fault.Kind.class);
    private FaultPlan plan = FaultPlan.none();
    private long planStart;
    private long second;
    private int takenInSecond;
    private long requests;
    private long billed;
    private long answered;
    private long abandoned;
    private int open;
    private int mostOpen;

    private FakeProvider(TimeSource time, boolean ownsTime) {
        this.time = time;
        this.ownsTime = ownsTime;
        this.planStart = time.nanoTime();
        this.loop = new ProviderLoop(this, time);
    }

    /**
     * Starts a provider that answers at once and never fails, on a free port of the loopback address.
     *
     * @return the provider, to be closed by the caller
     */
    public static FakeProvider start() {
        return started(new FakeProvider(TimeSource.system(), true));
    }

    /**
     * Starts a provider whose latencies, windows and limits go by a time of the caller's.
     *
     * @param time such as a {@link VirtualTime}; the provider does not close it
     * @return the provider, to be closed by the caller
     */
    public static FakeProvider start(TimeSource time) {
        return started(new FakeProvider(requireNonNull(time, "time"), false));
    }

    private static FakeProvider started(FakeProvider provider) {
        provider.loop.start();
        return provider;
    }

    /**
     * Returns where the provider listens.
     *
     * @return such as {@code http://127.0.0.1:40123}, without a path
     */
    public URI uri() {
        return loop.uri();
    }

    /**
     * Sets how the provider behaves from the next request on. The plan's time begins now.
     *
     * @param plan the plan; {@link FaultPlan#none()} ends all faults
     * @return this provider
     */
    @CanIgnoreReturnValue
    public FakeProvider plan(FaultPlan plan) {
        requireNonNull(plan, "plan");
        lock.lock();
        try {
            this.plan = plan;
            planStart = time.nanoTime();
            second = 0;
            takenInSecond = 0;
        } finally {
            lock.unlock();
        }
        return this;
    }

    /**
     * Adds faults to the script, one for each of the next requests in order of arrival. While there are any, the plan
     * says nothing but the latency.
     *
     * @param faults {@link Fault#none()} for a whole answer
     * @return this provider
     * @throws IllegalStateException if more than {@value #MAX_SCRIPT} would wait
     */
    @CanIgnoreReturnValue
    public FakeProvider enqueue(Fault... faults) {
        lock.lock();
        try {
            if (script.size() + faults.length > MAX_SCRIPT) {
                throw new IllegalStateException("a script has at most " + MAX_SCRIPT + " faults");
            }
            script.addAll(List.of(faults));
        } finally {
            lock.unlock();
        }
        return this;
    }

    /**
     * Returns how many requests have come, read to their end.
     *
     * @return 0 or more
     */
    public long requests() {
        return read(() -> requests);
    }

    /**
     * Returns how many requests a vendor would charge for.
     *
     * @return 0 or more; see {@link Fault#isBilled()}
     */
    public long billed() {
        return read(() -> billed);
    }

    /**
     * Returns how many answers were sent to their last byte, errors included.
     *
     * @return 0 or more
     */
    public long answered() {
        return read(() -> answered);
    }

    /**
     * Returns how many requests lost their client before their answer was sent.
     *
     * @return 0 or more
     */
    public long abandoned() {
        return read(() -> abandoned);
    }

    /**
     * Returns how many requests met with a kind of fault.
     *
     * @param kind {@link Fault.Kind#NONE} for those without
     * @return 0 or more
     */
    public long count(Fault.Kind kind) {
        return read(() -> kinds.getOrDefault(kind, 0L));
    }

    /**
     * Returns how many connections are open.
     *
     * @return 0 or more
     */
    public int openConnections() {
        return (int) read(() -> open);
    }

    /**
     * Returns how many connections were open at the same time at most.
     *
     * @return 0 or more
     */
    public int mostConnections() {
        return (int) read(() -> mostOpen);
    }

    /**
     * Returns the last requests.
     *
     * @return at most {@value #MAX_RECENT}, in order of arrival
     */
    public List<ProviderCall> recent() {
        lock.lock();
        try {
            return List.copyOf(recent);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for requests.
     *
     * @param count how many in all, those so far included
     * @param within how long to wait
     * @throws AssertionError if fewer came in time
     * @throws InterruptedException if this thread was interrupted meanwhile
     */
    public void awaitRequests(long count, Duration within) throws InterruptedException {
        await(() -> requests >= count, within, () -> "got " + requests + " requests, not " + count);
    }

    /**
     * Waits for answers. They are counted just after their last byte was sent, so that a client may have read it already.
     *
     * @param count how many in all, those so far included
     * @param within how long to wait
     * @throws AssertionError if fewer were sent in time
     * @throws InterruptedException if this thread was interrupted meanwhile
     */
    public void awaitAnswered(long count, Duration within) throws InterruptedException {
        await(() -> answered >= count, within, () -> "sent " + answered + " answers, not " + count);
    }

    /**
     * Waits for clients to go away before they were answered.
     *
     * @param count how many in all, those so far included
     * @param within how long to wait
     * @throws AssertionError if fewer went in time
     * @throws InterruptedException if this thread was interrupted meanwhile
     */
    public void awaitAbandoned(long count, Duration within) throws InterruptedException {
        await(() -> abandoned >= count, within, () -> abandoned + " requests were abandoned, not " + count);
    }

    /**
     * Waits until no connection is open.
     *
     * @param within how long to wait
     * @throws AssertionError if one is still open after that time
     * @throws InterruptedException if this thread was interrupted meanwhile
     */
    public void awaitClosed(Duration within) throws InterruptedException {
        await(() -> open == 0, within, () -> open + " connections are still open");
    }

    /** Closes every connection and ends the provider's thread. */
    @Override
    public void close() {
        loop.close();
        if (ownsTime) {
            time.close();
        }
    }

    /** Decides what happens to a request that was read to its end. */
    Fate arrived(int connection, @Nullable String idempotencyKey) {
        lock.lock();
        try {
            requests++;
            Duration since = Duration.ofNanos(time.nanoTime() - planStart);
            FaultPlan now = plan;
            RandomGenerator random = now.randomOf(requests);
            Fault fault = script.isEmpty() ? planned(now, since, random) : script.remove();
            Duration latency = now.latencyOf(fault, since, random);
            kinds.merge(fault.kind(), 1L, Long::sum);
            if (fault.isBilled()) {
                billed++;
            }
            if (recent.size() == MAX_RECENT) {
                recent.removeFirst();
            }
            recent.addLast(new ProviderCall(requests, connection, idempotencyKey, fault));
            changed.signalAll();
            return new Fate(requests, fault, latency, now.pictureBytes());
        } finally {
            lock.unlock();
        }
    }

    private Fault planned(FaultPlan now, Duration since, RandomGenerator random) {
        Fault window = now.windowAt(since);
        if (window != null) {
            return window;
        }
        if (now.requestsPerSecond() > 0) {
            if (since.toSeconds() != second) {
                second = since.toSeconds();
                takenInSecond = 0;
            }
            if (takenInSecond == now.requestsPerSecond()) {
                return Fault.rateLimited(SECOND.minusNanos(since.toNanosPart()));
            }
            takenInSecond++;
        }
        return now.draw(random);
    }

    void opened() {
        change(() -> {
            open++;
            mostOpen = Math.max(mostOpen, open);
        });
    }

    void answerSent() {
        change(() -> answered++);
    }

    void closed(boolean withoutAnswer) {
        change(() -> {
            open--;
            if (withoutAnswer) {
                abandoned++;
            }
        });
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private long read(LongSupplier what) {
        lock.lock();
        try {
            return what.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier condition, Duration within, Supplier<String> failure)
            throws InterruptedException {
        lock.lock();
        try {
            long left = within.toNanos();
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError(failure.get() + " within " + within);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What becomes of one request. */
    record Fate(long number, Fault fault, Duration latency, int pictureBytes) {}
}
