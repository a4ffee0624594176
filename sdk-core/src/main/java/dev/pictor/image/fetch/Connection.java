package dev.pictor.image.fetch;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one of the addresses that were checked: the channel is given the address itself, so no name is looked
 * up, and channels know no proxies. TLS asks and verifies for the name in the URL. Not thread-safe.
 */
final class Connection implements Closeable {

    private static final int BUFFER_BYTES = 16_384;

    private final SocketChannel channel;
    private final Socket socket;

    private Connection(SocketChannel channel, Socket socket) {
        this.channel = channel;
        this.socket = socket;
    }

    static Connection open(Target target, List<InetAddress> checked, SSLSocketFactory tls, Deadline deadline)
            throws IOException {
        SocketChannel channel = connect(checked, target.port(), deadline);
        try {
            Socket plain = new TimedSocket(channel, deadline);
            return new Connection(channel, target.secure() ? secure(plain, target, tls) : plain);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Tries one address after the other; each gets its share of the time left, so that a dead one does not use it up. */
    private static SocketChannel connect(List<InetAddress> checked, int port, Deadline deadline) throws IOException {
        IOException failure = null;
        for (int i = 0; i < checked.size(); i++) {
            int millis = Math.max(1, deadline.millisLeft() / (checked.size() - i));
            SocketChannel channel = SocketChannel.open();
            try {
                channel.socket().connect(new InetSocketAddress(checked.get(i), port), millis);
                return channel;
            } catch (IOException e) {
                channel.close();
                failure = first(failure, e);
                if (Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
        }
        throw failure == null ? new IOException("there is no address") : failure;
    }

    private static IOException first(@Nullable IOException first, IOException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    private static Socket secure(Socket plain, Target target, SSLSocketFactory factory) throws IOException {
        Host host = target.host();
        SSLSocket tls = (SSLSocket) factory.createSocket(plain, host.name(), target.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (host.literal() == null) {
            parameters.setServerNames(List.of(new SNIHostName(host.name().getBytes(StandardCharsets.US_ASCII))));
        }
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    void send(String request) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    InputStream in() throws IOException {
        return new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /** Drops the connection without a farewell: TLS could wait for the server to hear it. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
