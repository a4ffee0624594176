package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * How many tokens a text is read as, without asking a vendor. Immutable.
 *
 * <p>{@code expected} goes by the kinds of characters. Letters and digits count by the word: of Latin letters the first
 * nine are one token and each further five one more, of digits each three; of Greek, Cyrillic and other alphabets each
 * three letters; of Chinese, Japanese and Korean each character counts as one; of emoji and what is left each as two. Signs
 * count one for each two in a row, line breaks one for each run; single blanks are free. In a test against OpenAI's
 * {@code o200k_base} it is within a quarter for English prose and prompts, and within a factor of three for other scripts.
 *
 * <p>{@code atMost} is a bound. A tokenizer of byte-level BPE begins with a token for each byte of the UTF-8 text and only
 * ever merges (<a href="https://github.com/openai/tiktoken">tiktoken</a>: {@code cl100k_base}, {@code o200k_base}, and the
 * family of Llama 3), so no text has more tokens than bytes. SentencePiece with byte fallback
 * (<a href="https://github.com/google/sentencepiece">sentencepiece</a>: Gemma, Llama 2) takes a known piece of one
 * character or more, else one token for each byte of a character, so the same holds where the text is not normalised first,
 * as it is not for these families. Around the text vendors wrap roles and separators: OpenAI states
 * <a href="https://developers.openai.com/cookbook/examples/how_to_count_tokens_with_tiktoken">3 tokens for each message and
 * 3 for the answer's start</a> (read 2026-11-30), Gemini and Anthropic state none. The bound allows 256 in all, which is
 * what the gateway's cost estimates allow for the same, and 4 for each message where there are more than 63.
 *
 * <p>Neither counts pictures and other media, what a program fills into sections, or the schema of the answer.
 *
 * @param expected about how many tokens, 0 or more
 * @param atMost no more tokens than these, with what a vendor wraps around messages; at least {@code expected}
 * @param media how many pictures and other media are not counted
 */
public record TokenEstimate(long expected, long atMost, int media) {

    /** As many as {@code Bill} of sdk-core allows, which bounds what a call can cost. */
    private static final int WRAPPING = 256;

    private static final int WRAPPING_A_MESSAGE = 4;

    /**
     * Estimates a prompt.
     *
     * @param prompt a rendered prompt
     * @return the estimate of its messages
     */
    public static TokenEstimate of(RenderedPrompt prompt) {
        List<PromptMessage> messages = requireNonNull(prompt, "prompt").messages();
        long expected = 0;
        long bytes = 0;
        int media = 0;
        for (PromptMessage message : messages) {
            expected += WRAPPING_A_MESSAGE;
            for (PromptPart part : message.parts()) {
                if (part instanceof PromptPart.Text text) {
                    expected += expected(text.text());
                    bytes += utf8Bytes(text.text());
                } else if (part instanceof PromptPart.Media) {
                    media++;
                }
            }
        }
        long wrapping = Math.max(WRAPPING, (long) WRAPPING_A_MESSAGE * (messages.size() + 1));
        return of(expected, messages.isEmpty() ? 0 : bytes + wrapping, media);
    }

    /**
     * Estimates a text alone, without anything around it.
     *
     * @param text the text
     * @return the estimate, whose bound is the number of bytes in UTF-8
     */
    public static TokenEstimate of(String text) {
        return of(expected(text), utf8Bytes(text), 0);
    }

    private static TokenEstimate of(long expected, long atMost, int media) {
        return new TokenEstimate(Math.min(expected, atMost), atMost, media);
    }

    /** Half of a character counts as the question mark that encoders put for it. */
    private static long utf8Bytes(String text) {
        return text.codePoints()
                .mapToLong(c -> c < 0x80 || (c >= 0xD800 && c < 0xE000) ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }

    private static long expected(String text) {
        long tokens = 0;
        int at = 0;
        while (at < text.length()) {
            Kind kind = Kind.of(text.codePointAt(at));
            int length = 0;
            while (at < text.length() && Kind.of(text.codePointAt(at)) == kind) {
                at += Character.charCount(text.codePointAt(at));
                length++;
            }
            tokens += kind.tokens(length);
        }
        return tokens;
    }

    /** What is read alike. */
    private enum Kind {
        LATIN,
        DIGIT,
        ALPHABET,
        IDEOGRAPH,
        SIGN,
        BREAK,
        BLANK,
        OTHER;

        static Kind of(int c) {
            if (c == '\n' || c == '\r') {
                return BREAK;
            }
            if (Character.isWhitespace(c)) {
                return BLANK;
            }
            if (Character.isDigit(c)) {
                return DIGIT;
            }
            if (Character.isIdeographic(c) || isSyllabic(c)) {
                return IDEOGRAPH;
            }
            if (Character.isLetter(c)) {
                return Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN ? LATIN : ALPHABET;
            }
            return c < 0x80 ? SIGN : OTHER;
        }

        private static boolean isSyllabic(int c) {
            return switch (Character.UnicodeScript.of(c)) {
                case HIRAGANA, KATAKANA, HANGUL -> true;
                default -> false;
            };
        }

        /** Returns the tokens of a run of characters. */
        long tokens(int length) {
            return switch (this) {
                case LATIN -> 1 + Math.max(0, (length - 9 + 4) / 5);
                case DIGIT, ALPHABET -> (length + 2) / 3;
                case IDEOGRAPH -> length;
                case SIGN -> (length + 1) / 2;
                case BREAK -> 1;
                case BLANK -> length > 1 ? 1 : 0;
                case OTHER -> 2L * length;
            };
        }
    }
}
