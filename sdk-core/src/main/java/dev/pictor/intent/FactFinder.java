package dev.pictor.intent;

import dev.pictor.intent.StatedFact.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a wish states, by its form alone: words in quotation marks, what must not be there, numbers of things, and
 * names. English; it finds less in other languages.
 */
final class FactFinder {

    /** As many as a model is asked for. */
    static final int MAX_FACTS = 20;

    private static final int MAX_CHARS = 20_000;

    private static final Pattern QUOTED = Pattern.compile("[\"“”«]([^\"“”«»\\n]{1,200})[\"“”»]");
    private static final Pattern EXCLUDED = Pattern.compile(
            "\\b(?:no|without(?: any)?|not any|never any|free of)\\s+((?:[\\p{L}\\d'-]+)(?:\\s+(?!and\\b|or\\b|but\\b|with\\b|in\\b|on\\b|at\\b)[\\p{L}\\d'-]+){0,2})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNTED = Pattern.compile(
            "\\b(\\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen)"
                    + "((?:\\s+(?!(?:and|or|but|with|in|on|at|over|of|under|by|to|for|from|near|the|a|is|are|who|that)\\b)"
                    + "[\\p{Ll}'-]{2,}){1,3})",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MEASURED = Pattern.compile(
            "(?<![\\p{L}\\d])\\d+(?:[.,]\\d+)?\\s?(?:%|°|(?:mm|cm|m|km|kg|g|px|x\\d+|inch(?:es)?|st|nd|rd|th)\\b)");
    private static final String CAPITALISED = "\\p{Lu}\\p{Ll}[\\p{L}'-]+";

    /** Several words with capitals anywhere, or one that no sentence begins with. */
    private static final Pattern NAMED = Pattern.compile("(?<!\\p{L})" + CAPITALISED + "(?:\\s+" + CAPITALISED
            + "){1,4}|(?<![.!?:\\n]\\s)(?<!^)(?<=\\s)" + CAPITALISED);

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("a dozen", 12));

    /** After "one" these are no things. */
    private static final Set<String> NO_THINGS =
            Set.of("the", "and", "with", "that", "which", "side", "hand", "another");

    private FactFinder() {}

    static List<StatedFact> find(String wish) {
        String text = wish.length() > MAX_CHARS ? wish.substring(0, MAX_CHARS) : wish;
        List<Found> found = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            found.add(new Found(quoted.start(1), quoted.end(1), StatedFact.of(Kind.TEXT, quoted.group(1))));
        }
        Matcher excluded = EXCLUDED.matcher(text);
        while (excluded.find()) {
            add(found, new Found(excluded.start(), excluded.end(), StatedFact.of(Kind.EXCLUSION, excluded.group(1))));
        }
        Matcher measured = MEASURED.matcher(text);
        while (measured.find()) {
            add(found, new Found(measured.start(), measured.end(), StatedFact.of(Kind.OTHER, measured.group())));
        }
        Matcher counted = COUNTED.matcher(text);
        while (counted.find()) {
            if (!NO_THINGS.contains(counted.group(2).strip().toLowerCase(Locale.ROOT))) {
                add(found, new Found(counted.start(), counted.end(), count(counted)));
            }
        }
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            add(found, new Found(named.start(), named.end(), StatedFact.of(Kind.NAME, named.group())));
        }
        return found.stream()
                .sorted((one, other) -> Integer.compare(one.start, other.start))
                .map(Found::fact)
                .distinct()
                .limit(MAX_FACTS)
                .toList();
    }

    private record Found(int start, int end, StatedFact fact) {}

    /** What lies within something that was found already belongs to it. */
    private static void add(List<Found> found, Found more) {
        if (found.stream().noneMatch(known -> more.start < known.end && known.start < more.end)) {
            found.add(more);
        }
    }

    private static StatedFact count(Matcher counted) {
        String number = counted.group(1).toLowerCase(Locale.ROOT);
        Integer word = NUMBERS.get(number);
        return new StatedFactBuilder()
                .kind(Kind.COUNT)
                .quote(counted.group())
                .count(word == null ? Integer.parseInt(number) : word)
                .build();
    }
}
