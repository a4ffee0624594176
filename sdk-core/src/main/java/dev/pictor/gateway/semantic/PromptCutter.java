package dev.pictor.gateway.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a prompt into segments of words. Used once; not thread-safe.
 *
 * <p>Quoted text is one word that starts with a quotation mark. A word of text that may have to be written is marked too. Neither is
 * changed, so that both must be the same to the letter.
 */
final class PromptCutter {

    private static final char QUOTED = '"';
    private static final char LITERAL = '=';
    private static final String SOME = "a ";
    private static final String LITTLE = "little";
    private static final String HARDLY_ANY = "hardly any"; // no word of a prompt has a space
    private static final Set<String> BEFORE_AMOUNT = Set.of(
            "has", "have", "having", "is", "are", "was", "very", "too", "so", "but", "and", "or", "gets", "needs");
    private static final int DOZEN = 12;
    private static final int QUOTE_BEFORE = 4; // words

    private static final Pattern TOKEN =
            Pattern.compile("\"([^\"]{0,2000})\"|«([^»]{0,2000})»|(?<![\\p{L}\\d])'([^']{1,80})'(?![\\p{L}\\d])"
                    + "|(?<number>\\d+(?:st|nd|rd|th)(?![\\p{L}\\d])|(?:(?<!\\S)-)?\\d+(?:,\\d{3}(?!\\d))*(?:[.:/]\\d+)*)"
                    + "|(?<word>\\p{L}[\\p{L}\\p{M}]*(?:'\\p{L}+)*(?:-\\p{L}+ing(?![\\p{L}]))?)"
                    + "|(?<aside>(?<!\\S)\\((?=\\S)|\\)(?=[\\s,;.!?]|$))"
                    + "|(?<weak>[,;]|(?<=\\n)[ \\t]*[-*\u2022](?=\\s))"
                    + "|(?<strong>[.!?:\u2026])|(?<other>[^\\s'-])");

    private final WordLists lists;
    private final String text;
    private final List<Segment> segments = new ArrayList<>();
    private Segment segment = new Segment();
    private boolean literal;
    private boolean afterArticle;
    private int counted; // the number in words that the last word was, or 0

    PromptCutter(WordLists lists, String text) {
        this.lists = lists;
        this.text = text;
    }

    /** Returns the segments, at least one. None is empty. */
    List<Segment> cut() {
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String word = token.group("word");
            counted = word == null ? 0 : counted;
            if (word != null) {
                word(word, token.start(), token.end());
            } else if (token.group("number") != null) {
                add((literal ? LITERAL : "") + token.group("number").replace(",", ""), token.start(), token.end());
            } else if (token.group("weak") != null) {
                end(',');
            } else if (token.group("strong") != null) {
                endSentence(token.group());
            } else if (token.group("other") != null) {
                add(token.group("other"), token.start(), token.end());
            } else if (token.group("aside") == null) { // brackets around an aside are nothing
                String quoted = token.group().substring(1, token.group().length() - 1);
                add(QUOTED + quoted.strip().replaceAll("\\s+", " "), token.start(), token.end());
            }
        }
        end(',');
        if (segments.isEmpty()) {
            add(LITERAL + text.strip(), 0, text.length());
            end(',');
        }
        return segments;
    }

    private void add(String word, int from, int to) {
        segment.add(word, from, to);
    }

    private void word(String word, int from, int to) {
        String lower = word.toLowerCase(Locale.ROOT);
        boolean article = lower.equals("a") || lower.equals("an");
        if (literal) {
            add(LITERAL + (article ? "a" : word), from, to);
            return;
        }
        boolean joins = segment.isEmpty() && !segments.isEmpty() && (lower.equals("and") || lower.equals("or"));
        if (joins && !last().endsSentence()) {
            segment = segments.remove(segments.size() - 1); // "red, white, and blue" is "red, white and blue"
        }
        String normal = article ? Facts.ARTICLE : lists.normal(lower);
        boolean counts = Character.isDigit(normal.charAt(0)) && normal.chars().allMatch(Character::isDigit);
        if (counts && counted > 0 && extendsCount(Integer.parseInt(normal), from, to)) {
            return;
        }
        counted = counts ? Integer.parseInt(normal) : 0;
        boolean name = !article
                && word.length() > 1
                && Character.isUpperCase(word.charAt(0))
                && word.chars()
                        .skip(1)
                        .noneMatch(
                                Character::isUpperCase) // neither USA nor PlayStation is another word in small letters
                && (afterArticle || !startsSentence())
                && !lists.isOnlyName(lower);
        boolean some = afterArticle && lists.isOtherAfterArticle(normal);
        String meant = normal.equals(LITTLE) && !afterArticle && isOfAmount() ? HARDLY_ANY : normal;
        add((name ? Facts.NAME : "") + (some ? SOME : "") + meant, from, to);
        afterArticle = article;
        literal = lists.announcesText(normal) && !quotePrecedes() && !quoteFollows(to);
    }

    /** Whether what comes tells how much there is, as "little" does in "with little snow" but not in "with two little birds". */
    private boolean isOfAmount() {
        List<String> words = segment.words();
        String before = words.isEmpty() ? "" : words.get(words.size() - 1);
        return words.isEmpty() || lists.isWhere(before) || BEFORE_AMOUNT.contains(before);
    }

    /** "Twenty-one" is 21, "two hundred" is 200 and "two dozen" 24. */
    private boolean extendsCount(int number, int from, int to) {
        boolean adds = counted >= 20 && counted % 10 == 0 && number < 10 && number > 0;
        boolean multiplies = counted < 100 && (number >= 100 || number == DOZEN);
        if ((!adds && !multiplies) || segment.isEmpty()) {
            return false;
        }
        counted = adds ? counted + number : counted * number;
        segment.dropLast(1);
        add(Integer.toString(counted), from, to);
        return true;
    }

    private Segment last() {
        return segments.get(segments.size() - 1);
    }

    private boolean startsSentence() {
        return segment.isEmpty() && (segments.isEmpty() || last().endsSentence());
    }

    /** Whether the text was told before: {@code "Welcome" is written on a sign}. */
    private boolean quotePrecedes() {
        List<String> words = segment.words();
        int size = words.size();
        return words.subList(Math.max(0, size - QUOTE_BEFORE), size).stream()
                .anyMatch(word -> word.charAt(0) == QUOTED);
    }

    /** Whether the text to be written stands in quotation marks within the next words, so that what follows is no such text. */
    private boolean quoteFollows(int start) {
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
        String last =
                segment.isEmpty() ? "" : segment.words().get(segment.words().size() - 1);
        boolean initial = mark.equals(".") && last.length() == 1 && Character.isLetter(last.charAt(0));
        if (!initial) {
            end(mark.charAt(0));
        }
    }

    private void end(char mark) {
        literal = false;
        if (!segment.isEmpty()) {
            segment.endWith(mark);
            segments.add(segment);
            segment = new Segment();
        } else if (mark == ',' && !segments.isEmpty()) {
            last().endWith(mark); // "blue!!, please" goes on
        }
    }
}
