package dev.pictor.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first lines of an HTTP/1.1 request, and how to read its body: at most 64 KiB and 256 MiB. */
record RequestHead(String method, String path, Map<String, List<String>> headers) {

    static final int MAX_HEADER_BYTES = 64 << 10;
    static final int MAX_BODY_BYTES = 256 << 20;

    boolean has(String name, String value) {
        return headers.getOrDefault(name, List.of()).stream().anyMatch(value::equalsIgnoreCase);
    }

    @Nullable
    String first(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    boolean isChunked() {
        return has("transfer-encoding", "chunked");
    }

    /** How many bytes follow, unless they come in chunks. */
    int bodyLength() throws IOException {
        return parseLength(headers.getOrDefault("content-length", List.of("0")).get(0), 10);
    }

    /** Reads up to the end of the headers. */
    static RequestHead read(InputStream in) throws IOException {
        String[] request = readLine(in).split(" ", 3);
        if (request.length < 3) {
            throw new IOException("not an HTTP request line");
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int bytes = 0;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            bytes += line.length();
            int colon = line.indexOf(':');
            if (colon < 1 || bytes > MAX_HEADER_BYTES) {
                throw new IOException("broken or too large headers");
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        headers.replaceAll((name, values) -> List.copyOf(values));
        return new RequestHead(request[0], request[1], Map.copyOf(headers));
    }

    /** Reads the body that follows. */
    byte[] readBody(InputStream in) throws IOException {
        if (!isChunked()) {
            return readExactly(in, bodyLength());
        }
        List<byte[]> chunks = new ArrayList<>();
        int total = 0;
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            total = Math.addExact(total, size);
            if (total > MAX_BODY_BYTES) {
                throw new IOException("a body of more than " + MAX_BODY_BYTES + " bytes");
            }
            chunks.add(readExactly(in, size));
            readLine(in);
        }
        while (!readLine(in).isEmpty()) {
            // trailers
        }
        byte[] body = new byte[total];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, body, at, chunk.length);
            at += chunk.length;
        }
        return body;
    }

    private static int chunkSize(InputStream in) throws IOException {
        return parseLength(readLine(in).split(";", 2)[0].strip(), 16);
    }

    private static int parseLength(String text, int radix) throws IOException {
        try {
            int length = Integer.parseInt(text, radix);
            if (length >= 0 && length <= MAX_BODY_BYTES) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new IOException("not a length: " + text, e);
        }
        throw new IOException("a body of " + text + " bytes");
    }

    private static byte[] readExactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the request ends after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    @CanIgnoreReturnValue
    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() == MAX_HEADER_BYTES) {
                throw new EOFException("the client closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
