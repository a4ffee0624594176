package dev.pictor.model.http;

import dev.pictor.model.CallContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, between the client's threads that bring it and the caller that waits for it. The caller
 * learns of head and body here and not from the client's future: that one completes on the common pool, which others may
 * keep busy. The future stays open until the body has ended, so that cancelling it closes the connection at any time.
 * Thread-safe, but for the body, which the caller alone reads.
 */
final class Exchange implements HttpResponse.BodyHandler<@Nullable Void>, HttpResponse.BodySubscriber<@Nullable Void> {

    /** Why an exchange was ended before the answer did. */
    enum Stop {
        CANCELLED,
        TIMED_OUT,
        IDLE,
        INTERRUPTED,
        TOO_LARGE,
        NOT_NEEDED
    }

    /** How many pieces, of at most 16 KiB each, may wait for the reader. */
    private static final int WINDOW = 16;

    private static final int REFILL = WINDOW / 2;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MAX_TAIL_BYTES = 64 << 10;
    private static final long TAIL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final CallContext call;
    private final long idleNanos;
    private final long maxBytes;
    private final CompletableFuture<@Nullable Void> body = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final Deque<List<ByteBuffer>> pieces = new ArrayDeque<>(REFILL);
    private @Nullable CompletableFuture<?> future;
    private Flow.@Nullable Subscription subscription;
    private @Nullable ResponseInfo head;
    private @Nullable Throwable failure;
    private boolean ended;

    private volatile @Nullable Stop stopped;
    private volatile boolean sent;

    Exchange(CallContext call, Duration idle, long maxBytes) {
        this.call = call;
        this.idleNanos = idle.toNanos();
        this.maxBytes = maxBytes;
    }

    /** Notes that the request's body, or a request without one, is on its way. */
    void markSent() {
        sent = true;
    }

    boolean isSent() {
        return sent;
    }

    @Nullable
    Stop stopped() {
        return stopped;
    }

    /** Returns what broke the exchange, or null if it went well or was stopped. */
    @Nullable
    Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    Duration idle() {
        return Duration.ofNanos(idleNanos);
    }

    /** Takes the client's future: for the failures that only it tells, and to cancel it. */
    void attach(CompletableFuture<?> original) {
        lock.lock();
        try {
            future = original;
        } finally {
            lock.unlock();
        }
        var unused = original.whenComplete((answer, thrown) -> {
            if (thrown != null) {
                end(thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown);
            }
        });
    }

    /**
     * Ends the exchange, unless the answer is complete. The first reason counts. This is quick, whoever calls it: the
     * caller, who learns of it, closes the connection.
     */
    void stop(Stop why) {
        lock.lock();
        try {
            if (!ended && stopped == null) {
                stopped = why;
                pieces.clear();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection, unless the answer is complete and it can carry another request. */
    void release() {
        stop(Stop.NOT_NEEDED);
        CompletableFuture<?> toCancel;
        lock.lock();
        try {
            toCancel = ended ? null : future;
        } finally {
            lock.unlock();
        }
        if (toCancel != null) {
            toCancel.cancel(true);
        }
    }

    /**
     * Waits for status and headers.
     *
     * @throws IOException if none came; {@link #stopped()} and {@link #failure()} tell why
     */
    ResponseInfo awaitHead() throws IOException, InterruptedException {
        try {
            await(() -> head != null, Long.MAX_VALUE);
        } catch (InterruptedException e) {
            stop(Stop.INTERRUPTED);
            throw e;
        }
        lock.lock();
        try {
            if (head == null || stopped != null) {
                throw broken();
            }
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the body as it comes in, with a bound of its own on how long nothing may come. */
    InputStream body(Duration idle) {
        return new Body(Math.min(idleNanos, idle.toNanos()));
    }

    /**
     * Takes what little may follow what was read, so that the connection can carry another request.
     *
     * @param in the body
     * @param rest reads it, and may note what it reads
     */
    void finish(InputStream in, InputStream rest) throws InterruptedException {
        ((Body) in).idle = TAIL_NANOS;
        try {
            byte[] tail = new byte[512];
            int count = 0;
            for (int total = 0; count >= 0 && total < MAX_TAIL_BYTES; total += count) {
                count = rest.read(tail, 0, tail.length);
            }
        } catch (IOException e) { // the answer was read: only the connection is lost
            if (stopped == Stop.INTERRUPTED) {
                throw interrupted(e);
            }
        }
    }

    InterruptedException interrupted(Exception cause) {
        InterruptedException interrupted = new InterruptedException("interrupted while an answer came in");
        interrupted.initCause(cause);
        return interrupted;
    }

    private IOException broken() {
        Stop why = stopped;
        if (why == null) {
            return new IOException("the connection broke", failure());
        }
        return why == Stop.INTERRUPTED
                ? new InterruptedIOException("interrupted while an answer came in")
                : new IOException("the call was stopped: " + why);
    }

    /** Waits until something has come, everything has ended, or time is over, which stops the exchange. */
    private void await(BooleanSupplier come, long idle) throws InterruptedException {
        long idleLeft = idle;
        while (true) {
            Duration timeLeft = call.timeLeft(); // foreign code, so without the lock
            long left = (timeLeft.compareTo(LONGEST) < 0 ? timeLeft : LONGEST).toNanos();
            lock.lockInterruptibly();
            try {
                if (come.getAsBoolean() || ended || stopped != null) {
                    return;
                }
                long wait = Math.min(left, idleLeft);
                if (wait > 0) {
                    idleLeft -= wait - Math.max(0, changed.awaitNanos(wait));
                    continue;
                }
            } finally {
                lock.unlock();
            }
            stop(left <= 0 ? Stop.TIMED_OUT : Stop.IDLE);
            return;
        }
    }

    private void end(@Nullable Throwable why) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = why;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    // the client's side

    @Override
    public HttpResponse.BodySubscriber<@Nullable Void> apply(ResponseInfo info) {
        lock.lock();
        try {
            head = info;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return this;
    }

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        boolean late;
        lock.lock();
        try {
            subscription = given;
            late = stopped != null;
        } finally {
            lock.unlock();
        }
        if (late) {
            given.cancel();
        } else {
            given.request(WINDOW);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        lock.lock();
        try {
            if (stopped == null) {
                pieces.add(piece);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onError(Throwable thrown) {
        end(thrown);
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        end(null);
        body.complete(null);
    }

    /** The body, for the caller's thread alone. */
    private final class Body extends InputStream {

        private Iterator<ByteBuffer> piece = Collections.emptyIterator();
        private ByteBuffer buffer = NOTHING;
        private long idle;
        private long total;
        private int used;

        Body(long idle) {
            this.idle = idle;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(bytes, offset, count);
            total += count;
            if (total > maxBytes) {
                stop(Stop.TOO_LARGE);
                throw broken();
            }
            return count;
        }

        /** Makes the buffer hold something, waiting for it if need be, or tells that the body has ended. */
        private boolean fill() throws IOException {
            if (stopped != null) {
                throw broken();
            }
            while (!buffer.hasRemaining()) {
                if (piece.hasNext()) {
                    buffer = piece.next();
                } else if (!next()) {
                    return false;
                }
            }
            return true;
        }

        private boolean next() throws IOException {
            buffer = NOTHING; // a wait holds no bytes that were read
            piece = Collections.emptyIterator();
            if (++used == REFILL) {
                used = 0;
                demand();
            }
            try {
                await(() -> !pieces.isEmpty(), idle);
            } catch (InterruptedException e) {
                stop(Stop.INTERRUPTED);
                throw broken();
            }
            lock.lock();
            try {
                List<ByteBuffer> come = pieces.poll();
                if (come != null) {
                    piece = come.iterator();
                    return true;
                }
                if (stopped != null || failure != null) {
                    throw broken();
                }
                return false;
            } finally {
                lock.unlock();
            }
        }

        private void demand() {
            Flow.Subscription from;
            lock.lock();
            try {
                from = ended ? null : subscription;
            } finally {
                lock.unlock();
            }
            if (from != null) {
                from.request(REFILL);
            }
        }
    }
}
