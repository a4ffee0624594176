package dev.pictor.prompts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tags of a template before the engine does. Finds the partials it names, and refuses what Handlebars engines
 * know beyond the format (set delimiters, decorators, partial blocks, computed partials, raw blocks) or what is nested
 * so deeply that reading it could exhaust the stack.
 */
final class TemplateTags {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_BRACKETS = 8;
    private static final Pattern PARTIAL =
            Pattern.compile("^>\\s*(?:\\[([^\\]]+)]|\"([^\"]+)\"|'([^']+)'|([^\\s~(]+))");
    private static final Pattern ELSE = Pattern.compile("^(?:else\\b.*|\\^)[\\s~]*$", Pattern.DOTALL);

    private final String template;
    private final int linesBefore;
    private final List<String> partials = new ArrayList<>();
    /** The open blocks; of each, how many {@code else} it has had. */
    private final Deque<Integer> blocks = new ArrayDeque<>();

    private int depth;

    private TemplateTags(String template, int linesBefore) {
        this.template = template;
        this.linesBefore = linesBefore;
    }

    /**
     * Returns the names of the partials that a template uses, once for each use.
     *
     * @param linesBefore how many lines of its file come before the template
     * @throws PromptFailure if it has a tag that is not allowed
     */
    static List<String> partials(String template, int linesBefore) {
        TemplateTags tags = new TemplateTags(template, linesBefore);
        int at = template.indexOf("{{");
        while (at >= 0) {
            at = template.indexOf("{{", tags.read(at));
        }
        return tags.partials;
    }

    /** Reads the tag at a place and returns where it ends. */
    private int read(int at) {
        if (at > 0 && template.charAt(at - 1) == '\\') {
            return end(at, "}}");
        }
        if (template.startsWith("{{!", at)) {
            return end(at, template.startsWith("{{!--", at) ? "--}}" : "}}");
        }
        int from = template.startsWith("~", at + 2) ? at + 3 : at + 2;
        int to = close(at, from);
        check(at, template.substring(from, to));
        return to;
    }

    private void check(int at, String tag) {
        if (tag.startsWith("=")) {
            throw malformed(at, "delimiters cannot be changed");
        }
        if (tag.startsWith("*") || tag.startsWith("#*")) {
            throw malformed(at, "decorators and inline partials are not part of the format");
        }
        if (tag.startsWith("#>")) {
            throw malformed(at, "partial blocks are not part of the format");
        }
        if (tag.startsWith("{{")) {
            throw malformed(at, "raw blocks are not part of the format");
        }
        if (tag.startsWith(">")) {
            Matcher partial = PARTIAL.matcher(tag);
            if (!partial.find()) {
                throw malformed(at, "a partial must be named, not computed");
            }
            for (int group = 1; group <= partial.groupCount(); group++) {
                if (partial.group(group) != null) {
                    partials.add(partial.group(group));
                }
            }
        } else if (tag.startsWith("/")) {
            close();
        } else if (ELSE.matcher(tag).matches()) {
            if (!blocks.isEmpty()) {
                blocks.push(blocks.pop() + 1);
                deepen(at);
            }
        } else if (tag.startsWith("#") || tag.startsWith("^")) {
            blocks.push(0);
            deepen(at);
        }
    }

    private void close() {
        if (!blocks.isEmpty()) {
            depth -= 1 + blocks.pop();
        }
    }

    private void deepen(int at) {
        if (++depth > MAX_DEPTH) {
            throw malformed(at, "blocks are nested more than " + MAX_DEPTH + " deep");
        }
    }

    private int close(int at, int from) {
        char quote = 0;
        int brackets = 0;
        for (int i = from; i < template.length(); i++) {
            char c = template.charAt(i);
            if (quote != 0) {
                quote = c == quote && template.charAt(i - 1) != '\\' ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (template.startsWith("}}", i)) {
                return i;
            } else if (c == '(' && ++brackets > MAX_BRACKETS) {
                throw malformed(at, "expressions have more than " + MAX_BRACKETS + " brackets");
            }
            if (i > from + 1 && template.startsWith("{{", i)) {
                break;
            }
        }
        throw malformed(at, "the tag is not closed");
    }

    private int end(int at, String closing) {
        int end = template.indexOf(closing, at);
        return end < 0 ? template.length() : end + closing.length();
    }

    private PromptFailure malformed(int at, String message) {
        long line = linesBefore
                + 1
                + template.substring(0, at).chars().filter(c -> c == '\n').count();
        return new PromptFailure(PromptException.Reason.MALFORMED, "line " + line + ": " + message);
    }
}
