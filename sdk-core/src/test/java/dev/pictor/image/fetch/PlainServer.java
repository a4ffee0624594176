package dev.pictor.image.fetch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of bytes on loopback: it takes a request up to the blank line and lets a test answer as it likes. */
final class PlainServer implements Closeable {

    /** Answers one request. */
    interface Reply {
        void to(String request, OutputStream out, Peer peer) throws IOException;
    }

    /** 127.0.0.1, which every test here allows or refuses by this very form. */
    static final InetAddress LOCAL = local();

    private final ServerSocket listener;
    private final Reply reply;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "plain-server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch clientLeft = new CountDownLatch(1);
    private final CountDownLatch firstRequest = new CountDownLatch(1);

    private PlainServer(ServerSocket listener, Reply reply) {
        this.listener = listener;
        this.reply = reply;
        threads.execute(this::accept);
    }

    private static InetAddress local() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static PlainServer replying(Reply reply) throws IOException {
        return on(new ServerSocket(0, 50, LOCAL), reply);
    }

    static PlainServer on(ServerSocket listener, Reply reply) {
        return new PlainServer(listener, reply);
    }

    /** Always sends the same bytes and closes. */
    static PlainServer saying(byte[] answer) throws IOException {
        return replying((request, out, peer) -> out.write(answer));
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    /** Counted down when a client was seen to close its connection. */
    CountDownLatch clientLeft() {
        return clientLeft;
    }

    CountDownLatch firstRequest() {
        return firstRequest;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed at the end of the test
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            String request = read(in);
            requests.add(request);
            firstRequest.countDown();
            reply.to(request, socket.getOutputStream(), new Peer(socket, clientLeft));
        } catch (IOException e) {
            clientLeft.countDown(); // the client went away, as several tests have it
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client sent no whole request");
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }

    /** The client at the other end. */
    record Peer(Socket socket, CountDownLatch left) {

        /** Waits until the client closes. */
        void awaitClose() throws IOException {
            socket.setSoTimeout(20_000);
            try {
                int last = socket.getInputStream().read();
                if (last >= 0) {
                    throw new IllegalStateException("the client sent more than a request");
                }
            } finally {
                left.countDown();
            }
        }

        /** Lets time pass, or throws as soon as the client closes. */
        void pause(int millis) throws IOException {
            socket.setSoTimeout(millis);
            try {
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("the client closed");
                }
            } catch (SocketTimeoutException e) {
                // time has passed, as it should
            }
        }
    }

    static byte[] ok(byte[] body, String... headerLines) {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        return join(head.append("\r\n").toString(), body);
    }

    static byte[] redirect(int status, String location) {
        return join(
                "HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n",
                new byte[0]);
    }

    static byte[] join(String head, byte[] body) {
        byte[] begin = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(begin, begin.length + body.length);
        System.arraycopy(body, 0, all, begin.length, body.length);
        return all;
    }
}
