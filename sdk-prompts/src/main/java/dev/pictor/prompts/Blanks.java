package dev.pictor.prompts;

/** Blank space as JavaScript has it, which the format is defined by: unlike Java it counts the no-break space. */
final class Blanks {

    private Blanks() {}

    static boolean isBlank(String text) {
        return text.chars().allMatch(Blanks::isSpace);
    }

    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isSpace(int c) {
        return (c >= '\t' && c <= '\r') || c == '\uFEFF' || Character.isSpaceChar(c);
    }
}
