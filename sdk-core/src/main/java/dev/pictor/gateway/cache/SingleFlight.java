package dev.pictor.gateway.cache;

import static java.util.Objects.requireNonNull;

import dev.pictor.error.PictorException;
import dev.pictor.model.CallContext;
import dev.pictor.pipeline.CallScope;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one call of many equal ones that are asked for at the same time: the first begins it, the others wait for what
 * comes of it. Nothing is kept once it is over, a failure least of all. Thread-safe.
 *
 * <p>Whoever waits may leave, by cancellation or because its own time is over, and the others notice nothing. The last to
 * leave stops the call and waits for its end, at most 1 s: what the call cost is known by then, unless it takes no notice.
 *
 * @param <K> what makes calls equal
 * @param <V> what comes of a call
 */
public final class SingleFlight<K, V> {

    /** On which thread a call is made. */
    public enum Mode {
        /**
         * On a thread of its own. Whoever leaves, the call goes on; when the last one leaves it is stopped. It has as much
         * time as the one who waits longest.
         */
        ON_OWN_THREAD,
        /**
         * On the thread of the one who began it, without a hand-over, for models that answer in microseconds. When that
         * one is stopped the call is stopped too, and one of those who wait begins it anew.
         */
        ON_CALLERS_THREAD,
        /** Each makes its own call, on its own thread. */
        OFF
    }

    /**
     * The call.
     *
     * @param <V> what comes of it
     */
    @FunctionalInterface
    public interface Flight<V> {
        /**
         * Makes the call. Does not ask for its own key, which would wait for itself.
         *
         * @param scope how long the call may take, and when to stop
         * @return what came of it
         * @throws InterruptedException if the scope ended
         */
        V fly(CallScope scope) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SingleFlight.class);
    private static final Duration MAX_LIMIT = Duration.ofDays(1);

    /** How long the last one to leave waits for the call that it stopped: by the machine's time. */
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final TimeSource time;
    private final Executor executor;
    private final ConcurrentHashMap<K, SharedCall<V>> calls = new ConcurrentHashMap<>();

    private SingleFlight(TimeSource time, Executor executor) {
        this.time = time;
        this.executor = executor;
    }

    /**
     * Returns one without calls.
     *
     * @param time measures the limits of calls
     * @param executor where calls in {@link Mode#ON_OWN_THREAD} are made. Never the threads that wait here: when all of
     *     a pool's threads wait for calls that need one of them, nothing moves. A call that it rejects is made on the
     *     caller's thread
     * @param <K> what makes calls equal
     * @param <V> what comes of a call
     * @return a new one
     */
    public static <K, V> SingleFlight<K, V> create(TimeSource time, Executor executor) {
        return new SingleFlight<>(requireNonNull(time, "time"), requireNonNull(executor, "executor"));
    }

    /**
     * Makes a call, or waits for an equal one. What it throws reaches everyone who waits, but a
     * {@link PictorException} as one of each caller's own: see {@link PictorException#forAnotherRun()}.
     *
     * @param key what makes calls equal
     * @param mode on which thread the call is made, if this caller begins it
     * @param caller who asks: waits as long as it has time and is not cancelled
     * @param flight the call
     * @return what came of it
     * @throws InterruptedException if the thread was interrupted, or the caller's time was over first
     */
    public SharedAnswer<V> run(K key, Mode mode, CallContext caller, Flight<V> flight) throws InterruptedException {
        requireNonNull(flight, "flight");
        if (requireNonNull(mode, "mode") == Mode.OFF) {
            return new SharedAnswer<>(fly(caller, flight), true, 1);
        }
        while (true) {
            checkTime(caller);
            CountDownLatch wake = new CountDownLatch(1);
            SharedCall<V> mine = new SharedCall<>(wake);
            SharedCall<V> others = calls.putIfAbsent(key, mine);
            SharedAnswer<V> answer = null;
            if (others == null) {
                answer = lead(key, mine, wake, mode, caller, flight);
            } else if (others.join(wake, limit(caller))) {
                answer = await(key, others, wake, caller, false);
            } else {
                calls.remove(key, others); // it is over, or everyone has left it
            }
            if (answer != null) {
                return answer;
            }
        }
    }

    /**
     * Returns how many calls are under way.
     *
     * @return 0 or more
     */
    public int underWay() {
        return calls.size();
    }

    private @Nullable SharedAnswer<V> lead(
            K key, SharedCall<V> call, CountDownLatch wake, Mode mode, CallContext caller, Flight<V> flight)
            throws InterruptedException {
        if (mode == Mode.ON_OWN_THREAD && begins(key, call, limit(caller), flight)) {
            return await(key, call, wake, caller, true);
        }
        return new SharedAnswer<>(makeOnThisThread(key, call, caller, flight), true, call.callers());
    }

    /** Has the call made on a thread of its own, if there is one. What goes wrong here must not keep others waiting. */
    private boolean begins(K key, SharedCall<V> call, Duration limit, Flight<V> flight) {
        CallScope scope = CallScope.open(time, limit);
        call.begin(scope);
        try {
            executor.execute(() -> makeOnOwnThread(key, call, scope, flight));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("no thread for a call of its own, it is made on the caller's", e);
            scope.close();
            return false;
        } catch (RuntimeException | Error e) { // such as no memory for one more thread
            end(key, call, SharedCall.Outcome.broken());
            scope.close();
            throw e;
        }
    }

    private void makeOnOwnThread(K key, SharedCall<V> call, CallScope scope, Flight<V> flight) {
        SharedCall.Outcome<V> outcome = SharedCall.Outcome.broken();
        try {
            outcome = SharedCall.Outcome.of(scope.call(() -> flight.fly(scope)));
        } catch (RuntimeException e) {
            outcome = scope.isCancelled() ? SharedCall.Outcome.stopped() : SharedCall.Outcome.failed(e);
        } catch (InterruptedException e) {
            outcome = scope.isCancelled() ? SharedCall.Outcome.stopped() : SharedCall.Outcome.interrupted();
        } catch (Exception e) {
            throw new IllegalStateException("a flight throws nothing else that is checked", e);
        } finally {
            end(key, call, outcome);
            scope.close();
        }
    }

    private V makeOnThisThread(K key, SharedCall<V> call, CallContext caller, Flight<V> flight)
            throws InterruptedException {
        SharedCall.Outcome<V> outcome = SharedCall.Outcome.stopped(); // unless this caller was not
        try {
            V value = fly(caller, flight);
            outcome = SharedCall.Outcome.of(value);
            return value;
        } catch (RuntimeException e) {
            if (!caller.isCancelled()) {
                outcome = SharedCall.Outcome.failed(e);
            }
            throw e;
        } finally {
            end(key, call, outcome);
        }
    }

    private V fly(CallContext caller, Flight<V> flight) throws InterruptedException {
        try (CallScope scope = CallScope.open(time, limit(caller));
                CallContext.Registration link = caller.onCancel(scope::cancel)) {
            return flight.fly(scope);
        }
    }

    /** First makes room for a new call, so that nobody who comes later is given what is over. */
    private void end(K key, SharedCall<V> call, SharedCall.Outcome<V> outcome) {
        calls.remove(key, call);
        call.end(outcome);
    }

    /** Returns null if the call was stopped under a caller who has time left for another. */
    private @Nullable SharedAnswer<V> await(
            K key, SharedCall<V> call, CountDownLatch wake, CallContext caller, boolean isLeader)
            throws InterruptedException {
        try (CallContext.Registration link = caller.onCancel(wake::countDown)) {
            wake.await();
        } finally {
            if (call.leave(wake)) {
                calls.remove(key, call);
                call.stop();
                call.awaitEnd(LONGEST_END);
            }
        }
        SharedCall.Outcome<V> outcome = call.outcome();
        if (outcome == null) {
            throw new InterruptedException("the caller's time was over while it waited for a shared call");
        }
        return outcome.isStopped() ? null : new SharedAnswer<>(outcome.value(isLeader), isLeader, call.callers());
    }

    private static void checkTime(CallContext caller) throws InterruptedException {
        if (caller.isCancelled() || caller.timeLeft().isZero()) {
            throw new InterruptedException("the caller's time was over before a call was made");
        }
    }

    private static Duration limit(CallContext caller) {
        Duration left = caller.timeLeft();
        return left.compareTo(MAX_LIMIT) > 0 ? MAX_LIMIT : left;
    }
}
