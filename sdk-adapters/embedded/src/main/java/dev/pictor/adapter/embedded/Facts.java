package dev.pictor.adapter.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds by rule what a wish states: words in quotation marks, counts, and what must not be seen. */
final class Facts {

    private static final int MAX_FACTS = 20;
    private static final List<String> NUMBERS =
            List.of("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
    private static final Pattern FACT = Pattern.compile(
            "[\"\u201C](?<text>[^\"\u201C\u201D]{1,200})[\"\u201D]"
                    + "|\\b(?:no|without)\\s+(?:any\\s+|an?\\s+)?(?<exclusion>\\p{L}[\\p{L}-]{0,39})\\b"
                    + "|(?<![\\p{L}\\p{N}.,/:-])(?<number>\\d{1,4}|" + String.join("|", NUMBERS)
                    + ")\\s+(?!(?:mm|cm|px|am|pm)\\b)\\p{L}[\\p{L}-]{0,39}\\b",
            Pattern.CASE_INSENSITIVE);

    private Facts() {}

    /** Returns at most 20 facts, in order, each with kind, quote and count. */
    static List<Map<String, @Nullable Object>> of(String wish) {
        List<Map<String, @Nullable Object>> facts = new ArrayList<>();
        Matcher matcher = FACT.matcher(wish);
        while (facts.size() < MAX_FACTS && matcher.find()) {
            if (matcher.group("text") != null) {
                facts.add(fact("text", matcher.group("text"), null));
            } else if (matcher.group("exclusion") != null) {
                facts.add(fact("exclusion", matcher.group("exclusion"), null));
            } else {
                facts.add(fact("count", matcher.group(), number(matcher.group("number"))));
            }
        }
        return facts;
    }

    private static int number(String text) {
        int word = NUMBERS.indexOf(text.toLowerCase(Locale.ROOT));
        return word < 0 ? Integer.parseInt(text) : word + 2;
    }

    private static Map<String, @Nullable Object> fact(String kind, String quote, @Nullable Integer count) {
        Map<String, @Nullable Object> fact = new LinkedHashMap<>();
        fact.put("kind", kind);
        fact.put("quote", quote);
        fact.put("count", count);
        return fact;
    }
}
