package dev.pictor.image.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.nio.channels.SocketChannel;

/**
 * A connected channel seen as a socket for TLS to lie on. Each read and write waits for the time that is left to the
 * deadline, so that a server which drips or does not read cannot pass it, not even inside a handshake; an interrupt closes
 * the channel. TLS writes inside of reads too: it answers when the server asks for new keys.
 */
final class TimedSocket extends Socket {

    private final SocketChannel channel;
    private final Deadline deadline;

    TimedSocket(SocketChannel channel, Deadline deadline) throws SocketException {
        super((SocketImpl) null);
        this.channel = channel;
        this.deadline = deadline;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        Socket socket = channel.socket();
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                socket.setSoTimeout(deadline.millisLeft());
                return super.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                socket.setSoTimeout(deadline.millisLeft());
                return super.read(target, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new TimedOutput(channel, deadline);
    }

    /** The channel is closed by interrupts as well and guards itself. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isBound() {
        return channel.socket().isBound();
    }

    @Override
    public boolean isInputShutdown() {
        return channel.socket().isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return channel.socket().isOutputShutdown();
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.socket().shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.socket().shutdownOutput();
    }

    @Override
    public InetAddress getInetAddress() {
        return channel.socket().getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return channel.socket().getLocalAddress();
    }

    @Override
    public int getPort() {
        return channel.socket().getPort();
    }

    @Override
    public int getLocalPort() {
        return channel.socket().getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return channel.socket().getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return channel.socket().getLocalSocketAddress();
    }
}
