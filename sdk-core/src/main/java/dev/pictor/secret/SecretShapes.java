package dev.pictor.secret;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What keys look like, by what their vendors say of them as of August 2026. Each is looked for by a few letters first, as
 * most texts hold none.
 */
final class SecretShapes {

    private record Shape(String letters, Pattern pattern) {}

    private static final List<Shape> SHAPES = List.of(
            shape("AIza", "\\bAIza[\\w-]{20,}"),
            shape("ya29.", "\\bya29\\.[\\w-]{20,}"),
            shape("sk-", "(?<![\\w-])sk-(?=[\\w-]*\\d)[\\w-]{16,}"), // OpenAI, Anthropic and those who speak like them
            shape("xai-", "\\bxai-[A-Za-z0-9]{20,}"),
            shape("r8_", "\\br8_[A-Za-z0-9]{20,}"),
            shape("hf_", "\\bhf_[A-Za-z0-9]{20,}"),
            shape("gh", "\\bgh[pousr]_[A-Za-z0-9]{30,}"),
            shape("xox", "\\bxox[abprs]-[\\w-]{10,}"),
            shape("AKIA", "\\bAKIA[0-9A-Z]{16}\\b"),
            shape("ASIA", "\\bASIA[0-9A-Z]{16}\\b"),
            shape("eyJ", "\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*"),
            shape("earer", "(?<=\\b[Bb]earer\\s)(?:(?=\\S*\\d)[\\w.~+/=-]{8,}|[\\w.~+/=-]{20,})"),
            shape("EARER", "(?<=\\bBEARER\\s)(?:(?=\\S*\\d)[\\w.~+/=-]{8,}|[\\w.~+/=-]{20,})"),
            shape(
                    "PRIVATE KEY-----",
                    "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"));

    /** No pattern finds less. */
    private static final int SHORTEST = 14;

    private SecretShapes() {}

    private static Shape shape(String letters, String pattern) {
        return new Shape(letters, Pattern.compile(pattern));
    }

    /** Returns the text itself if there is nothing in it. */
    static String hide(String text, String mark) {
        if (text.length() < SHORTEST) {
            return text;
        }
        String hidden = text;
        for (Shape shape : SHAPES) {
            if (hidden.contains(shape.letters)) {
                hidden = shape.pattern.matcher(hidden).replaceAll(Matcher.quoteReplacement(mark));
            }
        }
        return hidden;
    }
}
