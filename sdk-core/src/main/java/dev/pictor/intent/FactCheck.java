package dev.pictor.intent;

import dev.pictor.intent.FactPhrases.Phrase;
import dev.pictor.intent.StatedFact.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which of the facts that a wish states a text still keeps. It goes by words:
 *
 * <ul>
 *   <li>a number and a colour are kept if they stand by the same thing: "three fluffy white cats" keep "3 white cats", and "3
 *       dogs on a white wall" do not. Digits and words, singular and plural, grey and gray are the same;
 *   <li>an exclusion is kept if it is named, and always with a "no" or the like before it;
 *   <li>anything else is kept if its words are there, in their order.
 * </ul>
 *
 * What another wording keeps may be taken for lost, and rarely what is lost for kept: it reads no sense. English.
 */
public final class FactCheck {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}%°]+");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");

    private FactCheck() {}

    /**
     * Returns what a wish states, by its form alone: words in quotation marks, what must not be there, numbers and colours of
     * things, measures and names.
     *
     * @param wish any text
     * @return at most 20, in the order of the wish; less in other languages than English
     */
    public static List<StatedFact> stated(String wish) {
        return stated(wish, List.of());
    }

    /**
     * Returns what a wish states, as {@link #stated(String)} does, where its reader knows which of its words are colours.
     *
     * @param wish any text
     * @param colours as {@link Understanding#colours()} tells; those that stand by no thing in the wish count for nothing
     * @return at most 20, in the order of the wish
     */
    public static List<StatedFact> stated(String wish, Collection<String> colours) {
        return FactFinder.find(wish, colours);
    }

    /**
     * Returns the facts that a text does not keep.
     *
     * @param facts what was stated
     * @param text what was made of it, such as an enhanced prompt
     * @return in the order of the facts, empty if all are kept
     */
    public static List<StatedFact> missing(List<StatedFact> facts, String text) {
        Text read = new Text(text);
        return facts.stream().filter(fact -> !read.keeps(fact)).toList();
    }

    /** Lower-case words with one space around each. */
    private static String plain(String text) {
        String numbers = THOUSANDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        return " " + NO_WORD.matcher(numbers).replaceAll(" ").strip() + " ";
    }

    private static final class Text {

        private final String plain;
        private final FactWords words;
        private final FactDenials denials;

        Text(String text) {
            plain = plain(text);
            words = FactWords.of(text);
            denials = FactDenials.of(words);
        }

        boolean keeps(StatedFact fact) {
            String quote = plain(fact.quote());
            if (quote.isBlank()) {
                return true;
            }
            return switch (fact.kind()) {
                case EXCLUSION -> leavesOut(FactWords.of(fact.quote()));
                case COUNT, COLOUR -> ties(fact);
                default -> plain.contains(quote);
            };
        }

        private boolean ties(StatedFact fact) {
            FactWords quote = FactWords.of(fact.quote());
            boolean saysHowMany = fact.count().isEmpty()
                    || quote.list.stream()
                            .anyMatch(word -> word.count == fact.count().getAsInt());
            if (saysHowMany && plain.contains(plain(fact.quote()))) {
                return true;
            }
            Set<String> first = fact.kind() == Kind.COLOUR && quote.size() > 0 ? Set.of(quote.get(0).stem) : Set.of();
            @Nullable
            Phrase phrase = new FactPhrases(quote, FactDenials.none(quote), first)
                    .whole(fact.count().orElse(-1));
            return phrase != null && new FactPhrases(words, denials, phrase.colours()).tie(phrase);
        }

        /** Whether what is excluded is named, and nowhere as wanted. */
        private boolean leavesOut(FactWords excluded) {
            int size = excluded.size();
            if (size == 0) {
                return true;
            }
            boolean named = false;
            for (int i = 0; i + size <= words.size(); i++) {
                if (!isAt(excluded, i)) {
                    continue;
                }
                boolean free =
                        i + size < words.size() && words.get(i + size).text.equals("free");
                if (!free && !denials.isDenied(i + size - 1)) {
                    return false;
                }
                named = true;
            }
            return named || isSaidInAWord(excluded.get(size - 1).stem);
        }

        private boolean isAt(FactWords quote, int at) {
            for (int i = 0; i < quote.size(); i++) {
                if (!words.get(at + i).stem.equals(quote.get(i).stem)) {
                    return false;
                }
            }
            return true;
        }

        /** Cloudless, or an empty street. */
        private boolean isSaidInAWord(String thing) {
            return words.list.stream()
                    .anyMatch(word -> word.text.equals(thing + "less")
                            || (FactVocabulary.PEOPLE.contains(thing)
                                    && FactVocabulary.WITHOUT_PEOPLE.contains(word.text)));
        }
    }
}
