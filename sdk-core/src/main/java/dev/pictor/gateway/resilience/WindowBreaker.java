package dev.pictor.gateway.resilience;

import static java.util.Objects.requireNonNull;

import dev.pictor.gateway.resilience.GatewayRefusedException.Reason;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts calls in a window of time. What a phase admits belongs to that phase object, so a late answer is known by its
 * phase being over. Thread-safe.
 */
final class WindowBreaker implements CircuitBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(WindowBreaker.class);

    private final BreakerPolicy policy;
    private final TimeSource time;
    private final BreakerListener listener;
    private final long openNanos;
    private final long probeNanos;

    private final Object lock = new Object();

    // changed with the lock, read without
    private volatile Phase phase = new Phase(State.CLOSED, Reason.BREAKER_OPEN, 0);

    // guarded by lock
    private final OutcomeWindow window;
    private final Queue<Call> probes = new ArrayDeque<>(); // in the order in which they began
    private int successes;
    private final Queue<Change> changes = new ArrayDeque<>();
    private boolean telling;
    private boolean listenerFailed;

    WindowBreaker(BreakerPolicy policy, TimeSource time, BreakerListener listener) {
        this.policy = requireNonNull(policy, "policy");
        this.time = requireNonNull(time, "time");
        this.listener = requireNonNull(listener, "listener");
        this.openNanos = policy.openFor().toNanos();
        this.probeNanos = policy.probeTimeout().toNanos();
        this.window = new OutcomeWindow(policy.window().toNanos(), time.nanoTime());
    }

    @Override
    public BreakerPermit tryAcquire() {
        Phase seen = phase;
        if (seen.state == State.CLOSED) {
            return new Call(seen, 0);
        }
        long now = time.nanoTime();
        return seen.isOpenAt(now) ? new Refused(seen.why, seen.endNanos - now) : tryProbe(now);
    }

    @Override
    public State state() {
        Phase seen = phase;
        return seen.state == State.OPEN && !seen.isOpenAt(time.nanoTime()) ? State.HALF_OPEN : seen.state;
    }

    @Override
    public Duration retryAfter() {
        Phase seen = phase;
        if (seen.state == State.CLOSED) {
            return Duration.ZERO;
        }
        long now = time.nanoTime();
        synchronized (lock) {
            return Duration.ofNanos(refusedNanos(now));
        }
    }

    private BreakerPermit tryProbe(long now) {
        BreakerPermit answer;
        synchronized (lock) {
            if (phase.state == State.OPEN && !phase.isOpenAt(now)) {
                moveTo(State.HALF_OPEN, phase.why, now);
            }
            long refusedNanos = refusedNanos(now);
            if (refusedNanos > 0) {
                answer = new Refused(phase.why, refusedNanos);
            } else {
                Call call = new Call(phase, now + probeNanos);
                answer = call;
                if (phase.state == State.HALF_OPEN) {
                    probes.add(call);
                }
            }
        }
        tellChanges();
        return answer;
    }

    /** Returns how long a call would be refused, 0 if it would be admitted. Gives up lost probes. With the lock. */
    private long refusedNanos(long now) {
        if (phase.state == State.CLOSED) {
            return 0;
        }
        if (phase.state == State.OPEN) {
            return Math.max(0, phase.endNanos - now);
        }
        Iterator<Call> oldest = probes.iterator();
        while (oldest.hasNext()) {
            long left = oldest.next().endNanos - now;
            if (left > 0) {
                return probes.size() + successes < policy.probes() ? 0 : Math.min(left, openNanos);
            }
            oldest.remove();
        }
        return 0;
    }

    private void end(Call call, CallOutcome outcome) {
        if (call.over) {
            return; // as is usual for a close
        }
        long now = time.nanoTime();
        synchronized (lock) {
            if (!call.over && phase == call.phase && (phase.state == State.CLOSED || isProbe(call, now))) {
                count(outcome, now);
            }
            call.over = true; // last, so that whoever sees it sees what came of it
            if (changes.isEmpty()) {
                return;
            }
        }
        tellChanges();
    }

    /** With the lock. */
    private void count(CallOutcome outcome, long now) {
        if (policy.opensAtOnceOn().contains(outcome)) {
            open(outcome, now);
        } else if (policy.failures().contains(outcome)) {
            window.add(now, true);
            if (phase.state == State.HALF_OPEN || isFailing()) {
                open(outcome, now);
            }
        } else if (outcome == CallOutcome.SUCCESS) {
            window.add(now, false);
            if (phase.state == State.HALF_OPEN && ++successes == policy.probes()) {
                moveTo(State.CLOSED, phase.why, now);
            }
        }
    }

    /** Takes a probe's place back, and returns whether it came in time. With the lock. */
    private boolean isProbe(Call call, long now) {
        return probes.remove(call) && call.endNanos - now > 0;
    }

    /** With the lock. */
    private boolean isFailing() {
        int calls = window.calls();
        return calls >= policy.minimumCalls() && window.failures() >= policy.failureRate() * calls;
    }

    /** With the lock. */
    private void open(CallOutcome outcome, long now) {
        moveTo(State.OPEN, outcome == CallOutcome.KEY_REFUSED ? Reason.KEY_REFUSED : Reason.BREAKER_OPEN, now);
    }

    /** Begins a phase with nothing in it. With the lock. */
    private void moveTo(State to, Reason why, long now) {
        changes.add(new Change(phase.state, to));
        phase = new Phase(to, why, to == State.OPEN ? now + openNanos : now);
        window.clear();
        probes.clear();
        successes = 0;
    }

    /** Tells the listener in order: whoever is telling already tells the rest too. Without the lock. */
    private void tellChanges() {
        for (Change next = nextChange(true); next != null; next = nextChange(false)) {
            boolean told = false;
            try {
                listener.changed(next.from, next.to);
                told = true;
            } catch (RuntimeException e) {
                told = true;
                logOnce(e);
            } finally {
                if (!told) {
                    stopTelling(); // an error goes its way, and whoever comes next tells the rest
                }
            }
        }
    }

    private void stopTelling() {
        synchronized (lock) {
            telling = false;
        }
    }

    private @Nullable Change nextChange(boolean begin) {
        synchronized (lock) {
            if (begin && telling) {
                return null;
            }
            Change next = changes.poll();
            telling = next != null;
            return next;
        }
    }

    private void logOnce(RuntimeException failure) {
        synchronized (lock) {
            if (listenerFailed) {
                return;
            }
            listenerFailed = true;
        }
        LOG.warn("a listener of a circuit breaker failed; it will not be logged again", failure);
    }

    private record Change(State from, State to) {}

    /** What the breaker is from one change to the next. Told apart by identity. */
    private static final class Phase {

        private final State state;
        private final Reason why;
        private final long endNanos; // of an open one

        Phase(State state, Reason why, long endNanos) {
            this.state = state;
            this.why = why;
            this.endNanos = endNanos;
        }

        boolean isOpenAt(long now) {
            return state == State.OPEN && endNanos - now > 0;
        }
    }

    private final class Call extends Admitted implements BreakerPermit {

        private final Phase phase;
        private final long endNanos;
        private volatile boolean over; // changed with the lock, read without

        Call(Phase phase, long endNanos) {
            this.phase = phase;
            this.endNanos = endNanos;
        }

        @Override
        public void record(CallOutcome outcome) {
            end(this, requireNonNull(outcome, "outcome"));
        }

        @Override
        public void close() {
            end(this, CallOutcome.IGNORED);
        }
    }
}
