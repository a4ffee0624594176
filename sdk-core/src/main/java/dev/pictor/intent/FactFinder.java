package dev.pictor.intent;

import dev.pictor.intent.FactPhrases.Phrase;
import dev.pictor.intent.StatedFact.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what a wish states, by its form alone: words in quotation marks, what must not be there, numbers and colours of
 * things, measures and names. English; it finds less in other languages.
 */
final class FactFinder {

    /** As many as a model is asked for. */
    static final int MAX_FACTS = 20;

    private static final int MAX_CHARS = 20_000;
    private static final int NO_COUNT = -1;

    private static final Pattern QUOTED = Pattern.compile("[\"“”«]([^\"“”«»\\n]{1,200})[\"“”»]"
            + "|(?<![\\p{L}\\p{N}])['‘]((?:[^'‘’\\n]|(?<=\\p{L})['’](?=\\p{L})){1,200}+)['’](?![\\p{L}\\p{N}])");
    private static final Pattern MEASURED =
            Pattern.compile("(?<![\\p{L}\\d.,])\\d+(?:[.,]\\d+)*\\s?(?:%|°|(?:mm|cm|m|km|kg|g|px"
                    + "|x\\d+|inch(?:es)?|feet|foot|ft|st|nd|rd|th|ml|cl|l|lit(?:re|er)s?|(?:centi|milli|kilo)?met(?:re|er)s?)\\b)"
                    + "|(?<![\\p{L}\\d.,/])\\d+\\.\\d+(?![\\p{L}\\d.,]\\d?)");
    private static final String CAPITALISED = "\\p{Lu}\\p{Ll}[\\p{L}'-]+";

    /** Several words with capitals anywhere, or one that no sentence begins with. */
    private static final Pattern NAMED = Pattern.compile("(?<!\\p{L})" + CAPITALISED + "(?:\\s+" + CAPITALISED
            + "){1,4}|(?<![.!?:\\n]\\s)(?<!^)(?<=\\s)" + CAPITALISED);

    private FactFinder() {}

    static List<StatedFact> find(String wish, Collection<String> colours) {
        String text = wish.length() > MAX_CHARS ? wish.substring(0, MAX_CHARS) : wish;
        FactWords words = FactWords.of(text);
        FactDenials denials = FactDenials.of(words);
        List<Phrase> phrases = new FactPhrases(words, denials, FactVocabulary.colours(colours)).find();
        List<Found> found = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            int group = quoted.group(1) == null ? 2 : 1;
            found.add(new Found(quoted.start(), quoted.end(), StatedFact.of(Kind.TEXT, quoted.group(group))));
        }
        for (FactDenials.Item item : denials.items()) {
            add(found, Found.of(text, words, item.start(), item.end(), Kind.EXCLUSION, NO_COUNT));
        }
        phrases.stream().filter(phrase -> phrase.count() > 0).forEach(phrase -> add(found, of(text, words, phrase)));
        Matcher measured = MEASURED.matcher(text);
        while (measured.find()) {
            Found measure = new Found(measured.start(), measured.end(), StatedFact.of(Kind.OTHER, measured.group()));
            if (found.stream().noneMatch(known -> known.fact.kind() != Kind.COUNT && known.meets(measure))) {
                found.add(measure);
            }
        }
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            add(found, new Found(named.start(), named.end(), StatedFact.of(Kind.NAME, named.group())));
        }
        phrases.stream().filter(phrase -> phrase.count() < 0).forEach(phrase -> add(found, of(text, words, phrase)));
        return found.stream()
                .sorted(Comparator.comparingInt(Found::start))
                .map(Found::fact)
                .distinct()
                .limit(MAX_FACTS)
                .toList();
    }

    private static Found of(String text, FactWords words, Phrase phrase) {
        Kind kind = phrase.count() > 0 ? Kind.COUNT : Kind.COLOUR;
        return Found.of(text, words, phrase.start(), phrase.end(), kind, phrase.count());
    }

    private record Found(int start, int end, StatedFact fact) {

        static Found of(String text, FactWords words, int from, int to, Kind kind, int count) {
            int start = words.get(from).start;
            int end = words.get(to - 1).end;
            StatedFactBuilder fact = new StatedFactBuilder().kind(kind).quote(text.substring(start, end));
            return new Found(start, end, (count < 0 ? fact : fact.count(count)).build());
        }

        boolean meets(Found other) {
            return other.start < end && start < other.end;
        }
    }

    /** What lies within something that was found already belongs to it. */
    private static void add(List<Found> found, Found more) {
        if (found.stream().noneMatch(known -> known.meets(more))) {
            found.add(more);
        }
    }
}
