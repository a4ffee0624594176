package dev.pictor.gateway.price;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pictor.image.PixelSize;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One object of a price list while it is read: what is asked of it, and what is wrong with it. Not thread-safe. */
final class Fields {

    private final JsonNode object;
    private final String where;
    private final List<String> problems;
    private final Set<String> asked = new HashSet<>();

    Fields(JsonNode object, String where, List<String> problems) {
        this.object = object;
        this.where = where;
        this.problems = problems;
        if (!object.isObject()) {
            problem("must be an object");
        }
    }

    void problem(String text) {
        problems.add(where + " " + text);
    }

    String where() {
        return where;
    }

    Optional<String> text(String name) {
        return value(name, "text", node -> node.isTextual() && !node.asText().isBlank() ? node.asText() : null);
    }

    Optional<String> required(String name) {
        return demanded(name, text(name));
    }

    <E> Optional<E> requiredOf(String name, Function<String, E> parse) {
        return demanded(name, parsed(name, parse));
    }

    Optional<BigDecimal> requiredNumber(String name) {
        return demanded(name, value(name, "a number", node -> node.isNumber() ? node.decimalValue() : null));
    }

    OptionalLong count(String name) {
        return value(
                        name,
                        "a whole number from 1",
                        node -> node.canConvertToLong() && node.isIntegralNumber() && node.asLong() > 0
                                ? node.asLong()
                                : null)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    boolean flag(String name) {
        return value(name, "true or false", node -> node.isBoolean() ? node.asBoolean() : null)
                .orElse(false);
    }

    Optional<LocalDate> date(String name) {
        return parsed(name, LocalDate::parse);
    }

    List<PixelSize> sizes(String name) {
        List<PixelSize> sizes = new ArrayList<>();
        for (String text : texts(name)) {
            try {
                sizes.add(PixelSize.parse(text));
            } catch (IllegalArgumentException e) {
                problem("has no size in " + name + ": " + e.getMessage());
            }
        }
        return sizes;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : list(name)) {
            if (node.isTextual() && !node.asText().isBlank()) {
                texts.add(node.asText());
            } else {
                problem(name + " must be a list of texts");
            }
        }
        return texts;
    }

    /** Returns the items of a list, none if it is not there. */
    List<JsonNode> list(String name) {
        JsonNode node = ask(name);
        List<JsonNode> items = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(items::add);
        } else if (!node.isMissingNode()) {
            problem(name + " must be a list");
        }
        return items;
    }

    /** Reports every member that nobody asked for: a name with a typing error is a price that is not there. */
    void finish() {
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                problem("has an unknown field " + name);
            }
        });
    }

    private <E> Optional<E> parsed(String name, Function<String, E> parse) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(parse.apply(text));
            } catch (IllegalArgumentException | DateTimeParseException e) {
                problem(name + " is not known: " + text);
                return Optional.empty();
            }
        });
    }

    private <E> Optional<E> demanded(String name, Optional<E> value) {
        if (value.isEmpty() && object.path(name).isMissingNode()) {
            problem("has no " + name);
        }
        return value;
    }

    private <E> Optional<E> value(String name, String kind, Function<JsonNode, @Nullable E> read) {
        JsonNode node = ask(name);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        Optional<E> value = Optional.ofNullable(read.apply(node));
        if (value.isEmpty()) {
            problem(name + " must be " + kind + ", was " + node);
        }
        return value;
    }

    private JsonNode ask(String name) {
        asked.add(name);
        return object.path(name);
    }
}
