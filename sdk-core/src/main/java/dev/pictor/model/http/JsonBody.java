package dev.pictor.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** Bodies of requests as JSON. */
public final class JsonBody {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonBody() {}

    /**
     * Returns a body that is a JSON object. Send it with {@code Content-Type: application/json}.
     *
     * @param fields names and values: text, numbers, booleans, lists and maps of such; an {@code Iterable} or map keeps
     *     its order
     * @return UTF-8
     * @throws IllegalArgumentException if a value is nothing that JSON can hold
     */
    public static BodyPublisher of(Map<String, ?> fields) {
        try {
            return BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(fields));
        } catch (JsonProcessingException e) { // not kept as the cause: its message may quote a prompt
            throw new IllegalArgumentException(
                    "a value is nothing that JSON can hold: " + e.getClass().getSimpleName());
        }
    }
}
