package dev.pictor.intent;

import dev.pictor.intent.StatedFact.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells which of the facts that a wish states a text still keeps. It goes by words: a fact is kept if its words are there, a
 * number also as a digit or a word, and an exclusion if what is excluded is named with a "no" before it or not at all.
 */
public final class FactCheck {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}%°]+");
    private static final String NEGATED =
            " (?:no|not|never|without|free of|nor|neither|exclude|excluding|avoid|leave out|leaves out)(?: \\S+){0,5}$";
    private static final Pattern ENDS_NEGATED = Pattern.compile(NEGATED);
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final int LOOK_BACK = 80;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(1, "one"),
            Map.entry(2, "two"),
            Map.entry(3, "three"),
            Map.entry(4, "four"),
            Map.entry(5, "five"),
            Map.entry(6, "six"),
            Map.entry(7, "seven"),
            Map.entry(8, "eight"),
            Map.entry(9, "nine"),
            Map.entry(10, "ten"),
            Map.entry(11, "eleven"),
            Map.entry(12, "twelve"));

    private FactCheck() {}

    /**
     * Returns what a wish states, by its form alone: words in quotation marks, what must not be there, numbers of things,
     * measures and names.
     *
     * @param wish any text
     * @return at most 20, in the order of the wish; less in other languages than English
     */
    public static List<StatedFact> stated(String wish) {
        return FactFinder.find(wish);
    }

    /**
     * Returns the facts that a text does not keep.
     *
     * @param facts what was stated
     * @param text what was made of it, such as an enhanced prompt
     * @return in the order of the facts, empty if all are kept
     */
    public static List<StatedFact> missing(List<StatedFact> facts, String text) {
        String words = words(text);
        return facts.stream().filter(fact -> !isKept(fact, words)).toList();
    }

    private static boolean isKept(StatedFact fact, String words) {
        String quote = words(fact.quote());
        if (fact.kind() == Kind.EXCLUSION) {
            return isNamedOnlyWithNo(quote, words);
        }
        if (quote.isBlank() || words.contains(quote)) {
            return true;
        }
        return fact.kind() == Kind.COUNT
                && fact.count().isPresent()
                && hasNumber(quote, fact.count().getAsInt(), words);
    }

    /** The number in digits or as a word, and a word of what is counted. */
    private static boolean hasNumber(String quote, int count, String words) {
        boolean isThere =
                words.contains(" " + count + " ") || words.contains(" " + WORDS.getOrDefault(count, "#") + " ");
        return isThere && SPACE.splitAsStream(quote.strip()).skip(1).anyMatch(word -> words.contains(" " + word + " "));
    }

    private static boolean isNamedOnlyWithNo(String quote, String words) {
        if (quote.isBlank()) {
            return true;
        }
        for (int at = words.indexOf(quote); at >= 0; at = words.indexOf(quote, at + 1)) {
            String before = words.substring(Math.max(0, at - LOOK_BACK), at);
            if (!ENDS_NEGATED.matcher(before).find()) {
                return false;
            }
        }
        return true;
    }

    /** Lower-case words with one space around each. */
    private static String words(String text) {
        return " "
                + NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip() + " ";
    }
}
