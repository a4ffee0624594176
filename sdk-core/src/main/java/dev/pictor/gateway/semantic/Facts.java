package dev.pictor.gateway.semantic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a prompt tells, as words in segments, without what is harmless. Immutable. */
final class Facts {

    /** Marks a word that begins with a capital inside a sentence: a Beetle is no beetle. */
    static final String NAME = "^";

    private static final int NAME_WORDS = 3;

    /** Stands for "a" and "an" while a prompt is read. */
    static final String ARTICLE = "a";

    private final WordLists lists;
    private final List<List<String>> segments;
    private final boolean fixedOrder;
    private final boolean capitalsTell;
    private final long letters; // the same for prompts that agree: neither a typo nor another order changes it

    /** @param capitalsTell whether a word that begins with a capital inside a sentence, and has the mark for it, is a name */
    Facts(WordLists lists, List<List<String>> segments, boolean fixedOrder, boolean capitalsTell) {
        this.lists = lists;
        this.segments = segments.stream().map(List::copyOf).toList();
        this.fixedOrder = fixedOrder;
        this.capitalsTell = capitalsTell;
        long sum = 0;
        for (List<String> segment : this.segments) {
            for (String word : segment) {
                sum += lettersOf(bare(word)) + 1;
            }
        }
        this.letters = sum;
    }

    /** A sum over the letters of a word, each once. */
    private static long lettersOf(String word) {
        long sum = 0;
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (word.indexOf(letter) == i) {
                sum += mix(letter);
            }
        }
        return sum;
    }

    private static long mix(int letter) {
        long mixed = (letter + 1) * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    }

    /** Whether the two can agree at all, which costs next to nothing. */
    boolean mayAgree(Facts other) {
        return letters == other.letters;
    }

    /** Whether the two tell the same. */
    boolean agree(Facts other) {
        if (!mayAgree(other) || segments.size() != other.segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!agree(segments.get(i), other.segments.get(i), other)) {
                int end = endOfRemarks(i);
                if (i == 0 || fixedOrder || other.fixedOrder || !agreeInAnyOrder(i, end, other)) {
                    return false;
                }
                i = end - 1;
            }
        }
        return true;
    }

    /**
     * Returns where the neighbouring segments end that tell how the whole picture is made, from a place on, or how the one thing before
     * them looks, or in whose style. What comes after the last of them may lean on it.
     */
    private int endOfRemarks(int from) {
        boolean one = segments.subList(0, from).stream().noneMatch(Facts::isOfMore);
        boolean named = segments.get(0).stream().allMatch(lists::isOnlyName);
        Set<String> seen = new HashSet<>();
        int end = from;
        boolean onlyManner = true;
        while (end < segments.size()) {
            List<String> segment = segments.get(end);
            boolean manner = lists.isManner(segment);
            boolean feature = one && lists.isFeature(segment) && seen.add(segment.get(segment.size() - 1));
            if (!manner && !feature && (named || !isName(segment))) {
                return onlyManner ? end : from;
            }
            end++;
            onlyManner &= manner;
        }
        return end;
    }

    private boolean isName(List<String> segment) {
        return segment.size() <= NAME_WORDS && lists.isOnlyName(bare(segment.get(0)));
    }

    /** Whether there may be more than one thing, so that remarks may go to one or the other. */
    private static boolean isOfMore(List<String> segment) {
        return segment.stream().anyMatch(word -> word.equals("and") || Character.isDigit(word.charAt(0)));
    }

    /** What comes from here on in one has to be what comes from here on in the other: nothing that it could lean on changes its place. */
    private boolean agreeInAnyOrder(int from, int end, Facts other) {
        List<List<String>> left = new ArrayList<>(other.segments.subList(from, end));
        for (List<String> segment : segments.subList(from, end)) {
            int same = find(segment, left, other);
            if (same < 0) {
                return false;
            }
            left.remove(same);
        }
        return end > from;
    }

    private int find(List<String> segment, List<List<String>> among, Facts other) {
        for (int i = 0; i < among.size(); i++) {
            if (agree(segment, among.get(i), other)) {
                return i;
            }
        }
        return -1;
    }

    private boolean agree(List<String> a, List<String> b, Facts other) {
        if (a.size() != b.size()) {
            return false;
        }
        boolean names = capitalsTell && other.capitalsTell;
        for (int i = 0; i < a.size(); i++) {
            String word = names ? a.get(i) : bare(a.get(i));
            String counterpart = names ? b.get(i) : bare(b.get(i));
            boolean mayBeTypo =
                    Character.isLetter(word.charAt(0)); // what is to be written, and a name, are as they are
            if (!word.equals(counterpart) && !(mayBeTypo && lists.isTypo(word, counterpart))) {
                return false;
            }
        }
        return true;
    }

    static String bare(String word) {
        boolean name =
                word.startsWith(NAME) && word.length() > NAME.length(); // the mark alone is a word too, as in x^3
        return name ? word.substring(NAME.length()) : word;
    }

    /** The words in order. */
    List<String> words() {
        return segments.stream().flatMap(List::stream).map(Facts::bare).toList();
    }
}
