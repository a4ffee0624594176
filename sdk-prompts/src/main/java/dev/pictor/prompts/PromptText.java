package dev.pictor.prompts;

/**
 * A prompt file cut in two. Lines end in LF and there is no byte order mark.
 *
 * @param whole the file
 * @param frontMatter the YAML between the two {@code ---} lines, or nothing
 * @param frontMatterLine how many lines come before it
 * @param body the template; without blanks around it if there is front matter, else the whole file
 * @param bodyLine how many lines come before it
 */
record PromptText(String whole, String frontMatter, int frontMatterLine, String body, int bodyLine) {

    /**
     * Cuts a file.
     *
     * @throws PromptFailure if front matter is opened and not closed
     */
    static PromptText of(String file) {
        String text = normalise(file);
        int open = skipComments(text);
        if (!isFence(text, open)) {
            return new PromptText(text, "", 0, text, 0);
        }
        int yaml = nextLine(text, open);
        for (int at = yaml; at < text.length(); at = nextLine(text, at)) {
            if (isFence(text, at)) {
                String rest = text.substring(nextLine(text, at));
                String body = Blanks.trim(rest);
                int bodyAt = text.length() - rest.length() + rest.indexOf(body);
                return new PromptText(text, text.substring(yaml, at), lines(text, yaml), body, lines(text, bodyAt));
            }
        }
        throw new PromptFailure(
                PromptException.Reason.MALFORMED,
                "the front matter that begins at line " + lines(text, yaml) + " is not closed by a line of ---");
    }

    static String normalise(String file) {
        String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /** A licence header may come first: lines that are blank or begin with {@code #}. */
    private static int skipComments(String text) {
        int at = 0;
        while (at < text.length()) {
            int next = nextLine(text, at);
            if (text.charAt(at) != '#' && !text.substring(at, next).isBlank()) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private static boolean isFence(String text, int at) {
        return text.startsWith("---", at) && Blanks.isBlank(text.substring(at + 3, nextLine(text, at)));
    }

    private static int nextLine(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    private static int lines(String text, int before) {
        return (int) text.substring(0, before).chars().filter(c -> c == '\n').count();
    }
}
