package dev.pictor.feedback;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Splits a wish into words and pairs of neighbours. What has a digit or an at sign may tell of a person and is left out. */
final class Terms {

    private static final Pattern TOKEN = Pattern.compile("[^\\s,;:!?()\"“”]+");
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}'-]*\\p{L}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern ENDING = Pattern.compile("(?<=ch|sh|ss|x)es$|s$");
    private static final int MIN_WORD = 3;
    private static final int MAX_WORD = 32;

    private static final Set<String> STOP = Set.of(
            ("a about above after all also an and any are as at be because been before being below between both but by can"
                            + " could did do does doing down during each few for from further get give had has have having he her here hers him his"
                            + " how i if in into is it its just like make me more most my need no nor not of off on once one only or other our out over own"
                            + " please same she should show so some such than that the their them then there these they this those through to too two under"
                            + " until up us very want was we were what when where which while who whom why will with would you your"
                            + " image images picture pictures draw create generate nice good great beautiful really new something")
                    .split(" "));

    private Terms() {}

    /** Returns each term of a wish once. Words next to each other are a pair only with nothing between them. */
    static Set<String> of(String wish) {
        Set<String> terms = new LinkedHashSet<>();
        for (List<String> stretch : stretches(wish.toLowerCase(Locale.ROOT))) {
            for (int i = 0; i < stretch.size(); i++) {
                terms.add(stretch.get(i));
                if (i > 0) {
                    terms.add(stretch.get(i - 1) + " " + stretch.get(i));
                }
            }
        }
        return terms;
    }

    /** A term in the form in which it is compared with what is known: lower case, no accents, no hyphens, no plurals. */
    static String folded(String term) {
        String plain = MARKS.matcher(Normalizer.normalize(term.toLowerCase(Locale.ROOT), Normalizer.Form.NFKD))
                .replaceAll("");
        return words(plain.replace('-', ' ')).stream().map(Terms::singular).collect(Collectors.joining(" "));
    }

    static List<String> words(String term) {
        return List.of(SPACES.split(term.strip()));
    }

    private static String singular(String word) {
        if (word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.endsWith("ss") || word.endsWith("us") || word.endsWith("is") || word.length() <= MIN_WORD
                ? word
                : ENDING.matcher(word).replaceAll("");
    }

    private static List<List<String>> stretches(String wish) {
        List<List<String>> stretches = new ArrayList<>();
        List<String> stretch = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(wish);
        int end = 0;
        while (tokens.find()) {
            String word = tokens.group().replaceAll("[.'-]+$|^[.'-]+", "");
            boolean touches = wish.substring(end, tokens.start()).isBlank() && !wish.startsWith(".", end - 1);
            if (!touches || !isTerm(word)) {
                stretches.add(stretch);
                stretch = new ArrayList<>();
            }
            if (isTerm(word)) {
                stretch.add(word);
            }
            end = tokens.end();
        }
        stretches.add(stretch);
        return stretches;
    }

    private static boolean isTerm(String word) {
        return word.length() >= MIN_WORD
                && word.length() <= MAX_WORD
                && !STOP.contains(word)
                && WORD.matcher(word).matches();
    }
}
