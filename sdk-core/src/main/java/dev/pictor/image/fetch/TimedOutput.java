package dev.pictor.image.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Writes to a channel and waits, for the time that is left to the deadline, where the other side does not read. Sockets
 * know such a time for reads only. The channel blocks again when a write is over, as reads need it; so this and the reads
 * must be on one thread. Not thread-safe.
 */
final class TimedOutput extends OutputStream {

    private final SocketChannel channel;
    private final Deadline deadline;

    TimedOutput(SocketChannel channel, Deadline deadline) {
        this.channel = channel;
        this.deadline = deadline;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(source, offset, length);
        channel.configureBlocking(false);
        try {
            while (left.hasRemaining()) {
                int millis = deadline.millisLeft();
                if (channel.write(left) == 0) {
                    awaitRoom(millis);
                }
            }
        } finally {
            if (channel.isOpen()) {
                channel.configureBlocking(true);
            }
        }
    }

    /** Waits; an interrupt closes the channel, as it does in reads. Only blocking channels do that by themselves. */
    private void awaitRoom(int millis) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            selector.select(millis);
        }
        if (Thread.currentThread().isInterrupted()) {
            channel.close();
            throw new ClosedByInterruptException();
        }
    }
}
