package dev.pictor.prompts;

import dev.pictor.prompts.LintTag.Call;
import dev.pictor.prompts.LintTag.Literal;
import dev.pictor.prompts.LintTag.Nested;
import dev.pictor.prompts.LintTag.Path;
import dev.pictor.prompts.LintTag.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tags of a template for {@link PromptLint}, which has to know what they ask for; the engine keeps that to
 * itself. What the engine would refuse need not be read right: the engine says so.
 */
final class LintTags {

    private static final int MAX_DEPTH = 64;
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(\"[^\"]*\"|'[^']*'|[()|=]|(?:\\[[^\\]]*]|[^\\s()|=\\[])+)");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");

    private final String template;
    private final Deque<Open> open = new ArrayDeque<>();

    private List<LintTag> into = new ArrayList<>();

    private LintTags(String template) {
        this.template = template;
    }

    /** A block that is not closed yet. An {@code else if} is a block in a block, and both are closed by one tag. */
    private record Open(
            int line,
            Call call,
            boolean inverted,
            List<String> names,
            List<LintTag> body,
            List<LintTag> otherwise,
            List<LintTag> around,
            boolean chained) {}

    /** Reads; empty if a tag is not closed or cannot be read. */
    static Optional<List<LintTag>> read(String template) {
        LintTags tags = new LintTags(template);
        try {
            tags.readAll();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
        return tags.open.isEmpty() ? Optional.of(tags.into) : Optional.empty();
    }

    private void readAll() {
        int line = 1;
        int counted = 0;
        int at = template.indexOf("{{");
        while (at >= 0) {
            line += lines(counted, at);
            counted = at;
            int end;
            if (at > 0 && template.charAt(at - 1) == '\\') {
                end = end("}}", at);
            } else if (template.startsWith("{{!--", at)) {
                end = end("--}}", at);
            } else if (template.startsWith("{{!", at)) {
                end = end("}}", at);
            } else {
                end = close(at + 2);
                add(line, template.substring(at + 2, end - 2));
            }
            at = template.indexOf("{{", end);
        }
    }

    private int end(String closing, int at) {
        int end = template.indexOf(closing, at);
        if (end < 0) {
            throw new IllegalArgumentException("not closed");
        }
        return end + closing.length();
    }

    /** Returns the end of a tag; braces in quotes do not count. */
    private int close(int from) {
        char quote = 0;
        for (int i = from; i < template.length(); i++) {
            char c = template.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (template.startsWith("}}", i)) {
                return i + 2;
            }
        }
        throw new IllegalArgumentException("not closed");
    }

    private void add(int line, String tag) {
        String text = tag.strip().replaceAll("^~\\s*|\\s*~$", "").strip();
        if (text.startsWith("{")) {
            // three braces: the third at the end is left over, and no tag ends in one
            text = text.substring(1).replaceAll("}$", "").strip();
        }
        char kind = text.isEmpty() ? ' ' : text.charAt(0);
        String rest = text.isEmpty() ? "" : text.substring(1).strip();
        if (kind == '/') {
            closeBlock();
        } else if (kind == '#') {
            openBlock(line, rest, false, false);
        } else if (kind == '^' && !rest.isEmpty()) {
            openBlock(line, rest, true, false);
        } else if (kind == '^' || text.equals("else")) {
            otherwise();
        } else if (text.matches("(?s)else\\s.*")) {
            otherwise();
            openBlock(line, text.substring(4).strip(), false, true);
        } else if (kind == '>') {
            Tokens tokens = new Tokens(rest);
            String name = tokens.next().replaceAll("^[\\[\"']|[]\"']$", "");
            into.add(new LintTag.Partial(line, name, tokens.call(new Path(name))));
        } else {
            Tokens tokens = new Tokens(kind == '&' ? rest : text);
            into.add(new LintTag.Put(line, tokens.call(tokens.term())));
        }
    }

    private void openBlock(int line, String text, boolean inverted, boolean chained) {
        if (open.size() >= MAX_DEPTH) {
            throw new IllegalArgumentException("nested too deeply");
        }
        Tokens tokens = new Tokens(text);
        Call call = tokens.call(tokens.term());
        List<LintTag> body = new ArrayList<>();
        open.push(new Open(line, call, inverted, tokens.names, body, new ArrayList<>(), into, chained));
        into = body;
    }

    private void otherwise() {
        into = open.getFirst().otherwise();
    }

    private void closeBlock() {
        boolean more = true;
        while (more) {
            Open done = open.pop();
            into = done.around();
            into.add(new LintTag.Block(
                    done.line(), done.call(), done.inverted(), done.names(), done.body(), done.otherwise()));
            more = done.chained();
        }
    }

    private int lines(int from, int to) {
        return (int) template.substring(from, to).chars().filter(c -> c == '\n').count();
    }

    /** The words of one tag. */
    private static final class Tokens {

        private final List<String> tokens = new ArrayList<>();
        private List<String> names = List.of();
        private int at;

        Tokens(String text) {
            Matcher matcher = TOKEN.matcher(text);
            while (matcher.lookingAt()) {
                tokens.add(matcher.group(1));
                matcher.region(matcher.end(), text.length());
            }
            if (!text.substring(matcher.regionStart()).isBlank()) {
                throw new IllegalArgumentException("no words");
            }
        }

        String next() {
            return tokens.get(at++);
        }

        private boolean is(String token, int ahead) {
            return at + ahead < tokens.size() && tokens.get(at + ahead).equals(token);
        }

        Call call(Term head) {
            List<Term> arguments = new ArrayList<>();
            Map<String, Term> named = new LinkedHashMap<>();
            while (at < tokens.size() && !is(")", 0)) {
                if (is("as", 0) && is("|", 1)) {
                    int end = tokens.size() - 1;
                    names = List.copyOf(tokens.subList(at + 2, end));
                    at = tokens.size();
                } else if (is("=", 1)) {
                    String name = next();
                    at++;
                    named.put(name, term());
                } else {
                    arguments.add(term());
                }
            }
            return new Call(head, List.copyOf(arguments), named);
        }

        Term term() {
            String token = next();
            if (token.equals("(")) {
                Call call = call(term());
                at++;
                return new Nested(call);
            }
            char first = token.charAt(0);
            if (first == '"' || first == '\'') {
                return new Literal(token.substring(1, token.length() - 1));
            }
            if (token.equals("true") || token.equals("false")) {
                return new Literal(Boolean.valueOf(token));
            }
            if (token.equals("null") || token.equals("undefined")) {
                return new LintTag.Nothing();
            }
            if (WHOLE.matcher(token).matches()) {
                return new Literal(Integer.valueOf(token));
            }
            return NUMBER.matcher(token).matches() ? new Literal(Double.valueOf(token)) : new Path(token);
        }
    }
}
