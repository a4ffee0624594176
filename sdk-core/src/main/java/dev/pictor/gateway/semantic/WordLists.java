package dev.pictor.gateway.semantic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    private final RequestWords requests = new RequestWords(lines("requests.txt"));
    private final Set<String> media = new HashSet<>(lines("media.txt"));
    private final Set<String> determiners = new HashSet<>(lines("determiners.txt"));
    private final Set<String> textWords = new HashSet<>(lines("text-words.txt"));
    private final Set<String> manner = new HashSet<>();
    private final Phrases mannerStarts = new Phrases();
    private final Set<String> features = new HashSet<>(lines("feature-words.txt"));
    private final Set<String> names = new HashSet<>();
    private final Set<String> afterArticle = new HashSet<>(lines("article-words.txt"));
    private final Set<String> bound = new HashSet<>(lines("bound-words.txt"));
    private final Set<String> how = new HashSet<>();
    private final Set<String> where = new HashSet<>();
    private final Map<String, String> numbers = new HashMap<>();
    private final Map<String, String> spellings = new HashMap<>();
    private final Set<String> lookalikes = new HashSet<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, List<String>> knownByLetters = new HashMap<>();

    private WordLists() {
        for (String line : lines("synonyms.txt")) {
            String[] sides = line.split(" = ", 2);
            List<String> meaning = words(sides[0]);
            synonyms.put(meaning, meaning);
            for (String wording : sides[1].split(", ", -1)) {
                synonyms.put(words(wording), meaning);
            }
        }
        lines("numbers.txt")
                .forEach(line -> numbers.put(words(line).get(0), words(line).get(1)));
        lines("names.txt").forEach(line -> names.addAll(words(line)));
        for (String line : lines("spellings.txt")) {
            List<String> forms = words(line);
            forms.forEach(form -> spellings.put(form, forms.get(0)));
        }
        lines("lookalikes.txt").forEach(line -> {
            lookalikes.add(line);
            lookalikes.add(words(line).get(1) + " " + words(line).get(0));
        });
        sections("bare-words.txt").forEach((name, words) -> (name.equals("how") ? how : where).addAll(words));
        Map<String, List<String>> mannerWords = sections("manner-words.txt");
        manner.addAll(mannerWords.getOrDefault("end", List.of()));
        mannerWords.getOrDefault("start", List.of()).forEach(line -> mannerStarts.put(words(line), List.of()));
        for (Set<String> list : List.of(
                synonyms.vocabulary(),
                spellings.keySet(),
                requests.vocabulary(),
                media,
                manner,
                features,
                textWords,
                names)) {
            list.stream()
                    .filter(word -> word.length() >= SHORTEST_TYPO && known.add(word))
                    .forEach(word -> knownByLetters
                            .computeIfAbsent(letters(word), letters -> new ArrayList<>())
                            .add(word));
        }
    }

    /** The lists for English, read at the first call. */
    static WordLists english() {
        return Holder.ENGLISH;
    }

    Phrases synonyms() {
        return synonyms;
    }

    RequestWords requests() {
        return requests;
    }

    /** Whether a thing comes next, as after "a", "two" or "my". */
    boolean isDeterminer(String word) {
        return determiners.contains(word) || (!word.isEmpty() && Character.isDigit(word.charAt(0)));
    }

    boolean isMedium(String word) {
        return media.contains(word);
    }

    /** Whether text to be written may follow. */
    boolean announcesText(String word) {
        return textWords.contains(word);
    }

    /** Whether a segment tells how the whole picture is made, by its last word or by how it begins. */
    boolean isManner(List<String> segment) {
        String last = segment.get(segment.size() - 1);
        int start = mannerStarts.lengthAt(segment, 0);
        return manner.contains(last) || media.contains(last) || (start > 0 && start < segment.size());
    }

    /** Whether the word tells where something is, as "under" does. */
    boolean isWhere(String word) {
        return where.contains(word);
    }

    /** Whether a segment tells how one thing looks, by its last word. */
    boolean isFeature(List<String> segment) {
        return features.contains(segment.get(segment.size() - 1));
    }

    /** Whether the word is a name and, in small letters, no other word. */
    boolean isOnlyName(String word) {
        return names.contains(word);
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

    /** The digits of a number in words; else the word in American spelling, without its typo if it is one that is listed. */
    String normal(String word) {
        String digits = numbers.get(word);
        if (digits != null) {
            return digits;
        }
        String meant = isKnown(word) ? word : withoutTypo(word);
        return spellings.getOrDefault(meant, meant);
    }

    /** The one listed word that this may be a typo of; else the word itself. */
    private String withoutTypo(String word) {
        List<String> meant = knownByLetters.getOrDefault(letters(word), List.of()).stream()
                .filter(candidate -> isTypo(word, candidate))
                .toList();
        return meant.size() == 1 ? meant.get(0) : word;
    }

    private boolean isKnown(String word) {
        return word.length() < SHORTEST_TYPO || known.contains(word);
    }

    /**
     * Whether one word is the other with two neighbouring letters inside it changed over, or with one letter written once for twice or
     * twice for once. No two real words are.
     */
    boolean isTypo(String a, String b) {
        int least = Math.min(a.length(), b.length());
        if (least < SHORTEST_TYPO || Math.abs(a.length() - b.length()) > 1 || lookalikes.contains(a + " " + b)) {
            return false;
        }
        int i = 0;
        while (i < least && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return a.length() == b.length()
                ? isChangedOver(a, b, i)
                : isTwice(a.length() > b.length() ? a : b, a.length() > b.length() ? b : a, i);
    }

    private static boolean isChangedOver(String a, String b, int i) {
        int length = a.length();
        return i > 0
                && i < length - 2
                && Character.isLowerCase(a.charAt(i))
                && Character.isLowerCase(a.charAt(i + 1))
                && a.charAt(i) == b.charAt(i + 1)
                && a.charAt(i + 1) == b.charAt(i)
                && a.regionMatches(i + 2, b, i + 2, length - i - 2);
    }

    private static boolean isTwice(String longer, String shorter, int i) {
        return i > 1
                && i < shorter.length()
                && Character.isLowerCase(longer.charAt(i))
                && longer.charAt(i) == longer.charAt(i - 1)
                && longer.regionMatches(i + 1, shorter, i, shorter.length() - i);
    }

    /** The letters of a word, each once, with those between the first and the last in order: the same for it and its typo. */
    static String letters(String word) {
        int last = word.length() - 1;
        if (last < 2) {
            return word;
        }
        char[] letters = word.toCharArray();
        Arrays.sort(letters, 1, last);
        int length = 1;
        for (int i = 1; i < last; i++) {
            if (i == 1 || letters[i] != letters[length - 1]) {
                letters[length++] = letters[i];
            }
        }
        letters[length++] = letters[last];
        return new String(letters, 0, length);
    }

    private static Map<String, List<String>> sections(String file) {
        Map<String, List<String>> sections = new HashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith("[")) {
                section = sections.computeIfAbsent(line.substring(1, line.length() - 1), name -> new ArrayList<>());
            } else {
                section.add(line);
            }
        }
        return sections;
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
