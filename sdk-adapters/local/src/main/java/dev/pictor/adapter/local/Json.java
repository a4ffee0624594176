package dev.pictor.adapter.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads values that may be missing or of another kind. */
final class Json {

    private Json() {}

    static Optional<String> text(JsonNode value) {
        return Optional.of(value).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** Returns a count; what is negative or not whole was not counted. */
    static OptionalLong count(JsonNode value) {
        OptionalLong number = number(value);
        return number.orElse(0) < 0 ? OptionalLong.empty() : number;
    }

    static OptionalLong number(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong()
                ? OptionalLong.of(value.longValue())
                : OptionalLong.empty();
    }
}
