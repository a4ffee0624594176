package dev.pictor.image.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TimedSocketTest {

    /** More than the buffers of both sides hold. */
    private static final int MUCH = 32 << 20;

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket listener;
    private SocketChannel channel;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, PlainServer.LOCAL);
        channel = SocketChannel.open(new InetSocketAddress(PlainServer.LOCAL, listener.getLocalPort()));
        peer = listener.accept();
    }

    @AfterEach
    void close() throws Exception {
        channel.close();
        peer.close();
        listener.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private TimedSocket socket(Duration time) throws IOException {
        return new TimedSocket(channel, Deadline.in(time));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void endsAWriteAtTheDeadlineWhenNobodyReads() throws Exception {
        OutputStream out = socket(Duration.ofMillis(200)).getOutputStream();

        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> out.write(new byte[MUCH]));
    }

    @Test
    void writesAllToOneWhoReadsLate() throws Exception {
        TimedSocket socket = socket(LONG);
        byte[] much = bytes(MUCH);
        Future<byte[]> read = threads.submit(() -> {
            InputStream in = peer.getInputStream();
            byte[] all = in.readNBytes(MUCH);
            peer.getOutputStream().write(1);
            return all;
        });

        OutputStream out = socket.getOutputStream();
        out.write(much[0]);
        out.write(much, 1, MUCH - 1);

        assertThat(socket.getInputStream().read()).isEqualTo(1);
        assertThat(read.get()).isEqualTo(much);
    }

    @Test
    void endsAWriteWhenItsThreadIsInterrupted() throws Exception {
        OutputStream out = socket(LONG).getOutputStream();
        CompletableFuture<Thread> writer = new CompletableFuture<>();
        Future<Boolean> flag = threads.submit((Callable<Boolean>) () -> {
            writer.complete(Thread.currentThread());
            assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(() -> out.write(new byte[MUCH]));
            return Thread.currentThread().isInterrupted();
        });

        writer.get().interrupt();

        assertThat(flag.get()).isTrue();
        assertThat(channel.isOpen()).isFalse();
    }
}
