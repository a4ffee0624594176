package dev.pictor.prompts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tags of a template before the engine does, for three ends. It finds the partials that are named. It refuses
 * what Handlebars engines know beyond the format (set delimiters, decorators, partial blocks, computed partials, raw
 * blocks) and what is nested so deeply that reading it could exhaust the stack. And it takes away the blanks and the line
 * break around a block, partial or comment tag that has a line to itself, as Handlebars does; the engine's own way to do
 * so also takes blanks between two tags on one line.
 */
final class TemplateTags {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_BRACKETS = 8;
    private static final int MAX_TAG = 4_096;
    private static final int MAX_STEPS = 32;
    private static final Pattern PARTIAL =
            Pattern.compile("^>\\s*(?:\\[([^\\]]+)]|\"([^\"]+)\"|'([^']+)'|([^\\s~(]+))");
    /** Text in quotes, which stays, or the way to an outer loop. */
    private static final Pattern OUTER = Pattern.compile("\"[^\"]*\"|'[^']*'|@((?:\\.\\./)+)");

    private static final Pattern LONG_END = Pattern.compile("--~?}}$");
    private static final Pattern ELSE = Pattern.compile("^(?:else\\b.*|\\^)[\\s~]*$", Pattern.DOTALL);

    private final String template;
    private final int linesBefore;
    private final List<String> partials = new ArrayList<>();
    /** The open blocks; of each, how many {@code else} it has had. */
    private final Deque<Integer> blocks = new ArrayDeque<>();

    private int depth;

    private final StringBuilder out = new StringBuilder();
    private int copied;
    /** Line breaks taken away so far; the next tag has them inside, so that the engine counts lines right. */
    private int owedLines;

    private TemplateTags(String template, int linesBefore) {
        this.template = template;
        this.linesBefore = linesBefore;
    }

    /**
     * What was read.
     *
     * @param template the template for the engine
     * @param partials the names of the partials it uses, once for each use
     */
    record Result(String template, List<String> partials) {}

    /**
     * Reads.
     *
     * @param linesBefore how many lines of its file come before the template
     * @throws PromptFailure if it has a tag that is not allowed
     */
    static Result read(String template, int linesBefore) {
        TemplateTags tags = new TemplateTags(template, linesBefore);
        int at = template.indexOf("{{");
        while (at >= 0) {
            at = template.indexOf("{{", tags.tag(at));
        }
        tags.out.append(template, tags.copied, template.length());
        return new Result(tags.out.toString(), List.copyOf(tags.partials));
    }

    /** Reads the tag at a place and returns where it ends. */
    private int tag(int at) {
        int backslashes = backslashes(at);
        if (backslashes == 1) {
            return end(at, "}}");
        }
        if (backslashes > 1) {
            // one is taken away, and the tag stands; the engine would take it for escaped
            out.append(template, copied, at - backslashes).append("{{" + TemplateHelpers.BACKSLASHES + " ");
            out.append(backslashes - 1).append("}}");
            copied = at;
        }
        if (template.startsWith("{{!", at) || template.startsWith("{{~!", at)) {
            return comment(at);
        }
        int from = template.startsWith("~", at + 2) ? at + 3 : at + 2;
        int to = close(at, from);
        String tag = template.substring(from, to);
        boolean ownsLine = check(at, tag);
        if (tag.startsWith("^") && ELSE.matcher(tag).matches()) {
            // the engine stumbles over the short form
            tag = "else" + tag.substring(1);
        }
        tag = partialAsHelper(outerAsName(tag));
        int name = !tag.isEmpty() && "#^/&{".indexOf(tag.charAt(0)) >= 0 ? 1 : 0;
        String lines = "\n".repeat(owedLines);
        owedLines = 0;
        copy(
                at,
                to + 2,
                template.substring(at, from) + tag.substring(0, name) + lines + tag.substring(name) + "}}",
                ownsLine);
        return to + 2;
    }

    private int backslashes(int at) {
        int from = at;
        while (from > copied && template.charAt(from - 1) == '\\') {
            from--;
        }
        return at - from;
    }

    private int comment(int at) {
        int from = template.indexOf('!', at);
        boolean isLong = template.startsWith("!--", from);
        int end = end(from, "}}");
        while (isLong && !LONG_END.matcher(template).region(from + 3, end).find()) {
            end = end(end, "}}");
        }
        String left = from > at + 2 ? "~" : "";
        String right = template.startsWith("~", end - 3) ? "~" : "";
        // the engine does not know such a comment
        String tag = left.isEmpty() && right.isEmpty() ? "{{!}}" : "{{" + left + "log \"\"" + right + "}}";
        copy(at, end, tag, true);
        owedLines += lines(at, end);
        return end;
    }

    /**
     * Makes a call of a helper of a tag that names a partial: the engine's partials see the variables around their tag,
     * and mix them with the arguments.
     */
    private static String partialAsHelper(String tag) {
        Matcher partial = PARTIAL.matcher(tag);
        if (!partial.find()) {
            return tag;
        }
        String name = partialName(partial);
        char quote = name.indexOf('"') < 0 ? '"' : '\'';
        return TemplateHelpers.PARTIAL + " " + quote + name + quote + tag.substring(partial.end());
    }

    private static String partialName(Matcher partial) {
        for (int group = 1; group < partial.groupCount(); group++) {
            if (partial.group(group) != null) {
                return partial.group(group);
            }
        }
        return partial.group(partial.groupCount());
    }

    /** Writes {@code @../index} as {@code @:index}: the engine would look it up in the wrong loop. */
    private static String outerAsName(String tag) {
        if (!tag.contains("@..")) {
            return tag;
        }
        return OUTER.matcher(tag)
                .replaceAll(outer -> outer.group(1) == null
                        ? Matcher.quoteReplacement(outer.group())
                        : "@" + RenderState.OUTER.repeat(outer.group(1).length() / 3));
    }

    /** Copies what comes before a tag, then the tag, without the rest of the line if the line is all the tag's. */
    private void copy(int at, int end, String tag, boolean ownsLine) {
        int left = at;
        while (left > 0 && isBlank(template.charAt(left - 1))) {
            left--;
        }
        int right = end;
        while (right < template.length() && isBlank(template.charAt(right))) {
            right++;
        }
        boolean alone = ownsLine
                && (left == 0 || template.charAt(left - 1) == '\n')
                && (right == template.length() || template.charAt(right) == '\n');
        out.append(template, copied, alone ? left : at).append(tag);
        copied = end;
        if (alone) {
            copied = Math.min(right + 1, template.length());
            owedLines += copied - right;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Refuses what is not allowed, and returns whether the tag is of those that may own a line. */
    private boolean check(int at, String tag) {
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
            partials.add(partialName(partial));
            return true;
        }
        if (tag.startsWith("/")) {
            depth -= blocks.isEmpty() ? 0 : 1 + blocks.pop();
            return true;
        }
        if (ELSE.matcher(tag).matches()) {
            if (!blocks.isEmpty()) {
                blocks.push(blocks.pop() + 1);
                deepen(at);
            }
            return true;
        }
        if (tag.startsWith("#") || tag.startsWith("^")) {
            blocks.push(0);
            deepen(at);
            return true;
        }
        return false;
    }

    private void deepen(int at) {
        if (++depth > MAX_DEPTH) {
            throw malformed(at, "blocks are nested more than " + MAX_DEPTH + " deep");
        }
    }

    /** Returns where the closing braces of a tag are. */
    private int close(int at, int from) {
        char quote = 0;
        int brackets = 0;
        int steps = 0;
        for (int i = from; i < template.length(); i++) {
            char c = template.charAt(i);
            if (i > from + 1 && template.startsWith("{{", i)) {
                break;
            }
            if (quote != 0) {
                quote = c == quote && template.charAt(i - 1) != '\\' ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (template.startsWith("}}", i)) {
                if (i - from > MAX_TAG) {
                    throw malformed(at, "a tag is longer than " + MAX_TAG + " characters");
                }
                return i;
            } else if (Blanks.isSpace(c)) {
                steps = 0;
            } else if (isStep(i) && ++steps > MAX_STEPS) {
                // the engine takes minutes to read long paths
                throw malformed(at, "a path has more than " + MAX_STEPS + " steps and dashes");
            } else if (c == '(' && ++brackets > MAX_BRACKETS) {
                throw malformed(at, "a tag has more than " + MAX_BRACKETS + " brackets");
            }
        }
        throw malformed(at, "the tag is not closed");
    }

    private boolean isStep(int at) {
        char c = template.charAt(at);
        return c == '/'
                || c == '-'
                || (c == '.' && !template.startsWith(".", at + 1) && !template.startsWith("/", at + 1));
    }

    private int end(int at, String closing) {
        int end = template.indexOf(closing, at);
        if (end < 0) {
            throw malformed(at, "the tag is not closed");
        }
        return end + closing.length();
    }

    private int lines(int from, int to) {
        return (int) template.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    private PromptFailure malformed(int at, String message) {
        return new PromptFailure(
                PromptException.Reason.MALFORMED, "line " + (linesBefore + 1 + lines(0, at)) + ": " + message);
    }
}
