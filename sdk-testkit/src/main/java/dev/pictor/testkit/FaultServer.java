package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * An HTTP/1.1 server on the loopback address that plays a script of answers and faults, and records what it was asked.
 * It speaks to sockets itself, so it can do what an HTTP library does not let a server do: reset, stall, cut off, drip.
 * Thread-safe.
 *
 * <p>Requests take answers from the script in the order in which they arrive. When the script is empty, a request is
 * recorded and answered with status 500 and a body that says so. Connections are kept alive as HTTP/1.1 says.
 *
 * <p>Bounds: 1,000 connections, 10,000 requests and 10,000 scripted answers in a server's life; 64 KiB of headers and
 * 256 MiB of body in a request. A request beyond them is not answered: its connection is closed.
 */
public final class FaultServer implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_REQUESTS = 10_000;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final ServerSocket listener;
    private final Function<RecordedRequest, FaultAnswer> answers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // guarded by lock
    private final Deque<FaultAnswer> script = new ArrayDeque<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private int taken;
    private boolean holding;
    private boolean closed;

    private FaultServer(ServerSocket listener, Function<RecordedRequest, FaultAnswer> answers) {
        this.listener = listener;
        this.answers = answers;
    }

    /**
     * Starts a server with an empty script on a free port of the loopback address.
     *
     * @return the server, to be closed by the caller
     */
    public static FaultServer start() {
        return start(request -> FaultAnswer.json(
                500, "{\"error\":\"the script is empty: no answer for request " + request.number() + "\"}"));
    }

    /**
     * Starts a server that asks for an answer where its script is empty.
     *
     * @param answers makes the answer to a request; called on the connection's thread, for many connections at once
     * @return the server, to be closed by the caller
     */
    public static FaultServer start(Function<RecordedRequest, FaultAnswer> answers) {
        requireNonNull(answers, "answers");
        FaultServer server;
        try {
            server = new FaultServer(new ServerSocket(0, MAX_CONNECTIONS, InetAddress.getLoopbackAddress()), answers);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback address", e);
        }
        server.run(server::acceptAll);
        return server;
    }

    /**
     * Returns where the server listens.
     *
     * @return such as {@code http://127.0.0.1:40123}, without a path
     */
    public URI uri() {
        return URI.create("http://" + listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort());
    }

    /**
     * Adds answers to the end of the script.
     *
     * @param answers in the order in which they are given
     * @return this server
     */
    @CanIgnoreReturnValue
    public FaultServer enqueue(FaultAnswer... answers) {
        lock.lock();
        try {
            if (script.size() + answers.length > MAX_REQUESTS) {
                throw new IllegalStateException("a script has at most " + MAX_REQUESTS + " answers");
            }
            script.addAll(List.of(answers));
        } finally {
            lock.unlock();
        }
        return this;
    }

    /**
     * Returns every request so far.
     *
     * @return a copy, in order of arrival
     */
    public List<RecordedRequest> requests() {
        lock.lock();
        try {
            return List.copyOf(requests);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how many requests have come so far.
     *
     * @return 0 or more
     */
    public int requestCount() {
        return requests().size();
    }

    /**
     * Returns the first request that was not taken yet, waiting for it if need be.
     *
     * @param within how long to wait at most
     * @return the request, read to its end
     * @throws AssertionError if none came in time
     * @throws InterruptedException if interrupted while waiting
     */
    @CanIgnoreReturnValue
    public RecordedRequest takeRequest(Duration within) throws InterruptedException {
        lock.lock();
        try {
            await(() -> requests.size() > taken, within, "request " + (taken + 1) + " did not come");
            return requests.get(taken++);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the client has closed the connection of a request. Returns at once if the script had the server
     * close it.
     *
     * @param requestNumber 1 for the first request since the server started; it must have come
     * @param within how long to wait at most
     * @throws AssertionError if the connection is still open after that time, or there was no such request
     * @throws InterruptedException if interrupted while waiting
     */
    public void awaitClientClosed(int requestNumber, Duration within) throws InterruptedException {
        lock.lock();
        try {
            if (requestNumber < 1 || requestNumber > requests.size()) {
                throw new AssertionError("there is no request " + requestNumber + " of " + requests.size());
            }
            Connection connection =
                    connections.get(requests.get(requestNumber - 1).connection() - 1);
            await(() -> connection.ended, within, "the connection of request " + requestNumber + " is still open");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads requests from now on and begins no answer until {@link #release()}: so that many calls are in flight at once.
     *
     * @return this server
     */
    @CanIgnoreReturnValue
    public FaultServer hold() {
        hold(true);
        return this;
    }

    /** Begins all answers that were held. */
    public void release() {
        hold(false);
    }

    private void hold(boolean hold) {
        lock.lock();
        try {
            holding = hold;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitRelease() {
        lock.lock();
        try {
            while (holding && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes every connection and ends every thread of this server. */
    @Override
    public void close() {
        List<Connection> open;
        List<Thread> running;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            open = List.copyOf(connections);
            running = List.copyOf(threads);
        } finally {
            lock.unlock();
        }
        closeQuietly(listener);
        open.forEach(connection -> closeQuietly(connection.socket));
        for (Thread thread : running) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (thread.isAlive()) {
            throw new IllegalStateException(thread.getName() + " did not end within " + CLOSE_WITHIN);
        }
    }

    private void await(BooleanSupplier condition, Duration within, String failure) throws InterruptedException {
        long left = within.toNanos();
        while (!condition.getAsBoolean()) {
            if (left <= 0) {
                throw new AssertionError(failure + " within " + within);
            }
            left = changed.awaitNanos(left);
        }
    }

    private void run(Runnable work) {
        Thread thread = new Thread(work, "testkit-fault-server-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        lock.lock();
        try {
            threads.add(thread);
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    private void acceptAll() {
        for (int number = 1; number <= MAX_CONNECTIONS; number++) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Connection connection = new Connection(number, socket);
                if (!add(connection)) {
                    return;
                }
                run(connection::serve);
            } catch (IOException e) {
                return; // the server was closed
            }
        }
        closeQuietly(listener);
    }

    private boolean add(Connection connection) {
        lock.lock();
        try {
            if (closed) {
                closeQuietly(connection.socket);
                return false;
            }
            connections.add(connection);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Records a request and takes its answer from the script, or else asks for one. */
    private FaultAnswer next(int connection, RequestHead head, byte[] body) throws IOException {
        RecordedRequest request;
        FaultAnswer scripted;
        lock.lock();
        try {
            int number = requests.size() + 1;
            if (number > MAX_REQUESTS) {
                throw new IOException("more than " + MAX_REQUESTS + " requests");
            }
            request = new RecordedRequest(number, connection, head.method(), head.path(), head.headers(), body);
            requests.add(request);
            changed.signalAll();
            scripted = script.poll();
        } finally {
            lock.unlock();
        }
        return scripted == null ? answers.apply(request) : scripted;
    }

    private static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            // closed is what was asked for
        }
    }

    private final class Connection {

        private final int number;
        private final Socket socket;

        private boolean ended; // guarded by lock

        Connection(int number, Socket socket) {
            this.number = number;
            this.socket = socket;
        }

        void serve() {
            try (socket) {
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream();
                boolean open = true;
                while (open) {
                    RequestHead head = RequestHead.read(in);
                    FaultAnswer answer = next(number, head, head.readBody(in));
                    open = send(answer, in, out) && !head.has("connection", "close");
                }
            } catch (IOException e) {
                // the client or close() ended the connection
            } finally {
                end();
            }
        }

        private void end() {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /** Sends an answer and returns whether the connection can carry another request. */
        private boolean send(FaultAnswer answer, InputStream in, OutputStream out) throws IOException {
            awaitRelease();
            pause(answer.delay(), in);
            FaultAnswer.Manner manner = answer.manner();
            byte[] body = answer.body();
            if (manner instanceof FaultAnswer.Reset) {
                socket.setSoLinger(true, 0);
                return false;
            }
            if (!(manner instanceof FaultAnswer.Stall)) {
                out.write(headOf(answer));
            }
            if (manner instanceof FaultAnswer.StallAfter stall) {
                out.write(body, 0, stall.bytes());
            }
            if (manner instanceof FaultAnswer.Stall || manner instanceof FaultAnswer.StallAfter) {
                in.transferTo(OutputStream.nullOutputStream()); // until the connection ends
                return false;
            }
            if (manner instanceof FaultAnswer.Truncate truncate) {
                out.write(body, 0, truncate.afterBytes());
                return false;
            }
            if (manner instanceof FaultAnswer.Drip drip) {
                for (int sent = 0; sent < body.length; sent += drip.bytes()) {
                    pause(drip.interval(), in);
                    out.write(body, sent, Math.min(drip.bytes(), body.length - sent));
                }
                return true;
            }
            out.write(body);
            return true;
        }

        /** Waits by reading, so that the wait ends at once when either side closes the connection. */
        private void pause(Duration time, InputStream in) throws IOException {
            long until = System.nanoTime() + time.toNanos();
            long left;
            while ((left = NANOSECONDS.toMillis(until - System.nanoTime())) > 0) {
                socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
                in.mark(1);
                try {
                    if (in.read() < 0) {
                        throw new EOFException("the client closed the connection");
                    }
                    throw new IOException("a request came before the answer to the last one was sent");
                } catch (SocketTimeoutException e) {
                    in.reset();
                }
            }
            socket.setSoTimeout(0);
        }

        private byte[] headOf(FaultAnswer answer) {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Scripted\r\n");
            answer.headers()
                    .forEach(header -> head.append(header.name())
                            .append(": ")
                            .append(header.value())
                            .append("\r\n"));
            head.append("Content-Length: ").append(answer.body().length).append("\r\n\r\n");
            return head.toString().getBytes(ISO_8859_1);
        }
    }
}
