package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pictor.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link FakeProvider}. Everything happens on the loop's thread. */
final class ProviderConnection {

    private static final int MAX_REQUEST_BYTES = 64 << 20;
    private static final byte[] NOTHING = {};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(ISO_8859_1);

    private final ProviderLoop loop;
    private final SocketChannel channel;
    private final int number;
    private final Deque<ByteBuffer> out = new ArrayDeque<>();

    private byte[] in = NOTHING;
    private int inLength;
    private @Nullable RequestHead head;
    private int headLength;
    private boolean busy;
    private boolean open = true;
    private @Nullable SelectionKey key;
    private TimeSource.@Nullable Pending timer;
    private Runnable afterwards = () -> {};

    ProviderConnection(ProviderLoop loop, SocketChannel channel, int number) {
        this.loop = loop;
        this.channel = channel;
        this.number = number;
    }

    void register(Selector selector) throws IOException {
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void ready() {
        try {
            if (read()) {
                write();
                next();
            }
        } catch (IOException e) {
            end(busy); // the client reset it, or what it sent is no request
        }
    }

    /** Closes the connection, whatever it was at. */
    void close() {
        end(false);
    }

    private void end(boolean abandoned) {
        if (!open) {
            return;
        }
        open = false;
        if (timer != null) {
            timer.cancel();
        }
        try {
            channel.close();
        } catch (IOException e) {
            // closed is what was asked for
        }
        loop.forget(this);
        loop.provider().closed(abandoned);
    }

    /** Takes in what has come. Returns false if the client has gone. */
    private boolean read() throws IOException {
        ByteBuffer buffer = loop.buffer();
        int count;
        while ((count = channel.read(buffer)) > 0) {
            if (inLength + count > MAX_REQUEST_BYTES) {
                throw new IOException("a request of more than " + MAX_REQUEST_BYTES + " bytes");
            }
            if (inLength + count > in.length) {
                in = Arrays.copyOf(in, Math.max(inLength + count, 2 * in.length));
            }
            buffer.flip().get(in, inLength, count);
            inLength += count;
            buffer.clear();
        }
        if (count < 0) {
            end(busy);
        }
        return count >= 0;
    }

    /** Takes the next request, if there is a whole one and the last one is done with. */
    private void next() throws IOException {
        RequestHead request = busy || !open ? null : readHead();
        if (request == null || !mayHaveBody(request)) {
            return;
        }
        ByteArrayInputStream rest = new ByteArrayInputStream(in, headLength, inLength - headLength);
        byte[] body;
        try {
            body = request.readBody(rest);
        } catch (EOFException e) {
            return; // what looked like the end was in the middle of a chunk: there is more to come
        }
        in = rest.available() == 0 ? NOTHING : rest.readAllBytes();
        inLength = in.length;
        head = null;
        headLength = 0;
        busy = true;
        FakeProvider.Fate fate = loop.provider().arrived(number, request.first("idempotency-key"));
        later(fate.latency(), () -> answer(request, body, fate));
    }

    /** The head of the next request, or null while it is not there to its end. */
    private @Nullable RequestHead readHead() throws IOException {
        if (head == null) {
            int end = endOfHead(Math.max(0, headLength - 3)); // from where it was looked at so far
            headLength = end < 0 ? inLength : end;
            if (end >= 0) {
                head = RequestHead.read(new ByteArrayInputStream(in, 0, end));
            } else if (inLength > RequestHead.MAX_HEADER_BYTES) {
                throw new IOException("too large headers");
            }
        }
        return head;
    }

    private int endOfHead(int from) {
        for (int i = from; i + 4 <= inLength; i++) {
            if (in[i] == '\r' && in[i + 1] == '\n' && in[i + 2] == '\r' && in[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private boolean mayHaveBody(RequestHead request) throws IOException {
        return request.isChunked()
                ? inLength - headLength >= LAST_CHUNK.length
                        && Arrays.equals(in, inLength - LAST_CHUNK.length, inLength, LAST_CHUNK, 0, LAST_CHUNK.length)
                : inLength - headLength >= request.bodyLength();
    }

    private void answer(RequestHead request, byte[] body, FakeProvider.Fate fate) {
        Fault fault = fate.fault();
        if (fault.kind() == Fault.Kind.STALL) {
            return;
        }
        if (fault.kind() == Fault.Kind.RESET) {
            reset();
            return;
        }
        ProviderAnswer answer = ProviderAnswer.to(
                request, body, fate, loop.pictures(), loop.time().clock());
        List<ByteBuffer> parts = answer.body();
        out.add(answer.head());
        switch (fault.kind()) {
            case STALL_IN_BODY -> send(ProviderAnswer.half(parts), () -> {});
            case RESET_IN_BODY -> send(ProviderAnswer.half(parts), this::reset);
            case CUT_OFF -> send(ProviderAnswer.half(parts), this::close);
            case DRIP -> send(List.of(), () -> drip(ProviderAnswer.joined(parts), fault, request));
            default -> send(parts, () -> sent(request));
        }
    }

    private void send(List<ByteBuffer> parts, Runnable then) {
        out.addAll(parts);
        afterwards = then;
        try {
            write();
        } catch (IOException e) {
            end(busy);
        }
    }

    private void write() throws IOException {
        if (out.isEmpty()) {
            return;
        }
        ByteBuffer[] parts = out.toArray(ByteBuffer[]::new);
        long unused = channel.write(parts);
        while (!out.isEmpty() && !out.element().hasRemaining()) {
            out.remove();
        }
        SelectionKey registered = key;
        if (registered != null) {
            registered.interestOps(out.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
        if (out.isEmpty()) {
            Runnable then = afterwards;
            afterwards = () -> {};
            then.run();
        }
    }

    private void drip(ByteBuffer body, Fault fault, RequestHead request) {
        if (!body.hasRemaining()) {
            sent(request);
            return;
        }
        later(fault.interval(), () -> {
            int count = Math.min(fault.bytes(), body.remaining());
            ByteBuffer piece = body.slice(body.position(), count);
            body.position(body.position() + count);
            send(List.of(piece), () -> drip(body, fault, request));
        });
    }

    private void sent(RequestHead request) {
        busy = false;
        loop.provider().answerSent();
        if (request.has("connection", "close")) {
            close();
        } else if (inLength > 0) {
            loop.post(this::ready);
        }
    }

    private void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // it is closed already
        }
        close();
    }

    private void later(Duration delay, Runnable what) {
        if (delay.isZero()) {
            what.run();
            return;
        }
        timer = loop.time()
                .after(
                        delay,
                        () -> loop.post(() -> {
                            timer = null;
                            if (open) {
                                what.run();
                            }
                        }));
    }
}
