package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.testkit.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Bodies of requests, compared as JSON: the order of fields does not matter. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode sent;

    private Json(JsonNode sent) {
        this.sent = sent;
    }

    static JsonNode of(RecordedRequest request) {
        return parse(request.bodyText());
    }

    static Json assertThatJson(RecordedRequest request) {
        return new Json(of(request));
    }

    void isEqualTo(String expected) {
        assertThat(sent).isEqualTo(parse(expected));
    }

    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
