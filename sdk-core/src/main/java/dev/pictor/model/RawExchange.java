package dev.pictor.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.immutables.value.Value;

/**
 * One request to a vendor and its answer as they went over the wire, for the trace: without secrets, and with a digest in
 * the place of every picture and document. Prompts and answers are in it. Immutable.
 */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = RawExchangeBuilder.class)
public abstract class RawExchange {

    RawExchange() {}

    /**
     * Returns a builder for a request without an answer.
     *
     * @param method such as {@code POST}
     * @param url where it was sent, without the values of secret parameters
     * @return a new builder
     */
    public static RawExchangeBuilder builder(String method, String url) {
        return new RawExchangeBuilder().method(method).url(url);
    }

    /**
     * The HTTP method.
     *
     * @return such as {@code POST}
     */
    public abstract String method();

    /**
     * Where it was sent.
     *
     * @return a URL
     */
    public abstract String url();

    /**
     * The headers of the request. Default: none.
     *
     * @return values by name, in lower case; those of secrets are stars
     */
    @Value.Redacted
    public abstract Map<String, List<String>> requestHeaders();

    /**
     * The body of the request. Default: empty.
     *
     * @return text, with digests in place of pictures
     */
    @Value.Redacted
    public abstract Optional<String> requestBody();

    /**
     * The status of the answer. Default: empty, which means that none came.
     *
     * @return 100 to 599
     */
    public abstract OptionalInt status();

    /**
     * The headers of the answer. Default: none.
     *
     * @return values by name, in lower case; those of secrets are stars
     */
    @Value.Redacted
    public abstract Map<String, List<String>> responseHeaders();

    /**
     * The body of the answer, as far as it came. Default: empty.
     *
     * @return text, with digests in place of pictures
     */
    @Value.Redacted
    public abstract Optional<String> responseBody();

    /**
     * How long it took. Default: not measured.
     *
     * @return from the request's first byte to the answer's last
     */
    public abstract Optional<Duration> took();
}
