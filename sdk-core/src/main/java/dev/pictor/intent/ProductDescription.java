package dev.pictor.intent;

import dev.pictor.intent.ProductTitle.Named;
import dev.pictor.intent.ProductTitle.Trust;
import dev.pictor.intent.ProductWords.Found;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a description tells: what its first sentence calls the thing, and parts, materials and care by the way. Immutable. */
final class ProductDescription {

    private static final Map<Trust, Integer> POINTS = Map.of(Trust.SURE, 4, Trust.LIKELY, 3, Trust.AMBIGUOUS, 2);

    private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s|\\s*[\u2022\n]\\s*");
    private static final Pattern COPULA =
            Pattern.compile("\\b(?:is|are)\\s+(?:an?|the|our)?\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern THIS = Pattern.compile("(?:\\b(?:this|these)|:)\\s+(.*)", Pattern.CASE_INSENSITIVE);

    /** What ends the thing that a sentence says another to be. */
    private static final Pattern MORE = Pattern.compile(
            "\\b(?:for|with|that|which|who|designed|perfect|featuring|crafted|ideal|made|known|from|to|on|your|you|is|are|has"
                    + "|will|keeps|offers|features|adds|brings|makes|gives|comes|delivers)\\b",
            Pattern.CASE_INSENSITIVE);

    private final ProductVocabulary vocabulary;
    private final ProductTitle names;

    ProductDescription(ProductVocabulary vocabulary) {
        this.vocabulary = vocabulary;
        names = new ProductTitle(vocabulary);
    }

    /** How much speaks for each category: 4 for a name in the first sentence, 3 or 2 for a doubtful one, 1 for each sign and 2 if it has several words. */
    Map<String, Integer> points(String title, String description) {
        Map<String, Integer> points = new HashMap<>();
        String text = vocabulary.withoutIgnored(description);
        String sentence = SENTENCE.split(text, 2)[0];
        named(sentence).ifPresent(named -> points.put(named.category(), points(named, sentence)));
        for (Found<String> sign : vocabulary.signs().all(ProductWords.words(title + " . " + text))) {
            points.merge(sign.value(), sign.end() - sign.start() > 1 ? 2 : 1, Integer::sum);
        }
        return points;
    }

    /** A part, such as a strap or a frame, is named in passing, so that another thing needs a verb to count in full. */
    private static int points(Named named, String sentence) {
        boolean part = named.category().equals(ProductVocabulary.OTHER)
                && !COPULA.matcher(sentence).find();
        int points = POINTS.getOrDefault(named.trust(), 0);
        return part ? points / 2 : points;
    }

    /** Whether it denies that the thing is what its title says. */
    boolean denies(String description) {
        return vocabulary.isDenied(ProductWords.words(description));
    }

    /** What a sentence says that the thing is, else what it calls it. */
    private Optional<Named> named(String sentence) {
        Matcher copula = COPULA.matcher(sentence);
        if (!copula.find()) {
            return names.listed(head(sentence)).or(() -> pointed(sentence)); // not what it is for
        }
        return names.listed(head(sentence.substring(copula.end())))
                .or(() -> names.listed(sentence.substring(0, copula.start())))
                .or(() -> pointed(sentence));
    }

    private Optional<Named> pointed(String sentence) {
        Matcher pointer = THIS.matcher(sentence);
        return pointer.find() ? names.listed(head(pointer.group(1))) : Optional.empty();
    }

    private static String head(String text) {
        return MORE.split(text, 2)[0];
    }
}
