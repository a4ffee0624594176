package dev.pictor.prompts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map in a file of settings, read strictly: a key that nobody asks for is an error, so that a slip of the pen is found.
 * Not thread-safe.
 */
final class Settings {

    private final String where;
    private final Map<String, Object> values;

    private Settings(String where, Map<String, Object> values) {
        this.where = where;
        this.values = values;
    }

    /** Reads a whole file. */
    static Settings of(String yaml) {
        return new Settings("", YamlReader.read(PromptText.normalise(yaml), 0));
    }

    /** Returns the maps in this one, by key. */
    Map<String, Settings> maps() {
        Map<String, Settings> maps = new LinkedHashMap<>();
        values.keySet().forEach(key -> maps.put(key, map(key)));
        return maps;
    }

    /** Refuses keys that are none of these. */
    Settings allow(Set<String> keys) {
        for (String key : values.keySet()) {
            if (!keys.contains(key)) {
                throw malformed(at(key) + " is unknown; known are "
                        + String.join(", ", keys.stream().sorted().toList()));
            }
        }
        return this;
    }

    Settings map(String key) {
        Object value = values.get(key);
        if (value instanceof Map<?, ?> map) {
            return new Settings(at(key), Values.copyOf(map));
        }
        throw malformed(at(key) + " must be a map");
    }

    Optional<String> text(String key) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        // a version or a salt is often a whole number; of 1.10 YAML would make 1.1
        if (value instanceof String || value instanceof Integer) {
            return Optional.of(value.toString());
        }
        throw malformed(at(key) + " must be text; put it in quotes");
    }

    Optional<String> segment(String key) {
        Optional<String> text = text(key);
        if (text.isPresent() && !PromptNames.isSegment(text.get())) {
            throw malformed(at(key) + " must be " + PromptNames.SEGMENT_RULE);
        }
        return text;
    }

    boolean flag(String key, boolean otherwise) {
        Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw malformed(at(key) + " must be true or false");
    }

    int number(String key, int min, int max) {
        @Nullable Object value = values.get(key);
        if (value instanceof Integer number && number >= min && number <= max) {
            return number;
        }
        throw malformed(at(key) + " must be a whole number from " + min + " to " + max);
    }

    PromptFailure malformed(String message) {
        return new PromptFailure(PromptException.Reason.MALFORMED, message);
    }

    /** Returns what to call a key in messages, or this map for no key. */
    String at(String key) {
        return where.isEmpty() ? key : key.isEmpty() ? where : where + ": " + key;
    }
}
