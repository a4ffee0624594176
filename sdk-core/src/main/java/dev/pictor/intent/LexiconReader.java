package dev.pictor.intent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pictor.intent.WordGroup.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a lexicon, whole or not at all. A field that nobody knows is an error: it may be a typing error. */
final class LexiconReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> FIELDS = Set.of(
            "about",
            "version",
            "date",
            "styles",
            "groups",
            "pairs",
            "weights",
            "calibration",
            "model_calibration",
            "clarification",
            "complexity");
    private static final Set<String> GROUP_FIELDS = Set.of("role", "domain", "style", "strength", "phrases");
    private static final Set<String> PAIR_FIELDS = Set.of("domain", "strength");
    private static final Set<String> CALIBRATION_FIELDS = Set.of("form", "scores", "values");

    private final String name;

    LexiconReader(String name) {
        this.name = name;
    }

    LexiconParts read(InputStream json) {
        JsonNode root = tree(json);
        checkFields(root, FIELDS, "");
        List<WordGroup> groups = new ArrayList<>();
        for (Map.Entry<String, JsonNode> group : entries(required(root, "groups"), "groups")) {
            groups.add(group(group.getKey(), group.getValue()));
        }
        if (groups.isEmpty()) {
            throw wrong("groups", "must not be empty");
        }
        List<WordPair> pairs = new ArrayList<>();
        for (Map.Entry<String, JsonNode> pair : entries(root.path("pairs"), "pairs")) {
            pairs.add(pair(pair.getKey(), pair.getValue(), groups));
        }
        Map<Domain, String> styles = new EnumMap<>(Domain.class);
        for (Map.Entry<String, JsonNode> style : entries(root.path("styles"), "styles")) {
            styles.put(
                    domain(style.getKey(), "styles." + style.getKey()),
                    text(style.getValue(), "styles." + style.getKey()));
        }
        SortedMap<String, double[]> weights = new TreeMap<>();
        for (Map.Entry<String, JsonNode> weight : entries(root.path("weights"), "weights")) {
            weights.put(weight.getKey(), domainWeights(weight.getValue(), "weights." + weight.getKey()));
        }
        return new LexiconParts(
                text(required(root, "version"), "version"),
                date(text(required(root, "date"), "date")),
                List.copyOf(groups),
                List.copyOf(pairs),
                styles,
                weights,
                calibration(root.path("calibration"), "calibration"),
                calibration(root.path("model_calibration"), "model_calibration"),
                numbers(root.path("clarification"), "clarification"),
                numbers(root.path("complexity"), "complexity"));
    }

    private JsonNode tree(InputStream json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the lexicon " + name + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the lexicon " + name, e);
        }
    }

    private WordGroup group(String group, JsonNode node) {
        String path = "groups." + group;
        checkFields(node, GROUP_FIELDS, path + ".");
        List<String> phrases = new ArrayList<>();
        JsonNode list = required(node, "phrases", path + ".phrases");
        if (!list.isArray()) {
            throw wrong(path + ".phrases", "must be a list");
        }
        for (JsonNode phrase : list) {
            String at = path + ".phrases[" + phrases.size() + "]";
            String words = text(phrase, at);
            try {
                phrases.add(checkPhrase(words, "a phrase"));
            } catch (IllegalArgumentException e) {
                throw wrong(at, String.valueOf(e.getMessage()).replace("a phrase ", ""));
            }
        }
        @Nullable JsonNode domain = node.get("domain");
        @Nullable JsonNode style = node.get("style");
        return new WordGroup(
                group,
                role(text(required(node, "role", path + ".role"), path + ".role"), path + ".role"),
                domain == null
                        ? Optional.empty()
                        : Optional.of(domain(text(domain, path + ".domain"), path + ".domain")),
                style == null ? Optional.empty() : Optional.of(text(style, path + ".style")),
                strength(node, path),
                List.copyOf(phrases));
    }

    /** Returns a phrase in the form it is looked up in. */
    static String checkPhrase(String phrase, String name) {
        int words = Words.of(phrase).size();
        if (words < 1 || words > Phrases.MAX_WORDS) {
            throw new IllegalArgumentException(
                    name + " must be 1 to " + Phrases.MAX_WORDS + " words, was \"" + phrase + "\"");
        }
        return phrase.strip().toLowerCase(Locale.ROOT);
    }

    private WordPair pair(String pair, JsonNode node, List<WordGroup> groups) {
        String path = "pairs." + pair;
        checkFields(node, PAIR_FIELDS, path + ".");
        String[] names = pair.split("\\+", -1);
        if (names.length != 2) {
            throw wrong(path, "must be two groups with a plus between");
        }
        return new WordPair(
                pair,
                indexOf(names[0], groups, path),
                indexOf(names[1], groups, path),
                domain(text(required(node, "domain", path + ".domain"), path + ".domain"), path + ".domain"),
                strength(node, path));
    }

    private int indexOf(String group, List<WordGroup> groups, String path) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).name().equals(group)) {
                return i;
            }
        }
        throw wrong(path, "names the group " + group + ", which is not there");
    }

    private double strength(JsonNode node, String path) {
        double strength = node.has("strength") ? number(node.path("strength"), path + ".strength") : 0;
        if (!(strength >= 0 && strength <= 4)) {
            throw wrong(path + ".strength", "must be 0 to 4, was " + strength);
        }
        return strength;
    }

    private double[] domainWeights(JsonNode node, String path) {
        double[] weights = new double[Domain.values().length];
        for (Map.Entry<String, JsonNode> weight : entries(node, path)) {
            String at = path + "." + weight.getKey();
            weights[IntentModel.index(domain(weight.getKey(), at))] = number(weight.getValue(), at);
        }
        return weights;
    }

    private Calibration calibration(JsonNode node, String path) {
        if (node.isMissingNode()) {
            return Calibration.none();
        }
        checkFields(node, CALIBRATION_FIELDS, path + ".");
        String form = text(required(node, "form", path + ".form"), path + ".form");
        List<Double> scores = list(node, "scores", path);
        List<Double> values = list(node, "values", path);
        try {
            return switch (form) {
                case "platt" -> {
                    if (scores.size() != 1 || values.size() != 1) {
                        throw wrong(path, "of form platt has one score, the slope, and one value, the offset");
                    }
                    yield Calibration.platt(scores.get(0), values.get(0));
                }
                case "isotonic" -> Calibration.isotonic(scores, values);
                default -> throw wrong(path + ".form", "must be platt or isotonic, was " + form);
            };
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("the lexicon") ? e : wrong(path, message);
        }
    }

    private List<Double> list(JsonNode node, String field, String path) {
        String at = path + "." + field;
        List<Double> numbers = new ArrayList<>();
        for (JsonNode number : required(node, field, at)) {
            numbers.add(number(number, at + "[" + numbers.size() + "]"));
        }
        return numbers;
    }

    private SortedMap<String, Double> numbers(JsonNode node, String path) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        for (Map.Entry<String, JsonNode> number : entries(node, path)) {
            numbers.put(number.getKey(), number(number.getValue(), path + "." + number.getKey()));
        }
        return numbers;
    }

    private Iterable<Map.Entry<String, JsonNode>> entries(JsonNode node, String path) {
        if (!node.isMissingNode() && !node.isObject()) {
            throw wrong(path, "must be an object");
        }
        return node.properties();
    }

    private void checkFields(JsonNode node, Set<String> known, String prefix) {
        for (Map.Entry<String, JsonNode> field : entries(node, prefix.isEmpty() ? "the file" : prefix)) {
            if (!known.contains(field.getKey())) {
                throw wrong(prefix + field.getKey(), "is not known");
            }
        }
    }

    private JsonNode required(JsonNode node, String field) {
        return required(node, field, field);
    }

    private JsonNode required(JsonNode node, String field, String path) {
        @Nullable JsonNode value = node.get(field);
        if (value == null) {
            throw wrong(path, "is missing");
        }
        return value;
    }

    private String text(JsonNode node, String path) {
        if (!node.isTextual() || node.asText().isBlank()) {
            throw wrong(path, "must be text");
        }
        return node.asText();
    }

    private double number(JsonNode node, String path) {
        if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
            throw wrong(path, "must be a number");
        }
        return node.asDouble();
    }

    private LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw wrong("date", "must be a day such as 2026-11-30, was " + text);
        }
    }

    private Domain domain(String word, String path) {
        try {
            return Domain.parse(word);
        } catch (IllegalArgumentException e) {
            throw wrong(path, "must name a domain, was " + word);
        }
    }

    private Role role(String word, String path) {
        try {
            return Role.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(path, "must be one of medium, purpose, look, content, decoy, count and opening, was " + word);
        }
    }

    private IllegalArgumentException wrong(String path, String what) {
        return new IllegalArgumentException("the lexicon " + name + " is wrong: " + path + " " + what);
    }
}
