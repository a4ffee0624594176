package dev.pictor.intent;

import dev.pictor.intent.FactWords.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Things with their number and colours: finds them in a wish, and tells whether a text ties the same number and colours to the
 * same thing. English.
 */
final class FactPhrases {

    private static final int MAX_WORDS = 6;
    private static final int WINDOW = 8;
    private static final int NONE = -1;
    private static final Set<String> ENDING = Set.of("hour", "background", "backdrop");
    /** Behind "one" these are no things. */
    private static final Set<String> NO_THINGS = Set.of("side", "hand", "another", "day", "more", "point", "way");

    /** A thing, as many and as coloured; {@code start} to {@code end} are the words that say so. */
    record Phrase(int start, int end, int count, Set<String> colours, String thing) {}

    private final FactWords words;
    private final FactDenials denials;
    private final Set<String> more;

    /** @param more words that are colours here besides those that are known */
    FactPhrases(FactWords words, FactDenials denials, Set<String> more) {
        this.words = words;
        this.denials = denials;
        this.more = more;
    }

    List<Phrase> find() {
        List<Phrase> found = new ArrayList<>();
        int i = 0;
        while (i < words.size()) {
            @Nullable Phrase phrase = denials.isDenied(i) ? null : at(i);
            if (phrase != null) {
                found.add(phrase);
            }
            i = phrase == null ? i + 1 : Math.max(phrase.end, i + 1);
        }
        return found;
    }

    /** The thing that a quotation tells of as a whole, or null if it cannot be told. */
    @Nullable
    Phrase whole(int count) {
        for (int i = 0; i < words.size(); i++) {
            @Nullable Phrase phrase = at(i);
            if (phrase != null) {
                return phrase;
            }
        }
        int head = count < 0 ? NONE : head(0, count == 1);
        return head < 0 ? null : new Phrase(0, head + 1, count, Set.of(), words.get(head).stem);
    }

    private @Nullable Phrase at(int start) {
        Word first = words.get(start);
        boolean counts = first.count > 0 && isCount(start);
        if (!counts && !isColour(start)) {
            return null;
        }
        boolean one = counts ? first.count == 1 : start > 0 && Set.of("a", "an").contains(words.get(start - 1).text);
        int from = counts ? start + 1 : start;
        Set<String> colours = new LinkedHashSet<>();
        int head = head(from, one);
        int end = head < 0 ? coloursEnd(from) : head + 1;
        for (int i = from; i < end; i++) {
            if (isColour(i)) {
                colours.add(words.get(i).stem);
            }
        }
        if (head >= 0) {
            return counts && one && NO_THINGS.contains(words.get(head).text)
                    ? null
                    : new Phrase(start, head + 1, counts ? first.count : NONE, colours, words.get(head).stem);
        }
        return counts ? null : behind(start, end, colours);
    }

    /** The thing that a colour is told of from behind: the door is painted red. */
    private @Nullable Phrase behind(int start, int end, Set<String> colours) {
        int i = start - 1;
        boolean linked = false;
        while (i >= 0
                && words.get(i + 1).before == 0
                && Set.of("is", "are", "painted", "dyed", "in", "all", "deep", "bright")
                        .contains(words.get(i).text)) {
            linked |= !words.get(i).text.equals("in") && !words.get(i).text.equals("all");
            i--;
        }
        boolean thing =
                linked && i >= 0 && words.get(i + 1).before == 0 && !FactVocabulary.STOPS.contains(words.get(i).text);
        return thing ? new Phrase(i, end, NONE, colours, words.get(i).stem) : null;
    }

    private boolean isCount(int at) {
        if (at + 1 >= words.size() || words.get(at + 1).before != 0 || FactVocabulary.isUnit(words.get(at + 1))) {
            return false;
        }
        boolean ratio = at > 0 && words.get(at).before == ':' && words.get(at - 1).end + 1 == words.get(at).start;
        boolean year = words.get(at).count >= 1_000 && words.get(at).count < 2_200 && words.get(at + 1).capital;
        return !ratio && !year;
    }

    /** A colour, or the shade of one. */
    private boolean isColour(int at) {
        Word word = words.get(at);
        return FactVocabulary.isColour(word)
                || more.contains(word.stem)
                || (FactVocabulary.SHADES.contains(word.text)
                        && at + 1 < words.size()
                        && words.get(at + 1).isJoined()
                        && FactVocabulary.isColour(words.get(at + 1)));
    }

    /** Where colours end that stand side by side: red, white and blue. */
    private int coloursEnd(int from) {
        int end = from;
        while (end < words.size() && isColour(end)) {
            end++;
            boolean joined =
                    end + 1 < words.size() && Set.of("and", "or").contains(words.get(end).text) && isColour(end + 1);
            end = joined ? end + 1 : end;
            if (end < words.size() && !words.get(end).isJoined() && words.get(end).before != ',') {
                break;
            }
        }
        return end;
    }

    /** The index of the thing that the words from here on name, or -1. */
    private int head(int from, boolean one) {
        int head = NONE;
        int last = from + MAX_WORDS;
        for (int i = from; i < words.size() && i < last; i++) {
            Word word = words.get(i);
            if (isColour(i) && (i == from || word.isJoined())) {
                int end = coloursEnd(i);
                last += end - i;
                i = end - 1;
                continue;
            }
            if (i > from ? !words.goesOn(i) : FactVocabulary.STOPS.contains(word.text)) {
                break;
            }
            if (Character.isDigit(word.text.charAt(0)) || FactVocabulary.isUnit(word)) {
                continue;
            }
            if (head >= 0 && endsPhrase(word, i, one)) {
                break;
            }
            head = i;
            boolean plural = !one && FactVocabulary.isPlural(word);
            if (ENDING.contains(word.text)
                    || (plural && !(words.goesOn(i + 1) && FactVocabulary.isPlural(words.get(i + 1))))) {
                break;
            }
        }
        return head;
    }

    private boolean endsPhrase(Word word, int at, boolean one) {
        if (FactVocabulary.VERBS.contains(word.text)
                || (word.text.endsWith("ing") && !FormWords.NO_ACTION.contains(word.text))) {
            return true;
        }
        boolean isLast = !words.goesOn(at + 1) || words.get(at + 1).text.endsWith("ly");
        return isLast && (word.text.endsWith("ed") || (one && FactVocabulary.isPlural(word)));
    }

    /** Whether these words tie the number and the colours of a phrase to its thing. */
    boolean tie(Phrase phrase) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).stem.equals(phrase.thing) && !denials.isDenied(i) && ties(phrase, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean ties(Phrase phrase, int thing) {
        Set<String> missing = new HashSet<>(phrase.colours);
        boolean number = phrase.count < 0;
        int i = thing;
        while (i > 0 && thing - i < WINDOW && leads(i)) {
            i--;
            Word word = words.get(i);
            if (isArticle(word)) {
                number |= phrase.count == 1;
                break;
            }
            if (word.count >= 0 && !FactVocabulary.isUnit(words.get(i + 1))) {
                number |= word.count == phrase.count;
                break;
            }
            missing.remove(word.stem);
        }
        if (!missing.isEmpty()) {
            missing.removeAll(coloursBehind(thing));
        }
        return number && missing.isEmpty();
    }

    private static boolean isArticle(Word word) {
        return Set.of("a", "an", "single", "lone", "solitary").contains(word.text);
    }

    /** Whether the word before belongs to the phrase that this one is in. */
    private boolean leads(int at) {
        Word before = words.get(at - 1);
        char parted = words.get(at).before;
        if (parted == ',') {
            return isColour(at - 1)
                    || (!FactVocabulary.isPlural(before) && !FactVocabulary.STOPS.contains(before.text));
        }
        if (parted != 0 && parted != '-') {
            return false;
        }
        boolean joins = before.text.equals("and") || before.text.equals("or");
        return joins
                ? at > 1 && isColour(at - 2) && isColour(at)
                : isArticle(before) || !FactVocabulary.STOPS.contains(before.text);
    }

    /** The colours that are told of a thing behind it: a car painted in deep red. */
    private Set<String> coloursBehind(int thing) {
        Set<String> sure = new HashSet<>();
        Set<String> open = new HashSet<>(); // not sure while a thing of their own may follow
        for (int i = thing + 1; i < words.size() && i < thing + 1 + WINDOW; i++) {
            Word word = words.get(i);
            char parted = word.before;
            if (parted == '.' || parted == ';' || parted == ':') {
                break;
            }
            if (parted == ',') {
                sure.addAll(open);
                open.clear();
            }
            if (isColour(i)) {
                open.add(word.stem);
            } else if (!FactVocabulary.TO_COLOUR.contains(word.text)) {
                boolean ends = FactVocabulary.OF_COLOUR.contains(word.stem) || FactVocabulary.STOPS.contains(word.text);
                if (!ends && parted != ',') {
                    open.clear();
                }
                break;
            }
        }
        sure.addAll(open);
        return sure;
    }
}
