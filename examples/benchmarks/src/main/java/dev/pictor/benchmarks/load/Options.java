package dev.pictor.benchmarks.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What follows the name of a measurement: {@code --name value} pairs. Immutable. */
final class Options {

    private final Map<String, String> values = new HashMap<>();

    Options(List<String> words) {
        for (int i = 0; i < words.size(); i += 2) {
            if (!words.get(i).startsWith("--") || i + 1 == words.size()) {
                throw new IllegalArgumentException("options are pairs such as --seconds 60, were " + words);
            }
            values.put(words.get(i).substring(2), words.get(i + 1));
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    double number(String name, double otherwise) {
        return text(name).map(Double::parseDouble).orElse(otherwise);
    }
}
