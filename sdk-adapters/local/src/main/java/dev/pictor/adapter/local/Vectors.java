package dev.pictor.adapter.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * Reads an answer with vectors as it comes, so that no tree of numbers is built. Vectors are lists of numbers, or the
 * bytes of 32-bit numbers in base64, the lowest byte first.
 *
 * @param byIndex the vectors, by where their texts stood in the request
 * @param rest everything else
 */
record Vectors(TreeMap<Integer, float[]> byIndex, JsonNode rest) {

    private static final JsonFactory JSON = new ObjectMapper().getFactory();
    private static final int FIRST_ROOM = 1_024;

    static Vectors read(InputStream body) throws IOException {
        TreeMap<Integer, float[]> byIndex = new TreeMap<>();
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(json, "the answer is no JSON object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY && name.equals("data")) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        element(json, byIndex);
                    }
                } else {
                    rest.set(name, json.readValueAsTree());
                }
            }
        }
        return new Vectors(byIndex, rest);
    }

    /** Reads one element of the list. One that does not say where it belongs is the next. */
    private static void element(JsonParser json, TreeMap<Integer, float[]> byIndex) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(json, "data is no list of objects");
        }
        int index = byIndex.isEmpty() ? 0 : byIndex.lastKey() + 1;
        float[] vector = {};
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (name.equals("index") && token == JsonToken.VALUE_NUMBER_INT) {
                index = json.getIntValue();
            } else if (name.equals("embedding") && token == JsonToken.START_ARRAY) {
                vector = numbers(json);
            } else if (name.equals("embedding") && token == JsonToken.VALUE_STRING) {
                vector = numbers(json, json.getBinaryValue());
            } else {
                json.skipChildren();
            }
        }
        if (byIndex.put(index, vector) != null) {
            throw new JsonParseException(json, "two vectors have the index " + index);
        }
    }

    private static float[] numbers(JsonParser json) throws IOException {
        float[] numbers = new float[FIRST_ROOM];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = json.getFloatValue();
        }
        return Arrays.copyOf(numbers, count);
    }

    private static float[] numbers(JsonParser json, byte[] bytes) throws IOException {
        if (bytes.length % Float.BYTES != 0) {
            throw new JsonParseException(json, "a vector in base64 has " + bytes.length + " bytes");
        }
        float[] numbers = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }
}
