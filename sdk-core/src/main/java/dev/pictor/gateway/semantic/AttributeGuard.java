package dev.pictor.gateway.semantic;

/**
 * Decides whether two prompts tell the same, whatever a similarity says. Immutable and thread-safe.
 *
 * <p>Everything must agree: subjects, numbers, colours, negation, sides, sizes, materials, media, times, quoted text to the letter, and who
 * does what to whom. Only what is known to be harmless may differ: case, spaces and marks, greetings, asking and thanks around a
 * description, American or British spelling, contractions, listed synonyms, numbers in words or digits, two letters of a long word changed
 * over or one written twice where that gives no other word, "that is" before what is done, the order of neighbouring remarks on how the
 * whole picture is made or how the one thing in it looks, and where the medium is named. The word lists name what is harmless and not what
 * is harmful, so a word that none of them knows must be the same on both sides.
 */
public final class AttributeGuard {

    private static final AttributeGuard ENGLISH = new AttributeGuard();

    private AttributeGuard() {}

    /**
     * Returns the guard for prompts in English. Prompts in other languages are compared by the same rules, without
     * synonyms.
     *
     * @return the guard
     */
    public static AttributeGuard english() {
        return ENGLISH;
    }

    /**
     * Returns whether two prompts tell the same, so that one answer can serve both.
     *
     * @param promptA a prompt
     * @param promptB another
     * @return false if any fact differs or might differ
     */
    public boolean agree(String promptA, String promptB) {
        return read(promptA).agree(read(promptB));
    }

    /** Reads what a prompt tells. */
    Facts read(String prompt) {
        return new PromptReader(WordLists.english()).read(prompt);
    }
}
