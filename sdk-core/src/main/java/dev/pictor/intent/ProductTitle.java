package dev.pictor.intent;

import dev.pictor.intent.ProductVocabulary.Thing;
import dev.pictor.intent.ProductWords.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a title names: of its first thing that is known, the last known word. Immutable. */
final class ProductTitle {

    /**
     * What a title or a sentence names.
     *
     * @param category what the thing is
     * @param trust how far the name can be trusted
     */
    record Named(String category, Trust trust) {}

    /** How far a name can be trusted. */
    enum Trust {
        /** Nothing speaks against it, so that no more need be read. */
        SURE,
        /** Unknown words follow, which may name another thing. */
        LIKELY,
        /** The word has other uses. */
        AMBIGUOUS
    }

    /** What ends the name of a thing: what follows tells more about it, or names another thing. */
    private static final Pattern END = Pattern.compile(
            "\\s(?:with|for|in|by|from|and|or|of|to|without|that|over|under|behind|w/)(?=\\s)"
                    + "|\\s[-\u2013\u2014]+\\s|\\s*[,;:|/&+()\\[\\]\u2022]\\s*",
            Pattern.CASE_INSENSITIVE);

    /** What goes on with a list, so that a better known name may follow. */
    private static final Pattern LIST = Pattern.compile("\\s*(?:(?:and|or|of)\\b|[,/&+])", Pattern.CASE_INSENSITIVE);

    /** What goes on with what a thing is for or lacks, and so names another. */
    private static final Pattern PURPOSE = Pattern.compile("\\s(?:for|without)\\s", Pattern.CASE_INSENSITIVE);

    /** Words in quotes; an inch mark is no quote. */
    private static final Pattern QUOTED =
            Pattern.compile("(?<!\\d)[\"\u201c\u201d\u00ab][^\"\u201c\u201d\u00bb]*[\"\u201c\u201d\u00bb]");

    private static final Pattern FOR = Pattern.compile("\\bfor\\s+([^,;:|()]*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern COUNT = Pattern.compile("[2-9]|1[0-2]");

    private static final int CROWDED = 7; // words of a name without a stop
    private static final int SPANNED = 4; // parts that one phrase may lie in

    private final ProductVocabulary vocabulary;

    ProductTitle(ProductVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** What a title names; what stands in quotes counts only where nothing else does. */
    Optional<Named> named(String title) {
        if (vocabulary.isOtherAnywhere(ProductWords.words(title))) {
            return Optional.of(new Named(ProductVocabulary.OTHER, Trust.SURE));
        }
        String text = vocabulary.withoutIgnored(title);
        return listed(QUOTED.matcher(text).replaceAll(" , ")).or(() -> listed(text));
    }

    /** What a text names first. An ambiguous name gives way to a better one of the same list. */
    Optional<Named> listed(String text) {
        List<String> parts = parts(text);
        Optional<Named> first = Optional.empty();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (first.isPresent() && !LIST.matcher(part).lookingAt()) {
                break;
            }
            if (!PURPOSE.matcher(part).lookingAt()) {
                Optional<Named> named = spanning(part, parts.subList(i + 1, Math.min(parts.size(), i + SPANNED)))
                        .or(() -> lastIn(part, text));
                if (named.filter(one -> one.trust() != Trust.AMBIGUOUS).isPresent()) {
                    return named;
                }
                first = better(first, named);
            }
        }
        return first;
    }

    /** The first of two ambiguous names that is in a category, else the later one. */
    private static Optional<Named> better(Optional<Named> first, Optional<Named> later) {
        boolean known = first.filter(one -> !one.category().equals(ProductVocabulary.OTHER))
                .isPresent();
        return known || later.isEmpty() ? first : later;
    }

    /** The names in a text, each with what stands before it. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        Matcher end = END.matcher(text);
        int from = 0;
        while (end.find()) {
            parts.add(text.substring(from, end.start()));
            from = end.start();
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** A phrase that has one of the words which end a name, such as chest of drawers. */
    private Optional<Named> spanning(String part, List<String> rest) {
        return vocabulary
                .things()
                .across(
                        ProductWords.words(part + String.join("", rest)),
                        ProductWords.words(part).size())
                .map(found -> new Named(found.value().category(), Trust.SURE));
    }

    /** What the last known word of a name is, and whether a word after it may be the name of another thing. */
    private Optional<Named> lastIn(String part, String text) {
        List<String> words = ProductWords.words(part);
        Optional<Named> most = words.size() < CROWDED ? Optional.empty() : mostOf(words);
        if (most.filter(named -> !vocabulary.isTurned(owners(words, text), named.category()))
                .isPresent()) {
            return most;
        }
        Predicate<Found<Thing>> counts = found -> !found.value().weak() || atEnd(words, found);
        Optional<Found<Thing>> last = vocabulary.things().last(words, counts);
        Optional<Found<Thing>> whole = last.filter(found -> isCounted(words, found))
                .flatMap(found -> vocabulary
                        .things()
                        .last(
                                words.subList(0, found.start() - 1),
                                one -> !one.value().weak()));
        return whole.or(() -> last).map(found -> {
            String category = found.value().category();
            if (vocabulary.isTurned(owners(words.subList(0, found.start()), text), category)) {
                return new Named(ProductVocabulary.OTHER, Trust.SURE);
            }
            if (vocabulary.looksOther(words.subList(found.end(), words.size()))) {
                return new Named(ProductVocabulary.OTHER, Trust.LIKELY);
            }
            if (found.value().weak()) {
                return new Named(category, Trust.AMBIGUOUS);
            }
            return new Named(category, atEnd(words, found) ? Trust.SURE : Trust.LIKELY);
        });
    }

    /** The words that may tell whose a thing is: those before its name, and those after "for". */
    private static List<String> owners(List<String> before, String text) {
        List<String> owners = new ArrayList<>(before);
        Matcher wearer = FOR.matcher(text);
        if (wearer.find()) {
            owners.addAll(ProductWords.words(wearer.group(1)));
        }
        return owners;
    }

    /** What a long row of words has most names for, and at least two; sellers heap up names of what they sell. */
    private Optional<Named> mostOf(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        vocabulary.things().all(words).stream()
                .map(Found::value)
                .filter(thing -> !thing.weak())
                .forEach(thing -> counts.merge(thing.category(), 1, Integer::sum));
        int others = counts.getOrDefault(ProductVocabulary.OTHER, 0);
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return counts.entrySet().stream()
                .filter(one -> !one.getKey().equals(ProductVocabulary.OTHER))
                .filter(one -> one.getValue() > 1 && one.getValue() > others && 2 * one.getValue() > all)
                .map(one -> new Named(one.getKey(), Trust.LIKELY))
                .findFirst();
    }

    /** Whether it is one of several parts, as in "organiser 6 shelves". */
    private static boolean isCounted(List<String> words, Found<Thing> found) {
        return found.start() > 1
                && COUNT.matcher(words.get(found.start() - 1)).matches()
                && words.get(found.end() - 1).endsWith("s");
    }

    private boolean atEnd(List<String> words, Found<Thing> found) {
        return vocabulary.areDetails(words.subList(found.end(), words.size()));
    }
}
