package dev.pictor.adapter.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.model.Embedding;
import dev.pictor.model.Usage;
import dev.pictor.model.http.HttpAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a batchEmbedContents call answered, read number by number without a tree. Not thread-safe. */
final class EmbeddingAnswer {

    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private final List<Embedding> vectors = new ArrayList<>();
    private Usage usage = Usage.none();
    private Optional<String> error = Optional.empty();

    private EmbeddingAnswer() {}

    /**
     * Reads an answer to its end.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no JSON, or its vectors are none
     * @throws IOException if the stream fails
     */
    static EmbeddingAnswer read(HttpAnswer answer) throws IOException {
        EmbeddingAnswer read = new EmbeddingAnswer();
        try (JsonParser json = JSON.createParser(answer.body())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(json, "the answer is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("embeddings") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        read.readEmbedding(json);
                    }
                } else if (name.equals("usageMetadata") && value == JsonToken.START_OBJECT) {
                    read.readUsage(json);
                } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
                    read.readError(json);
                } else {
                    json.skipChildren();
                }
            }
        }
        return read;
    }

    private void readEmbedding(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(json, "an embedding is no JSON object");
        }
        float[] vector = {};
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY && name.equals("values")) {
                vector = readNumbers(json);
            } else {
                json.skipChildren();
            }
        }
        if (vector.length == 0) {
            throw new JsonParseException(json, "an embedding has no values");
        }
        vectors.add(Embedding.of(vector));
    }

    private static float[] readNumbers(JsonParser json) throws IOException {
        float[] numbers = new float[1024];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = json.getFloatValue();
        }
        return Arrays.copyOf(numbers, count);
    }

    private void readUsage(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && name.equals("promptTokenCount")) {
                usage = Usage.builder()
                        .inputTextTokens(Math.max(0, json.getLongValue()))
                        .build();
            } else {
                json.skipChildren();
            }
        }
    }

    private void readError(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING && name.equals("message")) {
                error = Optional.of(json.getText());
            } else {
                json.skipChildren();
            }
        }
    }

    /** Returns what Google says of an answer that is none. */
    Optional<String> error() {
        return error;
    }

    /** Returns the vectors, in order. */
    List<Embedding> vectors() {
        return vectors;
    }

    Usage usage() {
        return usage;
    }
}
