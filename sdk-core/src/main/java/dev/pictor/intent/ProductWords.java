package dev.pictor.intent;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phrases, and what each means. A phrase stands for its plural. Not thread-safe while it is filled.
 *
 * @param <V> what a phrase means
 */
final class ProductWords<V> {

    /**
     * A phrase that was found.
     *
     * @param start its first word
     * @param end after its last word
     * @param value what it means
     * @param <V> what a phrase means
     */
    record Found<V>(int start, int end, V value) {}

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['\u2019]\\p{L}+)?");
    private static final Pattern ACCENT = Pattern.compile("\\p{M}+");
    private static final Pattern POSSESSIVE = Pattern.compile("['\u2019]s?$");
    private static final int SHORTEST_FRONT = 3; // of a word that is known by its ending

    private final Map<String, V> values = new HashMap<>(); // by words with a blank between
    private final Map<String, V> endings = new HashMap<>();
    private int longest = 1;

    /** The words of a text in lower case, without accents and the possessive s. */
    static List<String> words(String text) {
        String plain =
                ACCENT.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(plain.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words.add(POSSESSIVE.matcher(word.group()).replaceFirst("").replace('\u2019', '\''));
        }
        return words;
    }

    /** Adds a phrase; false if it is there. */
    boolean add(String phrase, V value) {
        List<String> words = words(phrase);
        longest = Math.max(longest, words.size());
        return values.putIfAbsent(String.join(" ", words), value) == null;
    }

    /** Adds what a word means that ends so and is no phrase; false if it is there. */
    boolean addEnding(String ending, V value) {
        return endings.putIfAbsent(ending, value) == null;
    }

    /** The longest phrase among those that end last. */
    Optional<Found<V>> last(List<String> words, Predicate<Found<V>> accepted) {
        for (int end = words.size(); end > 0; end--) {
            for (int length = Math.min(longest, end); length > 0; length--) {
                Optional<Found<V>> found = at(words, end - length, length).filter(accepted);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The longest phrase that starts before a word and ends after it. */
    Optional<Found<V>> across(List<String> words, int middle) {
        for (int start = Math.max(0, middle - longest); start < middle; start++) {
            for (int length = Math.min(longest, words.size() - start); start + length > middle; length--) {
                Optional<Found<V>> found = at(words, start, length);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** All phrases that do not lie in a longer one, each once. */
    List<Found<V>> all(List<String> words) {
        List<Found<V>> all = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        int start = 0;
        while (start < words.size()) {
            Optional<Found<V>> found = first(words, start);
            found.filter(one -> seen.add(List.copyOf(words.subList(one.start(), one.end()))))
                    .ifPresent(all::add);
            start = found.map(Found::end).orElse(start + 1);
        }
        return all;
    }

    private Optional<Found<V>> first(List<String> words, int start) {
        for (int length = Math.min(longest, words.size() - start); length > 0; length--) {
            Optional<Found<V>> found = at(words, start, length);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Found<V>> at(List<String> words, int start, int length) {
        int end = start + length;
        String last = words.get(end - 1);
        String before = length == 1 ? "" : String.join(" ", words.subList(start, end - 1)) + " ";
        return Optional.ofNullable(values.get(before + last))
                .or(() -> singulars(last).stream()
                        .flatMap(one -> Optional.ofNullable(values.get(before + one)).stream())
                        .findFirst())
                .or(() -> length == 1 ? byEnding(last) : Optional.empty())
                .map(value -> new Found<>(start, end, value));
    }

    private Optional<V> byEnding(String word) {
        if (endings.isEmpty()) {
            return Optional.empty();
        }
        List<String> forms = new ArrayList<>(List.of(word));
        forms.addAll(singulars(word));
        for (String form : forms) {
            for (int cut = SHORTEST_FRONT; cut < form.length(); cut++) {
                V value = endings.get(form.substring(cut));
                if (value != null) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }

    /** What a word may be the plural of. */
    private static List<String> singulars(String word) {
        if (!word.endsWith("s") || word.length() < 4) {
            return List.of();
        }
        String shorter = word.substring(0, word.length() - 1);
        if (word.endsWith("ies")) {
            return List.of(word.substring(0, word.length() - 3) + "y", shorter);
        }
        return word.endsWith("es") ? List.of(shorter, word.substring(0, word.length() - 2)) : List.of(shorter);
    }
}
