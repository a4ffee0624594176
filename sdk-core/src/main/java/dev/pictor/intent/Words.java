package dev.pictor.intent;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a prompt, in lower case and without accents, each with what stands before it. A hyphen parts words. What
 * lies beyond {@value #MAX_CHARS} characters or {@value #MAX_WORDS} words is not looked at.
 */
final class Words {

    static final int MAX_CHARS = 20_000;
    static final int MAX_WORDS = 3_000;

    private static final int MAX_QUOTE = 300;
    private static final int MAX_WORD = 60;
    private static final int NEGATED = 4; // words after a "no" within a sentence
    private static final Set<String> NEGATORS =
            Set.of("no", "not", "without", "avoid", "never", "exclude", "excluding", "don't", "dont", "isn't", "minus");
    private static final Set<String> NEGATION_ENDS = Set.of("but", "with", "just", "rather", "instead");

    /** One word. */
    static final class Word {
        final String text;
        /** 0, or what parts it from the word before: a comma, a full stop for the end of a sentence, a hyphen. */
        final char before;

        final boolean quoted;
        final boolean capital;
        boolean negated;

        private Word(String text, char before, boolean quoted, boolean capital) {
            this.text = text;
            this.before = before;
            this.quoted = quoted;
            this.capital = capital;
        }
    }

    final String prompt;
    final List<Word> list;
    final int quotes;

    private Words(String prompt, List<Word> list, int quotes) {
        this.prompt = prompt;
        this.list = list;
        this.quotes = quotes;
    }

    static Words of(String whole) {
        String text = whole.length() <= MAX_CHARS ? whole : whole.substring(0, MAX_CHARS);
        List<Word> words = new ArrayList<>();
        int quotes = 0;
        int quoteEnd = -1;
        char before = '.';
        int i = 0;
        while (i < text.length() && words.size() < MAX_WORDS) {
            char c = text.charAt(i);
            if (isWordPart(c)) {
                int end = wordEnd(text, i);
                words.add(new Word(fold(text, i, end), before, i < quoteEnd, Character.isUpperCase(c)));
                before = 0;
                i = end;
                continue;
            }
            if (i >= quoteEnd) {
                int end = quoteEnd(text, i);
                if (end > 0) {
                    quoteEnd = end;
                    quotes++;
                    before = before == 0 ? '"' : before;
                }
            }
            before = stronger(before, kind(text, i));
            i++;
        }
        negate(words);
        return new Words(text, words, quotes);
    }

    int size() {
        return list.size();
    }

    String text(int index) {
        return list.get(index).text;
    }

    private static boolean isWordPart(char c) {
        return isPlain(c) || (c >= 'A' && c <= 'Z') || (c >= 128 && Character.isLetterOrDigit(c));
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static int wordEnd(String text, int start) {
        int end = start + 1;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean apostrophe = c == '\'' || c == '\u2019';
            boolean inside = isWordPart(c)
                    || (apostrophe
                            && end + 1 < text.length()
                            && isWordPart(text.charAt(end + 1))
                            && Character.isLetter(text.charAt(end - 1)));
            if (!inside) {
                break;
            }
            end++;
        }
        return end;
    }

    private static String fold(String text, int start, int end) {
        String word = text.substring(start, Math.min(end, start + MAX_WORD));
        boolean plain = true;
        boolean lower = true;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            plain &= c < 128;
            lower &= isPlain(c);
        }
        if (lower) {
            return word;
        }
        if (!plain) {
            word = Normalizer.normalize(word, Normalizer.Form.NFKD)
                    .replaceAll("\\p{M}+", "")
                    .replace('\u2019', '\'');
        }
        word = word.toLowerCase(Locale.ROOT);
        return word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
    }

    /** The index behind a quotation that opens here, or 0. */
    private static int quoteEnd(String text, int open) {
        char c = text.charAt(open);
        char close = c == '"' || c == '\'' || c == '`' ? c : c == '\u201c' ? '\u201d' : c == '\u2018' ? '\u2019' : 0;
        if (close == 0 || (open > 0 && isWordPart(text.charAt(open - 1)) && c != '"')) {
            return 0;
        }
        int last = Math.min(text.length(), open + MAX_QUOTE);
        for (int i = open + 1; i < last; i++) {
            if (text.charAt(i) == close && (i + 1 == text.length() || !isWordPart(text.charAt(i + 1)))) {
                boolean whole = (i - open) * 10 > text.length() * 7;
                return whole || i == open + 1 ? 0 : i;
            }
        }
        return 0;
    }

    private static char kind(String text, int i) {
        char c = text.charAt(i);
        return switch (c) {
            case ',', '(', ')', '[', ']', '|', '{', '}', '/', '\u3001', '\uff0c', '\u2014', '\u2013' -> ',';
            case '!', '?', ';', ':', '\n', '\u3002' -> '.';
            case '.' -> i + 1 >= text.length() || Character.isWhitespace(text.charAt(i + 1)) ? '.' : '-';
            case '-', '_' -> '-';
            default -> 0;
        };
    }

    private static char stronger(char a, char b) {
        return strength(b) > strength(a) ? b : a;
    }

    private static int strength(char c) {
        return c == '.' ? 4 : c == ',' ? 3 : c == '"' ? 2 : c == '-' ? 1 : 0;
    }

    /** A sentence that begins with "no" is a list of what must not be; elsewhere a "no" reaches a few words far. */
    private static void negate(List<Word> words) {
        boolean sentence = false;
        int left = 0;
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if (word.before == '.') {
                sentence = false;
                left = 0;
                if (word.text.equals("negative")
                        && i + 1 < words.size()
                        && words.get(i + 1).text.equals("prompt")) {
                    sentence = true;
                    words.get(i + 1).negated = true;
                    if (i + 2 < words.size()) {
                        words.get(i + 2).negated = true;
                        i += 2;
                    }
                    continue;
                }
                sentence = word.text.equals("no") || word.text.equals("avoid") || word.text.equals("without");
            } else if (word.before == ',' && !sentence) {
                left = 0;
            }
            if (NEGATION_ENDS.contains(word.text)) {
                sentence = false;
                left = 0;
            }
            word.negated = sentence || left > 0;
            left = NEGATORS.contains(word.text) ? NEGATED : left - 1;
        }
    }
}
