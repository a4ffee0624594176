package dev.pictor.model.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.pictor.image.ImageBytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An answer in JSON: its pictures, decoded, and what stands around them. Places are JSON pointers (RFC 6901). Immutable.
 */
public final class JsonAnswer {

    private final List<ImageBytes> images;
    private final JsonNode rest;
    private final @Nullable String vendorRequestId;

    JsonAnswer(List<ImageBytes> images, JsonNode rest, @Nullable String vendorRequestId) {
        this.images = List.copyOf(images);
        this.rest = rest;
        this.vendorRequestId = vendorRequestId;
    }

    /**
     * Returns the pictures.
     *
     * @return in the order of the answer, possibly none
     */
    public List<ImageBytes> images() {
        return images;
    }

    /**
     * Returns the picture at one place, for answers that say of each what it is.
     *
     * @param pointer such as {@code /data/0/b64_json}
     * @return the picture, or empty if there is none at that place
     */
    public Optional<ImageBytes> image(String pointer) {
        return at(pointer) instanceof POJONode node && node.getPojo() instanceof ImageBytes image
                ? Optional.of(image)
                : Optional.empty();
    }

    /**
     * Returns whether there is a true at a place.
     *
     * @param pointer such as {@code /data/0/is_draft}
     * @return false also if there is nothing, or something else
     */
    public boolean isTrue(String pointer) {
        return at(pointer).booleanValue();
    }

    /**
     * Returns a text.
     *
     * @param pointer such as {@code /data/0/revised_prompt}
     * @return the text, or empty if there is none at that place
     */
    public Optional<String> text(String pointer) {
        return Optional.of(at(pointer)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /**
     * Returns a whole number.
     *
     * @param pointer such as {@code /usage/input_tokens}
     * @return the number, or empty if there is none at that place, or one that is not whole or too large
     */
    public OptionalLong number(String pointer) {
        JsonNode found = at(pointer);
        return found.isIntegralNumber() && found.canConvertToLong()
                ? OptionalLong.of(found.longValue())
                : OptionalLong.empty();
    }

    /**
     * Returns how many elements a list has.
     *
     * @param pointer such as {@code /data}
     * @return 0 if there is no list at that place
     */
    public int count(String pointer) {
        JsonNode found = at(pointer);
        return found.isArray() ? found.size() : 0;
    }

    /**
     * Returns the vendor's name for the request.
     *
     * @return as in the answer's headers, or empty
     */
    public Optional<String> vendorRequestId() {
        return Optional.ofNullable(vendorRequestId);
    }

    private JsonNode at(String pointer) {
        return rest.at(JsonPointer.compile(pointer));
    }

    @Override
    public String toString() {
        return images.size() + " pictures and " + rest.size() + " fields";
    }
}
