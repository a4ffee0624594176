package dev.pictor.intent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text as facts are compared by: in lower case and in the singular, numbers in digits whether they are written
 * in digits or words, each with where it stands. English. Immutable.
 */
final class FactWords {

    /** One word or number. */
    static final class Word {
        /** As written, in lower case; a number in digits, with a point before its fraction. */
        final String text;
        /** The same without the ending of a plural, in one spelling. */
        final String stem;
        /** A whole number of things, or -1. */
        final int count;

        final int start;
        final int end;
        /** What parts it from the word before: 0 for nothing, or one of {@code - , : ; .}, the last for the end of a sentence. */
        final char before;

        final boolean capital;

        private Word(String text, int count, int start, int end, char before, boolean capital) {
            this.text = text;
            this.stem = FactVocabulary.stem(text);
            this.count = count;
            this.start = start;
            this.end = end;
            this.before = before;
            this.capital = capital;
        }

        /** Whether it belongs to what stands before it. */
        boolean isJoined() {
            return before == 0 || before == '-';
        }
    }

    private static final Pattern WORD =
            Pattern.compile("\\d+(?:,\\d{3})+(?!\\d)|\\d+(?:[.,]\\d+)*|[\\p{L}\\p{M}]+(?:['\u2019]\\p{L}+)*|[%\u00b0]");
    private static final int MAX_DIGITS = 9;
    private static final Map<String, Integer> SMALL = Map.ofEntries(
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("thirteen", 13),
            Map.entry("fourteen", 14),
            Map.entry("fifteen", 15),
            Map.entry("sixteen", 16),
            Map.entry("seventeen", 17),
            Map.entry("eighteen", 18),
            Map.entry("nineteen", 19));
    private static final Map<String, Integer> TENS = Map.of(
            "twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "seventy", 70, "eighty", 80, "ninety",
            90);
    private static final Map<String, Integer> SCALES = Map.of("dozen", 12, "hundred", 100, "thousand", 1_000);

    final List<Word> list;

    private FactWords(List<Word> list) {
        this.list = list;
    }

    static FactWords of(String text) {
        List<Word> plain = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        int last = 0;
        while (matcher.find()) {
            char before = plain.isEmpty() ? '.' : separator(text, last, matcher.start());
            plain.add(word(text, matcher.start(), matcher.end(), before));
            last = matcher.end();
        }
        return new FactWords(numbered(plain));
    }

    private static Word word(String text, int start, int end, char before) {
        String written = text.substring(start, end);
        if (!Character.isDigit(written.charAt(0))) {
            String lower = written.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
            String bare = lower.endsWith("'s") ? lower.substring(0, lower.length() - 2) : lower;
            return new Word(bare, -1, start, end, before, Character.isUpperCase(written.charAt(0)));
        }
        boolean grouped = written.matches("\\d{1,3}(?:,\\d{3})+");
        String digits = grouped ? written.replace(",", "") : written.replace(',', '.');
        boolean glued = (end < text.length() && Character.isLetter(text.charAt(end)))
                || (start > 0 && Character.isLetter(text.charAt(start - 1)));
        boolean whole = !glued && digits.length() <= MAX_DIGITS && digits.indexOf('.') < 0;
        return new Word(digits, whole ? Integer.parseInt(digits) : -1, start, end, before, false);
    }

    private static char separator(String text, int from, int to) {
        char strongest = 0;
        for (int i = from; i < to; i++) {
            char c = switch (text.charAt(i)) {
                case '.', '!', '?', '\n', '\r' -> '.';
                case ';' -> ';';
                case ':' -> ':';
                case ' ', '\t', '\u00a0' -> 0;
                case '-' -> '-';
                default -> ',';
            };
            strongest = (char) Math.max(rank(c), rank(strongest)) == rank(c) ? c : strongest;
        }
        return strongest;
    }

    private static int rank(char separator) {
        return "-,:;.".indexOf(separator);
    }

    /** Puts digits for number words: twenty-one, two dozen, a hundred, half a dozen, a pair of. */
    private static List<Word> numbered(List<Word> plain) {
        List<Word> words = new ArrayList<>(plain.size());
        int i = 0;
        while (i < plain.size()) {
            int end = numberEnd(plain, i);
            if (end > i) {
                Word first = plain.get(i);
                int value = value(plain, i, end);
                words.add(new Word(
                        Integer.toString(value), value, first.start, plain.get(end - 1).end, first.before, false));
            } else {
                words.add(plain.get(i));
                end = i + 1;
            }
            i = end;
        }
        return words;
    }

    /** Where a number that begins here and is written with words ends, or {@code from} if none does. */
    private static int numberEnd(List<Word> words, int from) {
        if (text(words, from).equals("half") && follows(words, from + 1, "a") && follows(words, from + 2, "dozen")) {
            return from + 3;
        }
        boolean article = text(words, from).equals("a");
        if (follows(words, article ? from + 1 : from, "pair") && follows(words, article ? from + 2 : from + 1, "of")) {
            return article ? from + 3 : from + 2;
        }
        int at = article ? from + 1 : smallEnd(words, from);
        boolean digits = !article && at == from && words.get(from).count > 0;
        at = digits ? from + 1 : at;
        boolean scaled =
                at < words.size() && (at == from || words.get(at).isJoined()) && SCALES.containsKey(text(words, at));
        if (!scaled) {
            return article || digits ? from : at;
        }
        at++;
        if (follows(words, at, "of")) {
            return at + 1;
        }
        int rest = follows(words, at, "and") ? at + 1 : at;
        int end = rest < words.size() && words.get(rest).isJoined() ? smallEnd(words, rest) : rest;
        return end > rest ? end : at;
    }

    private static int smallEnd(List<Word> words, int from) {
        String first = text(words, from);
        if (SMALL.containsKey(first)) {
            return from + 1;
        }
        if (!TENS.containsKey(first)) {
            return from;
        }
        boolean unit = from + 1 < words.size()
                && words.get(from + 1).isJoined()
                && SMALL.getOrDefault(text(words, from + 1), 99) < 10;
        return unit ? from + 2 : from + 1;
    }

    private static int value(List<Word> words, int from, int end) {
        if (text(words, from).equals("half")) {
            return 6;
        }
        int sum = 0;
        for (Word word : words.subList(from, end)) {
            if (word.text.equals("pair")) {
                return 2;
            }
            int scale = SCALES.getOrDefault(word.text, 0);
            sum = scale > 0
                    ? Math.max(1, sum) * scale
                    : sum + SMALL.getOrDefault(word.text, TENS.getOrDefault(word.text, Math.max(0, word.count)));
        }
        return sum;
    }

    private static boolean follows(List<Word> words, int at, String text) {
        return at < words.size() && words.get(at).text.equals(text);
    }

    private static String text(List<Word> words, int at) {
        return words.get(at).text;
    }

    int size() {
        return list.size();
    }

    Word get(int index) {
        return list.get(index);
    }

    /** Whether a word goes on with the phrase of the one before it. */
    boolean goesOn(int index) {
        return index < list.size()
                && list.get(index).isJoined()
                && !FactVocabulary.STOPS.contains(list.get(index).text);
    }
}
