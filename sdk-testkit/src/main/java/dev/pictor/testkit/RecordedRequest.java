package dev.pictor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as a {@link FaultServer} received it. Immutable. */
public final class RecordedRequest {

    private final int number;
    private final int connection;
    private final String method;
    private final String path;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    RecordedRequest(
            int number, int connection, String method, String path, Map<String, List<String>> headers, byte[] body) {
        this.number = number;
        this.connection = connection;
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Returns which request this was.
     *
     * @return 1 for the first since the server started
     */
    public int number() {
        return number;
    }

    /**
     * Returns which connection it came over. Two requests with the same number shared one.
     *
     * @return 1 for the first since the server started
     */
    public int connection() {
        return connection;
    }

    /**
     * Returns the HTTP method.
     *
     * @return such as {@code POST}
     */
    public String method() {
        return method;
    }

    /**
     * Returns the path with its query.
     *
     * @return as sent, such as {@code /v1/images?n=1}
     */
    public String path() {
        return path;
    }

    /**
     * Returns the headers.
     *
     * @return values in order of arrival, by name in lower case
     */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * Returns the first value of a header.
     *
     * @param name its name, in any case
     * @return the value, or empty if it was not sent
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /**
     * Returns the body.
     *
     * @return a copy of the bytes, decoded if they were sent in chunks
     */
    public byte[] body() {
        return body.clone();
    }

    /**
     * Returns the body as text.
     *
     * @return the bytes read as UTF-8
     */
    public String bodyText() {
        return new String(body, UTF_8);
    }

    @Override
    public String toString() {
        return method + " " + path + ", " + body.length + " bytes";
    }
}
