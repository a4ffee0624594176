package dev.pictor.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that sends what it is told over one connection and reads one answer at a time, as it comes. */
final class ProviderClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    ProviderClient(URI uri) {
        try {
            socket = new Socket(uri.getHost(), uri.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + uri, e);
        }
    }

    /** An answer, as far as it came. */
    record Answer(int status, String head, String body) {
        boolean isWhole() {
            return body.length() == length(head);
        }
    }

    @CanIgnoreReturnValue
    ProviderClient post(String json, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send("POST /v1/images/generations HTTP/1.1\r\nHost: fake\r\nContent-Type: application/json\r\n" + more
                + "Content-Length: " + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
    }

    @CanIgnoreReturnValue
    ProviderClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Reads up to the end of the answer or of the connection. */
    @CanIgnoreReturnValue
    Answer read() throws IOException {
        String head = readHead();
        byte[] body = in.readNBytes(length(head));
        return new Answer(status(head), head, new String(body, StandardCharsets.UTF_8));
    }

    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    byte[] readBody(int bytes) throws IOException {
        return in.readNBytes(bytes);
    }

    int readByte() throws IOException {
        return in.read();
    }

    static int length(String head) {
        return Integer.parseInt(field(head, "Content-Length"));
    }

    static int status(String head) {
        return Integer.parseInt(head.substring(9, 12));
    }

    static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + head))
                .substring(name.length() + 2);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
