package dev.pictor.intent;

import dev.pictor.intent.FeatureSpace.Found;
import dev.pictor.intent.Phrases.Hit;
import dev.pictor.intent.Words.Word;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What complexity counts in a prompt. Each count grows slowly, so that the tenth of a kind adds less than the first. Prompts of
 * more than {@value #SHORT} words have counts of their own: what makes a line of tags complex is commas and attributes, what
 * makes a long text so is sentences, lists, texts to write and constraints.
 */
final class PromptCounts {

    static final int SHORT = 40;

    /** Begins the names of what is counted in long prompts alone. */
    static final String LONG = "long: ";

    private static final Set<String> CLAUSES = Set.of(
            "while", "which", "that", "where", "whose", "so", "because", "when", "as", "then", "before", "after", "and",
            "with");

    private PromptCounts() {}

    static Map<String, Double> of(Found found, FeatureSpace space, @Nullable Domain domain) {
        Map<String, Double> counts = new LinkedHashMap<>();
        int words = spaced(found.words());
        Set<String> distinct = new HashSet<>();
        int numbers = 0;
        int commas = 0;
        int sentences = 0;
        int clauses = 0;
        int capitals = 0;
        int longWords = 0;
        int hyphens = 0;
        for (Word word : found.words().list) {
            distinct.add(word.text);
            numbers += Character.isDigit(word.text.charAt(0)) ? 1 : 0;
            commas += word.before == ',' ? 1 : 0;
            sentences += word.before == '.' ? 1 : 0;
            clauses += CLAUSES.contains(word.text) ? 1 : 0;
            capitals += word.capital && word.before != '.' ? 1 : 0;
            longWords += word.text.length() > 8 ? 1 : 0;
            hyphens += word.before == '-' ? 1 : 0;
        }
        put(counts, "distinct words", distinct.size());
        put(counts, "commas", commas);
        put(counts, "sentences", sentences);
        put(counts, "clauses", clauses);
        put(counts, "numbers", numbers);
        put(counts, "quotes", found.words().quotes);
        put(counts, "names", capitals);
        put(counts, "long words", longWords);
        put(counts, "compounds", hyphens);
        put(
                counts,
                "list",
                found.form().traits().contains("list") || found.form().traits().contains("json") ? 1 : 0);
        Map<String, Integer> kinds = new LinkedHashMap<>();
        for (Hit hit : found.hits()) {
            for (int index : hit.groups()) {
                WordGroup group = space.groups().get(index);
                String kind = group.role() == WordGroup.Role.COUNT ? group.name() : group.role() + " words";
                kinds.merge(kind, 1, Integer::sum);
            }
        }
        kinds.forEach((kind, count) -> put(counts, kind, count));
        if (domain != null) {
            counts.put("domain " + domain, 1.0);
        }
        counts.put("any prompt", 1.0);
        Map<String, Double> named = new LinkedHashMap<>();
        counts.forEach((name, count) -> named.put(words > SHORT ? LONG + name : name, count));
        named.put("words", Math.log1p(words)); // the same for all, so that the score goes on rising
        return named;
    }

    /** The number of words as people count them: what stands between white space. */
    private static int spaced(Words words) {
        return (int) words.list.stream().filter(word -> word.before != '-').count();
    }

    private static void put(Map<String, Double> counts, String name, int count) {
        counts.put(name, Math.log1p(count));
    }
}
