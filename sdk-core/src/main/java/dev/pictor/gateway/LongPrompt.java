package dev.pictor.gateway;

/** Cuts prompts that are longer than a model reads. */
final class LongPrompt {

    /** How far back from the limit the end of a word is looked for. */
    private static final int MAX_WORD_CHARS = 64;

    private LongPrompt() {}

    /** Returns as much of a prompt as fits, up to the end of a word where there is one, and no half character. */
    static String cut(String prompt, int maxChars) {
        if (prompt.length() <= maxChars) {
            return prompt;
        }
        for (int end = maxChars; end > Math.max(0, maxChars - MAX_WORD_CHARS); end--) {
            if (Character.isWhitespace(prompt.charAt(end))) {
                return prompt.substring(0, end);
            }
        }
        int end = Character.isLowSurrogate(prompt.charAt(maxChars)) ? maxChars - 1 : maxChars;
        return prompt.substring(0, end);
    }
}
