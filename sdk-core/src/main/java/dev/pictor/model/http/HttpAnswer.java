package dev.pictor.model.http;

import dev.pictor.secret.Secrets;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/** An answer whose head has come. Not thread-safe: the body is a stream. */
public final class HttpAnswer {

    /** Where vendors tell their name for a request. */
    private static final List<String> REQUEST_IDS =
            List.of("x-request-id", "request-id", "x-amzn-requestid", "apim-request-id", "x-fal-request-id");

    private final int status;
    private final HttpHeaders headers;
    private final InputStream body;
    private final Secrets secrets;

    HttpAnswer(int status, HttpHeaders headers, InputStream body, Secrets secrets) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.secrets = secrets;
    }

    /**
     * Returns the HTTP status.
     *
     * @return 200 to 299
     */
    public int status() {
        return status;
    }

    /**
     * Returns the headers.
     *
     * @return as sent
     */
    public HttpHeaders headers() {
        return headers;
    }

    /**
     * Returns the body as it comes in. Nobody needs to close it, or to read it to its end.
     *
     * @return one and the same stream; it gives at most as many bytes as {@link ModelHttpBuilder#maxAnswerBytes(long)}
     */
    public InputStream body() {
        return body;
    }

    /**
     * Returns the vendor's name for the request.
     *
     * @return the first of the usual headers that is there, such as {@code x-request-id}, or empty
     */
    public Optional<String> vendorRequestId() {
        return requestId(headers, secrets);
    }

    static Optional<String> requestId(HttpHeaders headers, Secrets secrets) {
        return REQUEST_IDS.stream()
                .map(headers::firstValue)
                .flatMap(Optional::stream)
                .findFirst()
                .map(secrets::hide);
    }
}
