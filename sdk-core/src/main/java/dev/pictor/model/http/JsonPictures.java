package dev.pictor.model.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageCollector;
import dev.pictor.image.ImageLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads answers in JSON that hold pictures in base64. A picture is decoded and hashed from the buffer in which it
 * arrives; its text is never in memory as a whole. Immutable and thread-safe.
 */
public final class JsonPictures implements AnswerReader<JsonAnswer> {

    private static final String ANY = "*";
    private static final JsonFactory JSON = new ObjectMapper().getFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<String> path;
    private final ImageLimits limits;

    private JsonPictures(List<String> path, ImageLimits limits) {
        this.path = path;
        this.limits = limits;
    }

    /**
     * Returns a reader under the default limits of pictures.
     *
     * @param place where pictures are, as a JSON pointer in which {@code *} is every element of a list, such as
     *     <code>/data/*&#47;b64_json</code>
     * @return a reader
     * @throws IllegalArgumentException if {@code place} does not begin with a slash
     */
    public static JsonPictures at(String place) {
        return at(place, ImageLimits.ofDefaults());
    }

    /**
     * Returns a reader.
     *
     * @param place where pictures are, as {@link #at(String)} takes it
     * @param limits how large a picture may be
     * @return a reader
     * @throws IllegalArgumentException if {@code place} does not begin with a slash
     */
    public static JsonPictures at(String place, ImageLimits limits) {
        if (!place.startsWith("/")) {
            throw new IllegalArgumentException("place must begin with a slash, was \"" + place + "\"");
        }
        return new JsonPictures(List.of(place.substring(1).split("/", -1)), requireNonNull(limits, "limits"));
    }

    @Override
    public JsonAnswer read(HttpAnswer answer) throws IOException {
        List<ImageBytes> images = new ArrayList<>();
        Base64Text text = new Base64Text(answer.body());
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(json, "the answer is no JSON object");
            }
            return new JsonAnswer(
                    images,
                    value(json, text, 0, images),
                    answer.vendorRequestId().orElse(null));
        }
    }

    /** Reads the value at which the parser stands. {@code depth} steps lead to a picture, or -1 if none can be below. */
    private JsonNode value(JsonParser json, Base64Text text, int depth, List<ImageBytes> images) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            ObjectNode object = NODES.objectNode();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                object.set(name, value(json, text, next(depth, name), images));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            ArrayNode array = NODES.arrayNode();
            int below = next(depth, ANY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(json, text, below, images));
            }
            return array;
        }
        if (token == JsonToken.VALUE_STRING) {
            if (depth == path.size()) {
                ImageBytes picture = picture(json, text);
                images.add(picture);
                return NODES.pojoNode(picture);
            }
            return NODES.textNode(json.getText());
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return NODES.booleanNode(token == JsonToken.VALUE_TRUE);
        }
        if (token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return NODES.numberNode(json.getLongValue());
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return NODES.numberNode(json.getDoubleValue());
        }
        return NODES.nullNode();
    }

    private int next(int depth, String step) {
        return depth >= 0 && depth < path.size() && path.get(depth).equals(step) ? depth + 1 : -1;
    }

    private ImageBytes picture(JsonParser json, Base64Text text) throws IOException {
        ImageCollector collector = new ImageCollector(limits);
        text.decode(json, collector);
        return collector.toImage();
    }
}
