package dev.pictor.testkit;

import dev.pictor.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The one thread of a {@link FakeProvider}: it does whatever its connections are ready for. */
final class ProviderLoop {

    private static final int BACKLOG = 4_096;
    private static final int READ_BYTES = 64 << 10;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final FakeProvider provider;
    private final TimeSource time;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final Thread thread;
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>(); // at most one for each connection
    private volatile boolean closed;

    // of the loop's thread
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final ProviderPictures pictures = new ProviderPictures();
    private final Set<ProviderConnection> connections = new HashSet<>();
    private int accepted;

    ProviderLoop(FakeProvider provider, TimeSource time) {
        this.provider = provider;
        this.time = time;
        try {
            selector = Selector.open();
            listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            listener.configureBlocking(false);
            SelectionKey unused = listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback address", e);
        }
        thread = new Thread(this::run, "testkit-fake-provider-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    URI uri() {
        try {
            InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
            return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
        } catch (IOException e) {
            throw new IllegalStateException("the provider is closed", e);
        }
    }

    FakeProvider provider() {
        return provider;
    }

    TimeSource time() {
        return time;
    }

    ProviderPictures pictures() {
        return pictures;
    }

    /** An empty buffer to read into, of the loop's thread. */
    ByteBuffer buffer() {
        return buffer.clear();
    }

    /** Has something done on the loop's thread. */
    void post(Runnable what) {
        posted.add(what);
        selector.wakeup();
    }

    void forget(ProviderConnection connection) {
        connections.remove(connection);
    }

    void close() {
        closed = true;
        selector.wakeup();
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

    private void run() {
        try (selector;
                listener) {
            while (!closed) {
                selector.select(this::ready);
                for (Runnable next = posted.poll(); next != null; next = posted.poll()) {
                    next.run();
                }
            }
            new ArrayList<>(connections).forEach(ProviderConnection::close);
        } catch (IOException e) {
            throw new UncheckedIOException("the provider cannot go on", e);
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof ProviderConnection connection) {
            connection.ready();
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                if (connections.size() == FakeProvider.MAX_CONNECTIONS) {
                    channel.close();
                    continue;
                }
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                ProviderConnection connection = new ProviderConnection(this, channel, ++accepted);
                connection.register(selector);
                connections.add(connection);
                provider.opened();
            }
        } catch (IOException e) {
            // the client was gone before it was let in, or no descriptor is left: the next one is tried anew
        }
    }
}
