package dev.pictor.adapter.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words that the embedded models know, read from {@code lexicon.tsv}. Immutable. */
final class Lexicon {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}&]+(?:['’/.][\\p{L}\\p{N}]+)*");
    private static final Set<String> NEGATIONS = Set.of("no", "not", "without", "avoid", "never");
    private static final Set<String> ARTICLES = Set.of("a", "an", "any", "the");

    /** Built on first use, from what stands above. */
    static final Lexicon WORDS = new Lexicon(rows("lexicon.tsv"));

    /** What a phrase stands for. */
    enum Kind {
        MEDIUM,
        CUE,
        STYLE,
        SUBJECT,
        LIGHT,
        MOOD,
        COLOUR,
        FILLER
    }

    /**
     * One line of the file.
     *
     * @param domain the domain for which it speaks, or null
     * @param value weight of the evidence, colour or grade, by kind
     */
    record Entry(Kind kind, String name, @Nullable Domain domain, String value) {}

    /** A word of a text, in lower case, and where it stands. */
    record Token(String word, int start, int end) {}

    /** A phrase that was found, from one token up to and without another. */
    record Hit(List<Entry> entries, String phrase, int from, int to) {

        Optional<Entry> entry(Kind kind) {
            return entries.stream().filter(entry -> entry.kind() == kind).findFirst();
        }

        Hit only(Set<Kind> kinds) {
            return new Hit(
                    entries.stream()
                            .filter(entry -> kinds.contains(entry.kind()))
                            .toList(),
                    phrase,
                    from,
                    to);
        }
    }

    private final Map<String, List<Entry>> phrases = new HashMap<>();
    private int longest;

    private Lexicon(List<String[]> rows) {
        for (String[] row : rows) {
            Domain domain = row[2].equals("-") ? null : Domain.valueOf(row[2].toUpperCase(Locale.ROOT));
            Entry entry = new Entry(Kind.valueOf(row[0].toUpperCase(Locale.ROOT)), row[1], domain, row[3]);
            for (String phrase : row[4].split(",", -1)) {
                List<Token> tokens = tokens(phrase);
                phrases.computeIfAbsent(join(tokens, 0, tokens.size()), key -> new ArrayList<>())
                        .add(entry);
                longest = Math.max(longest, tokens.size());
            }
        }
    }

    /** Finds the known phrases of a text: whole words only, the longest phrase at each place, none that is negated. */
    Reading read(String text) {
        List<Token> tokens = tokens(text);
        List<Hit> hits = new ArrayList<>();
        for (int from = 0; from < tokens.size(); ) {
            int to = Math.min(tokens.size(), from + longest);
            while (to > from && !phrases.containsKey(join(tokens, from, to))) {
                to--;
            }
            if (to > from && !negated(text, tokens, from)) {
                String phrase = join(tokens, from, to);
                hits.add(new Hit(phrases.getOrDefault(phrase, List.of()), phrase, from, to));
            }
            from = Math.max(to, from + 1);
        }
        return new Reading(text, tokens, List.copyOf(hits));
    }

    /** Reads a table of this package, without comments. */
    static List<String[]> rows(String resource) {
        try (InputStream in = Lexicon.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is not on the class path");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + resource, e);
        }
    }

    /** Returns whether a negation leads to a token with no more than an article and no punctuation between. */
    private static boolean negated(String text, List<Token> tokens, int at) {
        int before = at - 1;
        if (before > 0 && ARTICLES.contains(tokens.get(before).word())) {
            before--;
        }
        return before >= 0
                && NEGATIONS.contains(tokens.get(before).word())
                && text.substring(tokens.get(before).end(), tokens.get(at).start())
                        .chars()
                        .allMatch(c -> c == ' ' || Character.isLetter(c));
    }

    private static List<Token> tokens(String text) {
        return WORD.matcher(text)
                .results()
                .map(match -> new Token(match.group().toLowerCase(Locale.ROOT), match.start(), match.end()))
                .toList();
    }

    private static String join(List<Token> tokens, int from, int to) {
        return String.join(
                " ", tokens.subList(from, to).stream().map(Token::word).toList());
    }
}
