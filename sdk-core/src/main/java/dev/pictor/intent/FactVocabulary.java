package dev.pictor.intent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The words that facts are told apart by, from {@code fact-words.json}. English. */
final class FactVocabulary {

    private static final JsonNode FILE = file();

    static final Set<String> COLOURS = words("colours");
    /** They change the colour that follows. */
    static final Set<String> SHADES = words("shades");
    /** A colour before one of these needs no thing behind it: in red paint. */
    static final Set<String> OF_COLOUR = words("of_colour");
    /** What may stand between a thing and its colour behind it: a car painted in deep red. */
    static final Set<String> TO_COLOUR = words("to_colour");
    /** They end the phrase that begins with a number or a colour. */
    static final Set<String> STOPS = words("stops");
    /** They end it too, if there is a thing before them. */
    static final Set<String> VERBS = words("verbs");
    /** A number before one of these is a measure. */
    static final Set<String> UNITS = words("units");
    /** What is left to say in one word that there is nobody. */
    static final Set<String> WITHOUT_PEOPLE = words("without_people");

    static final Set<String> PEOPLE = words("people");

    private static final Map<String, String> SPELLINGS = pairs("spellings");
    private static final Map<String, String> PLURALS = pairs("plurals");

    private FactVocabulary() {}

    private static JsonNode file() {
        try (InputStream file = Objects.requireNonNull(
                FactVocabulary.class.getResourceAsStream("fact-words.json"), "fact-words.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read fact-words.json", e);
        }
    }

    static Set<String> words(String field) {
        Set<String> words = new HashSet<>();
        FILE.required(field).forEach(word -> words.add(word.asText()));
        return Set.copyOf(words);
    }

    private static Map<String, String> pairs(String field) {
        Map<String, String> pairs = new HashMap<>();
        FILE.required(field)
                .properties()
                .forEach(pair -> pairs.put(pair.getKey(), pair.getValue().asText()));
        return Map.copyOf(pairs);
    }

    /** A word in the singular and in one spelling. */
    static String stem(String word) {
        String plural = PLURALS.get(word);
        return plural != null ? plural : SPELLINGS.getOrDefault(word, Phrases.singular(word));
    }

    static boolean isPlural(FactWords.Word word) {
        return word.count < 0
                && (PLURALS.containsKey(word.text)
                        || (word.text.endsWith("s") && !word.text.equals(Phrases.singular(word.text))));
    }

    static boolean isColour(FactWords.Word word) {
        return COLOURS.contains(word.stem) && !isPlural(word);
    }

    /** The words that stand for colours as a reader names them, such as "eau de nil": the last of each. */
    static Set<String> colours(Collection<String> named) {
        return named.stream()
                .map(FactWords::of)
                .filter(words -> words.size() > 0)
                .map(words -> words.get(words.size() - 1).stem)
                .collect(Collectors.toUnmodifiableSet());
    }

    static boolean isUnit(FactWords.Word word) {
        return UNITS.contains(word.stem) || UNITS.contains(word.text);
    }
}
