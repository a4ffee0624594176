package dev.pictor.intent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Phrases, and the category that each names; an empty one is none of those there are. Not thread-safe while it is filled. */
final class ProductWords {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['\u2019]\\p{L}+)?");

    /** What ends the name of a thing: what follows tells more about it, or names another thing. */
    private static final Pattern END = Pattern.compile("\\s(?:with|for|in|by|from|and|or|plus|of|to|w/)(?=\\s)"
            + "|\\s[-\u2013\u2014]+\\s|\\s*[,;:|/&+()\\[\\]]\\s*");

    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s");
    private static final Pattern COPULA =
            Pattern.compile("\\b(?:is|are)\\s+(?:an?|the|our)?\\b", Pattern.CASE_INSENSITIVE);

    /** What ends the thing that a sentence says another to be. */
    private static final Pattern MORE = Pattern.compile(
            "\\b(?:for|with|that|which|designed|perfect|featuring|crafted|ideal|made|known|from|to|on|your)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final String NO_NAME = "";

    private final Map<String, String> categories = new HashMap<>(); // by words with a blank between
    private int longest = 1;

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words.add(word.group().replaceFirst("['\u2019]s?$", "").replace('\u2019', '\''));
        }
        return words;
    }

    /** Adds a phrase; false if it is there. */
    boolean add(String phrase, String category) {
        List<String> words = words(phrase);
        longest = Math.max(longest, words.size());
        return categories.putIfAbsent(String.join(" ", words), category) == null;
    }

    /** The category of what a title names: that of its first thing, of which the last word counts. */
    Optional<String> ofListed(String title) {
        Optional<String> whole = spanning(title);
        if (whole.isPresent()) {
            return whole;
        }
        return END.splitAsStream(title)
                .map(this::lastIn)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A phrase that has one of the words which end a name, such as chest of drawers. */
    private Optional<String> spanning(String title) {
        Matcher end = END.matcher(title);
        int from = end.find() ? end.start() : title.length();
        List<String> before = words(title.substring(0, from));
        List<String> all = words(title);
        for (int start = Math.max(0, before.size() - longest); start < before.size(); start++) {
            for (int length = Math.min(longest, all.size() - start); start + length > before.size(); length--) {
                Optional<String> category = of(all.subList(start, start + length));
                if (category.isPresent()) {
                    return category;
                }
            }
        }
        return Optional.empty();
    }

    /** The category of what the first sentence says that the thing is, else of what it calls it. */
    Optional<String> ofDescribed(String description) {
        String sentence = SENTENCE.split(description, 2)[0];
        Matcher copula = COPULA.matcher(sentence);
        if (!copula.find()) {
            return ofListed(MORE.split(sentence, 2)[0]); // not what it is for
        }
        String complement = MORE.split(sentence.substring(copula.end()), 2)[0];
        String subject = sentence.substring(0, copula.start());
        return lastIn(complement).or(() -> ofListed(subject));
    }

    private Optional<String> lastIn(String text) {
        List<String> words = words(text);
        for (int end = words.size(); end > 0; end--) {
            for (int length = Math.min(longest, end); length > 0; length--) {
                Optional<String> category = of(words.subList(end - length, end));
                if (category.isPresent()) {
                    return category;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> of(List<String> words) {
        String last = words.get(words.size() - 1);
        String before = words.size() == 1 ? NO_NAME : String.join(" ", words.subList(0, words.size() - 1)) + " ";
        return Optional.ofNullable(categories.get(before + last))
                .or(() -> singulars(last).stream()
                        .filter(one -> categories.containsKey(before + one))
                        .findFirst()
                        .map(one -> categories.get(before + one)));
    }

    /** What a word may be the plural of. */
    private static List<String> singulars(String word) {
        if (!word.endsWith("s") || word.length() < 4) {
            return List.of();
        }
        String shorter = word.substring(0, word.length() - 1);
        if (word.endsWith("ies")) {
            return List.of(word.substring(0, word.length() - 3) + "y", shorter);
        }
        return word.endsWith("es") ? List.of(shorter, word.substring(0, word.length() - 2)) : List.of(shorter);
    }
}
