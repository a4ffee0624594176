package dev.pictor.adapter.gemini;

import com.google.genai.types.SafetySetting;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The options of one request, by Google's names, and its seed. Immutable. */
final class GeminiOptions {

    private final String modelId;
    private final Map<String, Object> given;

    GeminiOptions(String modelId, Map<String, Object> given) {
        this.modelId = modelId;
        this.given = given;
    }

    /** Returns a warning for each option that is not known. */
    List<OptionWarning> unknown(Set<String> known) {
        return given.keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> new OptionWarning(name, "left out: Google's adapter knows no option of this name"))
                .toList();
    }

    /** Returns the warning of a seed, which is never promised to be kept. */
    static Optional<OptionWarning> unpromised(OptionalLong seed) {
        if (seed.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OptionWarning(
                "seed",
                seedOf(seed).isPresent()
                        ? "sent, but Gemini does not promise the same answer for the same seed"
                        : "left out: Gemini takes 32 bits, was " + seed.getAsLong()));
    }

    /** Returns a seed as Google takes it, or empty if there is none or it is too large. */
    static Optional<Integer> seedOf(OptionalLong seed) {
        return seed.isPresent() && seed.getAsLong() == (int) seed.getAsLong()
                ? Optional.of((int) seed.getAsLong())
                : Optional.empty();
    }

    Optional<Float> number(String name) {
        return find(name).map(value -> {
            if (value instanceof Number number) {
                return number.floatValue();
            }
            throw wrong("a number", name);
        });
    }

    Optional<String> text(String name) {
        return find(name).map(value -> {
            if (value instanceof String text) {
                return text;
            }
            throw wrong("a text", name);
        });
    }

    Optional<List<String>> texts(String name) {
        return find(name).map(value -> {
            List<String> texts = new ArrayList<>();
            if (value instanceof List<?> list) {
                for (Object entry : list) {
                    if (entry instanceof String text) {
                        texts.add(text);
                    }
                }
                if (texts.size() == list.size()) {
                    return texts;
                }
            }
            throw wrong("a list of texts", name);
        });
    }

    Optional<List<SafetySetting>> safetySettings(String name) {
        return find(name).map(value -> {
            if (!(value instanceof List<?> list)) {
                throw wrong("a list", name);
            }
            List<SafetySetting> settings = new ArrayList<>();
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> map
                        && map.get("category") instanceof String category
                        && map.get("threshold") instanceof String threshold) {
                    settings.add(SafetySetting.builder()
                            .category(category)
                            .threshold(threshold)
                            .build());
                } else {
                    throw wrong("a category and a threshold in each entry", name);
                }
            }
            return settings;
        });
    }

    private Optional<Object> find(String name) {
        return Optional.ofNullable(given.get(name));
    }

    private RuntimeException wrong(String what, String name) {
        return GeminiFailures.invalid(modelId, "needs " + what + " for option " + name);
    }
}
