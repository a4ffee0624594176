package dev.pictor.gateway.semantic;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one prompt: cuts it into words and segments, and takes away what is harmless. Used once; not thread-safe.
 *
 * <p>Quoted text is one word that starts with a quotation mark. A word of text that may have to be written is marked too. Neither is
 * changed, so that both must be the same to the letter.
 */
final class PromptReader {

    private static final char QUOTED = '"';
    private static final char LITERAL = '=';
    private static final String SOME = "a ";
    private static final int MEDIUM_WORDS = 4;

    private static final Pattern TOKEN =
            Pattern.compile("\"([^\"]{0,2000})\"|«([^»]{0,2000})»|(?<![\\p{L}\\d])'([^']{1,80})'(?![\\p{L}\\d])"
                    + "|(?<number>\\d+(?:st|nd|rd|th)(?![\\p{L}\\d])|(?:(?<!\\S)-)?\\d+(?:,\\d{3}(?!\\d))*(?:[.:/]\\d+)*)"
                    + "|(?<word>\\p{L}[\\p{L}\\p{M}]*(?:'\\p{L}+)*(?:-\\p{L}+ing(?![\\p{L}]))?)"
                    + "|(?<weak>[,;])|(?<strong>[.!?:\u2026])|(?<other>[^\\s'-])");

    /** Words of three letters and more: where most of them begin with a capital, it is for looks and tells nothing. */
    private static final Pattern SMALL = Pattern.compile("(?<![\\p{L}'])\\p{Ll}\\p{L}{2}");

    private static final Pattern CAPITAL = Pattern.compile("(?<![\\p{L}'])\\p{Lu}\\p{L}{2}");

    private final WordLists lists;
    private final List<List<String>> segments = new ArrayList<>();
    private final List<Boolean> sentenceEnds = new ArrayList<>(); // whether a sentence ends after the segment
    private List<String> segment = new ArrayList<>();
    private boolean literal;
    private boolean capitalsTell;
    private boolean afterArticle;
    private boolean newThing; // whether a segment after the first begins with "a", which brings in another thing

    PromptReader(WordLists lists) {
        this.lists = lists;
    }

    Facts read(String prompt) {
        String text = Normalizer.normalize(prompt, Normalizer.Form.NFC)
                .replace('\u2018', '\'')
                .replace('\u2019', '\'')
                .replace('\u201c', '"')
                .replace('\u201d', '"');
        long small = SMALL.matcher(text).results().count();
        capitalsTell = small > 0 && small >= CAPITAL.matcher(text).results().count();
        cut(text);
        segments.replaceAll(words -> lists.synonyms().replaceIn(words));
        dropClosers();
        dropOpeners();
        moveMediumToEnd();
        boolean fixedOrder = newThing
                || sentenceEnds.subList(0, Math.max(0, sentenceEnds.size() - 1)).contains(true)
                || segments.stream().skip(1).anyMatch(lists::isBound);
        return new Facts(lists, segments, fixedOrder, capitalsTell);
    }

    private void cut(String text) {
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String word = token.group("word");
            if (word != null) {
                word(word, text, token.end());
            } else if (token.group("number") != null) {
                segment.add((literal ? LITERAL : "") + token.group("number").replace(",", ""));
            } else if (token.group("weak") != null) {
                end(false);
            } else if (token.group("strong") != null) {
                endSentence(token.group());
            } else if (token.group("other") != null) {
                segment.add(token.group("other"));
            } else {
                String quoted = token.group().substring(1, token.group().length() - 1);
                segment.add(QUOTED + quoted.strip().replaceAll("\\s+", " "));
            }
        }
        end(false);
        if (segments.isEmpty()) {
            segment.add(LITERAL + text.strip());
            end(false);
        }
    }

    private void word(String word, String text, int end) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean article = lower.equals("a") || lower.equals("an");
        if (literal) {
            segment.add(LITERAL + (article ? "a" : word));
            return;
        }
        newThing |= article && segment.isEmpty() && !segments.isEmpty();
        boolean joins = segment.isEmpty() && !segments.isEmpty() && (lower.equals("and") || lower.equals("or"));
        if (joins && !sentenceEnds.get(sentenceEnds.size() - 1)) {
            segment = segments.remove(segments.size() - 1); // "red, white, and blue" is "red, white and blue"
            sentenceEnds.remove(sentenceEnds.size() - 1);
        }
        String normal = lists.normal(lower);
        if (!article) {
            boolean name = capitalsTell
                    && word.length() > 1
                    && Character.isUpperCase(word.charAt(0))
                    && Character.isLowerCase(word.charAt(1))
                    && (afterArticle || !startsSentence());
            boolean some = afterArticle && lists.isOtherAfterArticle(normal);
            segment.add((name ? Facts.NAME : "") + (some ? SOME : "") + normal);
        }
        afterArticle = article;
        literal = lists.announcesText(normal) && !quotePrecedes() && !quoteFollows(text, end);
    }

    private boolean startsSentence() {
        return segment.isEmpty() && (segments.isEmpty() || sentenceEnds.get(sentenceEnds.size() - 1));
    }

    /** Whether the text was told before: {@code "Welcome" is written on a sign}. */
    private boolean quotePrecedes() {
        int size = segment.size();
        return segment.subList(Math.max(0, size - 3), size).stream().anyMatch(word -> word.charAt(0) == QUOTED);
    }

    /** Whether the text to be written stands in quotation marks within the next words, so that what follows is no such text. */
    private static boolean quoteFollows(String text, int start) {
        int end = Math.min(text.length(), start + 24);
        for (int i = start; i < end; i++) {
            char next = text.charAt(i);
            if (next == '"' || next == '«' || (next == '\'' && Character.isWhitespace(text.charAt(i - 1)))) {
                return true;
            }
        }
        return false;
    }

    private void endSentence(String mark) {
        String last = segment.isEmpty() ? "" : segment.get(segment.size() - 1);
        boolean initial = mark.equals(".") && last.length() == 1 && Character.isLetter(last.charAt(0));
        if (!initial) {
            end(true);
        }
    }

    private void end(boolean sentence) {
        literal = false;
        if (!segment.isEmpty()) {
            segments.add(segment);
            sentenceEnds.add(sentence);
            segment = new ArrayList<>();
        } else if (!sentence && !sentenceEnds.isEmpty()) {
            sentenceEnds.set(sentenceEnds.size() - 1, false); // "blue!!, please" goes on
        }
    }

    private void dropClosers() {
        for (int i = segments.size() - 1; i >= 0; i--) {
            List<String> words = segments.get(i);
            int length = lists.closers().lengthAtEnd(words);
            boolean ends = i == segments.size() - 1;
            if (length == words.size() ? segments.size() > 1 : length > 0 && ends) {
                keep(i, words.subList(0, words.size() - length));
            }
        }
    }

    private void dropOpeners() {
        for (int i = segments.size() - 1; i > 0; i--) {
            List<String> rest = withoutOpeners(segments.get(i));
            if (isMedium(rest)) {
                segments.set(i, rest); // "a turtle, please make a cartoon"
            }
        }
        while (true) {
            List<String> rest = withoutOpeners(segments.get(0));
            if (!rest.isEmpty() || segments.size() == 1) {
                segments.set(0, rest.isEmpty() ? segments.get(0) : rest);
                return;
            }
            keep(0, rest);
        }
    }

    private List<String> withoutOpeners(List<String> words) {
        int start = 0;
        while (start < words.size()) {
            int length = lists.openers().lengthAt(words, start);
            if (length == 0) {
                break;
            }
            start += length;
        }
        return words.subList(start, words.size());
    }

    private void keep(int index, List<String> rest) {
        if (rest.isEmpty()) {
            segments.remove(index);
            sentenceEnds.remove(index);
        } else {
            segments.set(index, rest);
        }
    }

    private boolean isMedium(List<String> words) {
        return !words.isEmpty() && words.size() <= MEDIUM_WORDS && lists.isMedium(words.get(words.size() - 1));
    }

    private void moveMediumToEnd() {
        if (segments.size() != 1) {
            return;
        }
        List<String> words = segments.get(0);
        int of = words.indexOf("of");
        if (of > 0 && of < words.size() - 1 && isMedium(words.subList(0, of))) {
            segments.set(0, words.subList(of + 1, words.size()));
            segments.add(words.subList(0, of));
            sentenceEnds.add(0, false);
        }
    }
}
