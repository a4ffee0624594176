package dev.pictor.gateway.semantic;

import dev.pictor.gateway.semantic.RequestWords.Part;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one prompt: cuts it into words and segments, and takes away what is harmless. Used once; not thread-safe. */
final class PromptReader {

    private static final int MEDIUM_WORDS = 4;
    private static final int SHORTEST_DOING = 5;
    private static final Set<String> RELATIVES = Set.of("that", "which", "who");
    private static final Set<String> COPULAS = Set.of("is", "are");

    /** Words of three letters and more: where most of them begin with a capital, it is for looks and tells nothing. */
    private static final Pattern SMALL = Pattern.compile("(?<![\\p{L}'])\\p{Ll}\\p{L}{2}");

    private static final Pattern CAPITAL = Pattern.compile("(?<![\\p{L}'])\\p{Lu}\\p{L}{2}");

    private static final Pattern SMILES = Pattern.compile("(?:(?<=[\\s.!?])[:;]-?[)D]\\s*)+$");

    private final WordLists lists;
    private List<Segment> segments = List.of();

    PromptReader(WordLists lists) {
        this.lists = lists;
    }

    Facts read(String prompt) {
        String text = withoutSmiles(plainSigns(Normalizer.normalize(prompt, Normalizer.Form.NFC)));
        segments = new PromptCutter(lists, text).cut();
        dropAround();
        boolean fixedOrder = segments.stream().skip(1).anyMatch(this::isNewThing)
                || segments.subList(0, segments.size() - 1).stream().anyMatch(Segment::endsSentence);
        String kept = text.substring(
                segments.get(0).start(), segments.get(segments.size() - 1).end());
        long small = SMALL.matcher(kept).results().count();
        boolean capitalsTell =
                small > 0 && small >= CAPITAL.matcher(kept).results().count();
        List<List<String>> facts = new ArrayList<>();
        for (Segment segment : segments) {
            List<String> words = withoutArticles(capitalsTell ? names(segment.words()) : segment.plain());
            facts.add(withoutCopulas(lists.synonyms().replaceIn(lists.synonyms().replaceIn(words))));
        }
        moveMediumToEnd(facts);
        fixedOrder |= facts.stream().skip(1).anyMatch(lists::isBound);
        return new Facts(lists, facts, fixedOrder, capitalsTell);
    }

    private static String withoutSmiles(String text) {
        String end = text.stripTrailing();
        boolean may = end.endsWith(")") || end.endsWith("D");
        return may ? SMILES.matcher(text).replaceFirst("") : text;
    }

    private static String plainSigns(String text) {
        StringBuilder plain = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            switch (sign) {
                case '\u2018', '\u2019', '\u201a', '\u2032' -> plain.append('\'');
                case '\u201c', '\u201d', '\u201e', '\u201f', '\u2033' -> plain.append('"');
                case '\u2010', '\u2011', '\u2012', '\u2013', '\u2212' -> plain.append('-');
                case '\u2014', '\u2015' -> plain.append(" - ");
                default -> plain.append(sign);
            }
        }
        return plain.toString();
    }

    private static List<String> withoutArticles(List<String> words) {
        List<String> rest = new ArrayList<>(words.size());
        for (int i = 0; i < words.size(); i++) {
            boolean letter = i == words.size() - 1 && i > 0; // "a capital A"
            if (letter || !words.get(i).equals(Facts.ARTICLE)) {
                rest.add(words.get(i));
            }
        }
        return rest.isEmpty() ? words : rest;
    }

    /** Words with a capital beside a word that is only a name are of that name, in small letters too: Van Gogh. */
    private List<String> names(List<String> words) {
        List<String> named = new ArrayList<>(words);
        for (int i = 0; i < words.size(); i++) {
            boolean ofName = words.get(i).startsWith(Facts.NAME) && isBesideName(words, i);
            if (ofName) {
                named.set(i, Facts.bare(words.get(i)));
            }
        }
        return named;
    }

    private boolean isBesideName(List<String> words, int i) {
        return (i > 0 && lists.isOnlyName(words.get(i - 1)))
                || (i + 1 < words.size() && lists.isOnlyName(words.get(i + 1)));
    }

    /** "A dog that is running", "a dog is running" and "a dog running" are one picture; so are "a cup that is on a desk" and "a cup on a desk". */
    private List<String> withoutCopulas(List<String> words) {
        List<String> rest = new ArrayList<>(words.size());
        for (int i = 0; i < words.size(); i++) {
            String next = i + 1 < words.size() ? words.get(i + 1) : "";
            String after = i + 2 < words.size() ? words.get(i + 2) : "";
            if (i > 0
                    && RELATIVES.contains(words.get(i))
                    && COPULAS.contains(next)
                    && (isDoing(after) || lists.isWhere(after))) {
                i++;
            } else if (i == 0 || !COPULAS.contains(words.get(i)) || !isDoing(next)) {
                rest.add(words.get(i));
            }
        }
        return rest;
    }

    private static boolean isDoing(String word) {
        return word.length() > SHORTEST_DOING && word.endsWith("ing");
    }

    /** Whether a segment begins with "a", which brings in another thing, unless it is a picture of its kind. */
    private boolean isNewThing(Segment segment) {
        List<String> words = segment.plain();
        return words.get(0).equals(Facts.ARTICLE)
                && (words.size() == 1 || !lists.isManner(words.subList(1, words.size())));
    }

    private void dropAround() {
        RequestOpening opening = new RequestOpening(lists);
        for (int i = segments.size() - 1; i > 0; i--) {
            Segment segment = segments.get(i);
            int length = new RequestOpening(lists).length(segment.plain(), false);
            List<String> rest = withoutArticles(
                    segment.plain().subList(length, segment.words().size()));
            if (length > 0 && isMedium(rest)) {
                segment.dropFirst(length); // "a turtle, please make a cartoon"
            }
        }
        while (true) {
            Segment first = segments.get(0);
            int length = opening.length(first.plain(), first.endsWithColon());
            if (length < first.words().size()) {
                first.dropFirst(length);
                break;
            }
            if (segments.size() == 1) {
                return;
            }
            segments.remove(0);
        }
        dropClosers(opening.isMade());
    }

    private void dropClosers(boolean made) {
        for (int i = segments.size() - 1; i >= 0; i--) {
            Segment segment = segments.get(i);
            List<String> words = segment.plain();
            boolean ends = i == segments.size() - 1;
            int length = lists.requests().lengthAtEnd(Part.END, words);
            if (ends && lists.requests().lengthAtEnd(Part.END_ALONE, words) == words.size()) {
                length = words.size();
            }
            if (ends && made && length == 0) {
                length = lists.requests().lengthAtEnd(Part.END_AFTER_MAKING, words);
            }
            if (length == words.size() && segments.size() > 1) {
                segments.remove(i);
            } else if (length > 0 && length < words.size() && ends) {
                segment.dropLast(length);
                i++; // "please, thanks" one after the other
            }
        }
    }

    private boolean isMedium(List<String> words) {
        return !words.isEmpty() && words.size() <= MEDIUM_WORDS && lists.isMedium(words.get(words.size() - 1));
    }

    private void moveMediumToEnd(List<List<String>> facts) {
        if (facts.size() != 1) {
            return;
        }
        List<String> words = facts.get(0);
        int of = words.indexOf("of");
        if (of > 0 && of < words.size() - 1 && isMedium(words.subList(0, of))) {
            facts.set(0, words.subList(of + 1, words.size()));
            facts.add(words.subList(0, of));
        }
    }
}
