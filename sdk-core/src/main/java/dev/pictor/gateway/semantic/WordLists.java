package dev.pictor.gateway.semantic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The lists of words beside this class: what is harmless, and what is known to lean on its neighbours. They are read when they
 * are first needed. Immutable.
 */
final class WordLists {

    private static final class Holder {
        private static final WordLists ENGLISH = new WordLists();
    }

    private static final int SHORTEST_TYPO = 6;

    private final Phrases synonyms = new Phrases();
    private final Phrases openers = new Phrases();
    private final Phrases closers = new Phrases();
    private final Set<String> media = new HashSet<>(lines("media.txt"));
    private final Set<String> textWords = new HashSet<>(lines("text-words.txt"));
    private final Set<String> manner = new HashSet<>(lines("manner-words.txt"));
    private final Set<String> afterArticle = new HashSet<>(lines("article-words.txt"));
    private final Set<String> bound = new HashSet<>(lines("bound-words.txt"));
    private final Set<String> how = new HashSet<>();
    private final Set<String> where = new HashSet<>();
    private final Map<String, String> numbers = new HashMap<>();
    private final Set<String> lookalikes = new HashSet<>();
    private final Map<String, String> knownByLetters = new HashMap<>();

    private WordLists() {
        for (String line : lines("synonyms.txt")) {
            String[] sides = line.split(" = ", 2);
            List<String> meaning = words(sides[0]);
            synonyms.put(meaning, meaning);
            for (String wording : sides[1].split(", ", -1)) {
                synonyms.put(words(wording), meaning);
            }
        }
        lines("openers.txt").forEach(line -> openers.put(words(line), List.of()));
        lines("closers.txt").forEach(line -> closers.put(words(line), List.of()));
        lines("numbers.txt")
                .forEach(line -> numbers.put(words(line).get(0), words(line).get(1)));
        lines("lookalikes.txt").forEach(line -> {
            lookalikes.add(line);
            lookalikes.add(words(line).get(1) + " " + words(line).get(0));
        });
        Set<String> list = how;
        for (String line : lines("bare-words.txt")) {
            if (line.startsWith("[")) {
                list = line.equals("[how]") ? how : where;
            } else {
                list.add(line);
            }
        }
        for (Set<String> known :
                List.of(synonyms.vocabulary(), openers.vocabulary(), closers.vocabulary(), media, textWords)) {
            known.stream()
                    .filter(word -> word.length() >= SHORTEST_TYPO)
                    .forEach(word -> knownByLetters.put(letters(word), word));
        }
    }

    /** The lists for English, read at the first call. */
    static WordLists english() {
        return Holder.ENGLISH;
    }

    Phrases synonyms() {
        return synonyms;
    }

    Phrases openers() {
        return openers;
    }

    Phrases closers() {
        return closers;
    }

    boolean isMedium(String word) {
        return media.contains(word);
    }

    /** Whether text to be written may follow. */
    boolean announcesText(String word) {
        return textWords.contains(word);
    }

    /** Whether a segment tells how the whole picture is made, by its last word. */
    boolean isManner(List<String> segment) {
        String last = segment.get(segment.size() - 1);
        return manner.contains(last) || media.contains(last);
    }

    /** Whether the word means something else after an article. */
    boolean isOtherAfterArticle(String word) {
        return afterArticle.contains(word);
    }

    /** Whether a segment of a list leans on another, so that it cannot change its place. */
    boolean isBound(List<String> segment) {
        return segment.stream().anyMatch(bound::contains)
                || where.contains(segment.get(0))
                || segment.stream().allMatch(word -> how.contains(word) || Character.isDigit(word.charAt(0)));
    }

    /** The digits of a number in words; else the word itself, without its typo if it is one that is listed. */
    String normal(String word) {
        String digits = numbers.get(word);
        if (digits != null) {
            return digits;
        }
        String known = word.length() < SHORTEST_TYPO ? null : knownByLetters.get(letters(word));
        return known != null && isTypo(word, known) ? known : word;
    }

    /** Whether one word is the other with two neighbouring letters inside it changed over. */
    boolean isTypo(String a, String b) {
        int length = a.length();
        if (length < SHORTEST_TYPO || length != b.length()) {
            return false;
        }
        int i = 0;
        while (i < length && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i > 0
                && i < length - 2
                && Character.isLowerCase(a.charAt(i))
                && Character.isLowerCase(a.charAt(i + 1))
                && a.charAt(i) == b.charAt(i + 1)
                && a.charAt(i + 1) == b.charAt(i)
                && a.regionMatches(i + 2, b, i + 2, length - i - 2)
                && !lookalikes.contains(a + " " + b);
    }

    /** The letters of a word with those inside it in order, the same for it and its typo. */
    static String letters(String word) {
        char[] letters = word.toCharArray();
        Arrays.sort(letters, Math.min(1, letters.length), Math.max(1, letters.length - 1));
        return new String(letters);
    }

    private static List<String> words(String line) {
        return List.of(line.toLowerCase(Locale.ROOT).split(" "));
    }

    private static List<String> lines(String file) {
        try (InputStream stream = WordLists.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("the word list " + file + " is missing from the jar");
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the word list " + file, e);
        }
    }
}
