package dev.pictor.testkit;

import static java.util.Objects.requireNonNull;

import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelProfile;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the fake models share: the script they play, the requests they got, and their profile. Thread-safe.
 *
 * @param <Q> what is asked
 * @param <R> what is answered
 */
final class FakeScript<Q, R> {

    /** One answer of the script, or the one for when the script is empty. */
    @FunctionalInterface
    interface Answer<Q, R> {
        R to(Q request, ModelProfile profile, CallContext call) throws InterruptedException;
    }

    private final Object lock = new Object();
    private final Answer<Q, R> otherwise;

    // guarded by lock
    private final Deque<Answer<Q, R>> answers = new ArrayDeque<>();
    private final List<Q> requests = new ArrayList<>();
    private ModelProfile profile;
    private Duration latency = Duration.ZERO;

    FakeScript(ModelProfile profile, Answer<Q, R> otherwise) {
        this.profile = profile;
        this.otherwise = otherwise;
    }

    ModelProfile profile() {
        synchronized (lock) {
            return profile;
        }
    }

    void setProfile(ModelProfile profile) {
        requireNonNull(profile, "profile");
        synchronized (lock) {
            this.profile = profile;
        }
    }

    void setLatency(Duration latency) {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency must not be negative, was " + latency);
        }
        synchronized (lock) {
            this.latency = latency;
        }
    }

    void add(Answer<Q, R> answer) {
        synchronized (lock) {
            answers.add(answer);
        }
    }

    void addThrow(RuntimeException failure) {
        requireNonNull(failure, "failure");
        add((request, asked, call) -> {
            throw failure;
        });
    }

    void addFail(ModelFailure.Reason reason, ModelFailure.Billed billed) {
        requireNonNull(reason, "reason");
        requireNonNull(billed, "billed");
        add((request, asked, call) -> {
            throw failure(
                    asked,
                    reason,
                    billed,
                    "fake model " + asked.id() + " was told to fail: "
                            + reason.name().toLowerCase(Locale.ROOT));
        });
    }

    void addStall() {
        add((request, asked, call) -> {
            pause(call, Long.MAX_VALUE);
            throw new AssertionError("nobody stopped a stalled call for 292 years");
        });
    }

    List<Q> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    void awaitRequests(int count, Duration within) throws InterruptedException {
        long giveUp = System.nanoTime() + within.toNanos();
        synchronized (lock) {
            while (requests.size() < count) {
                long left = giveUp - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(
                            "got " + requests.size() + " requests, not " + count + " within " + within);
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        }
    }

    R play(Q request, CallContext call) throws InterruptedException {
        Answer<Q, R> answer;
        ModelProfile asked;
        Duration wait;
        synchronized (lock) {
            requests.add(request);
            lock.notifyAll();
            Answer<Q, R> next = answers.poll();
            answer = next == null ? otherwise : next;
            asked = profile;
            wait = latency;
        }
        pause(call, wait.toNanos());
        return answer.to(request, asked, call);
    }

    /** Lets time pass, unless the call is stopped before. */
    private static void pause(CallContext call, long nanos) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (CallContext.Registration hook = call.onCancel(stopped::countDown)) {
            if (stopped.await(nanos, TimeUnit.NANOSECONDS) || call.isCancelled()) {
                throw new InterruptedException("the call was stopped");
            }
        }
    }

    static ModelException failure(
            ModelProfile asked, ModelFailure.Reason reason, ModelFailure.Billed billed, String message) {
        return new ModelException(
                ModelFailure.builder(asked.id(), reason, billed, message).build());
    }
}
