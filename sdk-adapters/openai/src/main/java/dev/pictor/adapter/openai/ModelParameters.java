package dev.pictor.adapter.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.model.ModelProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which values of which parameters a model takes, from the dated file {@code parameters.json}. Of a model that is not in
 * it nothing is known, and nothing is held back. Immutable.
 */
final class ModelParameters {

    private final Optional<Map<String, List<String>>> values;

    private ModelParameters(Optional<Map<String, List<String>>> values) {
        this.values = values;
    }

    static ModelParameters of(ModelProfile profile) {
        return new ModelParameters(Optional.ofNullable(Held.VALUES.get(profile.id())));
    }

    boolean areKnown() {
        return values.isPresent();
    }

    /** Returns the values that the model takes for a parameter, none if it does not know the parameter. */
    List<String> values(String parameter) {
        return values.map(known -> known.getOrDefault(parameter, List.of())).orElse(List.of());
    }

    boolean take(String parameter, String value) {
        return values.isEmpty() || values(parameter).contains(value);
    }

    /** Read on first use. */
    private static final class Held {

        private static final Map<String, Map<String, List<String>>> VALUES = read();

        private static Map<String, Map<String, List<String>>> read() {
            try (InputStream json = ModelParameters.class.getResourceAsStream("parameters.json")) {
                Map<String, Map<String, List<String>>> all = new HashMap<>();
                for (JsonNode family : new ObjectMapper().readTree(json).path("families")) {
                    Map<String, List<String>> values = new HashMap<>();
                    family.path("values")
                            .properties()
                            .forEach(parameter -> values.put(parameter.getKey(), words(parameter.getValue())));
                    words(family.path("models")).forEach(model -> all.put(model, Map.copyOf(values)));
                }
                return Map.copyOf(all);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read parameters.json, which is part of this artifact", e);
            }
        }

        private static List<String> words(JsonNode list) {
            List<String> words = new ArrayList<>();
            list.forEach(word -> words.add(word.asText()));
            return List.copyOf(words);
        }
    }
}
