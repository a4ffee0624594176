package dev.pictor.prompts;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.prompts.LintTag.Block;
import dev.pictor.prompts.LintTag.Call;
import dev.pictor.prompts.LintTag.Literal;
import dev.pictor.prompts.LintTag.Nested;
import dev.pictor.prompts.LintTag.Path;
import dev.pictor.prompts.LintTag.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Walks through a template and its partials, and holds what they ask for to the input schema. Not thread-safe. */
final class LintVariables {

    private static final int MAX_PARTIALS = 5;
    private static final int MAX_TAGS = 20_000;
    private static final int MAX_INDENT = 10;
    private static final Set<String> LOOP_NAMES = Set.of("index", "key", "first", "last");
    private static final Set<String> ROLES = Set.of("system", "user", "model");
    private static final Set<String> HELPERS = Set.of(
            "if",
            "unless",
            "with",
            "each",
            "lookup",
            "log",
            "json",
            "ifEquals",
            "unlessEquals",
            "role",
            "history",
            "section",
            "media");
    private static final Pattern STEP = Pattern.compile("\\[([^\\]]*)]|([^./\\[]+)");
    private static final Pattern SECTION = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[^/\\s]+/[^/\\s]+");

    private final Function<String, Optional<Found>> partials;
    private final Sink sink;
    private final Set<String> used = new TreeSet<>();
    private final Set<String> usedPartials = new LinkedHashSet<>();
    private final List<String> trail = new ArrayList<>();

    private OptionalInt partialLine = OptionalInt.empty();
    private int line;
    private int tags;
    private boolean usesAll;

    /**
     * Creates a walk.
     *
     * @param partials gives a partial's file by its name
     * @param sink takes what is found
     */
    LintVariables(Function<String, Optional<Found>> partials, Sink sink) {
        this.partials = partials;
        this.sink = sink;
    }

    /** A partial's file. */
    record Found(String path, String text) {}

    /** Takes a finding at a line of the template. */
    interface Sink {
        void add(LintRule rule, int line, String message);
    }

    void walk(List<LintTag> template, LintSchema input) {
        walk(template, LintScope.root(input));
    }

    /** Returns the variables that are used. */
    Set<String> used() {
        return used;
    }

    /** Returns whether all variables are used at once. */
    boolean usesAll() {
        return usesAll;
    }

    /** Returns the paths of the partials that are used. */
    Set<String> usedPartials() {
        return usedPartials;
    }

    private void walk(List<LintTag> in, LintScope scope) {
        for (LintTag tag : in) {
            if (++tags > MAX_TAGS) {
                return;
            }
            line = partialLine.orElse(tag.line());
            if (tag instanceof LintTag.Put put) {
                put(put.call(), scope);
            } else if (tag instanceof Block block) {
                block(block, scope);
            } else if (tag instanceof LintTag.Partial partial) {
                partial(partial, scope);
            }
        }
    }

    private void put(Call call, LintScope scope) {
        LintScope value = call(call, scope);
        if (value.here().isContainer()) {
            add(
                    LintRule.NOT_TEXT,
                    "\"" + name(call)
                            + "\" is a list or a map, which is not text; use json, each or one of its fields");
        }
    }

    private void block(Block block, LintScope scope) {
        Call call = block.call();
        String name = name(call);
        LintScope body = scope;
        if (name.equals("each") || name.equals("with")) {
            body = scoped(name.equals("each"), block, scope);
        } else if (HELPERS.contains(name) || !call.isPlain()) {
            call(call, scope);
        } else {
            LintScope value = path(name, scope);
            boolean turns = value.here().types().contains("array");
            boolean enters = !block.inverted() && (turns || value.here().types().contains("object"));
            LintScope item = turns ? LintScope.value(value.here().eachItem()) : value;
            body = block.inverted() || (!enters && !value.here().isAny())
                    ? scope
                    : scope.into(enters ? item : LintScope.UNKNOWN, Map.of(), 1);
        }
        walk(block.body(), body);
        walk(block.otherwise(), scope);
    }

    /** Returns the scope in the body of {@code each} or {@code with}. */
    private LintScope scoped(boolean each, Block block, LintScope scope) {
        List<Term> arguments = block.call().arguments();
        if (arguments.size() != 1) {
            add(LintRule.BAD_HELPER_ARGUMENT, name(block.call()) + " needs one value");
            return LintScope.UNKNOWN;
        }
        LintScope value = term(arguments.get(0), scope, each);
        if (each && value.here().isScalar()) {
            add(
                    LintRule.BAD_HELPER_ARGUMENT,
                    "each needs a list or a map, and " + written(arguments.get(0)) + " is neither");
            return LintScope.UNKNOWN;
        }
        LintScope inside = each ? LintScope.value(value.here().eachItem()) : value;
        Map<String, LintScope> names = new HashMap<>();
        for (int i = 0; i < block.names().size(); i++) {
            names.put(block.names().get(i), i == 0 ? inside : LintScope.value(LintSchema.ANY));
        }
        return scope.into(inside, names, each ? 1 : 0);
    }

    private void partial(LintTag.Partial partial, LintScope scope) {
        Optional<Found> found;
        try {
            found = partials.apply(partial.name());
        } catch (PromptFailure e) {
            return; // reading the prompt says so
        }
        if (found.isEmpty()) {
            add(
                    LintRule.MISSING_PARTIAL,
                    "there is no partial \"" + partial.name() + "\"; add the file _" + partial.name()
                            + PromptNames.EXTENSION + " beside the prompt or in the root folder");
            return;
        }
        usedPartials.add(found.get().path());
        List<Term> arguments = partial.call().arguments();
        LintScope value = arguments.isEmpty() ? scope : term(arguments.get(0), scope, false);
        Map<String, LintScope> named = new HashMap<>();
        partial.call().named().forEach((name, term) -> named.put(name, term(term, scope, true)));
        Optional<List<LintTag>> tagsOf =
                LintTags.read(PromptText.normalise(found.get().text()));
        if (trail.size() >= MAX_PARTIALS || trail.contains(partial.name()) || tagsOf.isEmpty()) {
            return; // reading the prompt says so
        }
        OptionalInt outer = partialLine;
        partialLine = OptionalInt.of(line);
        trail.add(partial.name());
        walk(tagsOf.get(), scope.partial(value, named));
        trail.remove(trail.size() - 1);
        partialLine = outer;
    }

    /** Returns what a call gives. */
    @CanIgnoreReturnValue
    private LintScope call(Call call, LintScope scope) {
        if (!(call.head() instanceof Path head)) {
            return term(call.head(), scope, true);
        }
        String name = head.text();
        if (!HELPERS.contains(name)) {
            if (call.isPlain()) {
                return path(name, scope);
            }
            add(LintRule.UNKNOWN_HELPER, "there is no helper \"" + name + "\"; there are " + names(HELPERS));
            values(call, scope);
            return LintScope.UNKNOWN;
        }
        if (name.equals("lookup")) {
            return lookup(call, scope);
        }
        List<LintScope> values = values(call, scope);
        switch (name) {
            case "if", "unless", "with", "each" -> need(call, 1);
            case "ifEquals", "unlessEquals" -> equal(call, values);
            case "json" -> json(call);
            case "role" -> constant(call, "a role must be system, user or model", ROLES::contains);
            case "section" ->
                constant(
                        call,
                        "a section's name must be letters, digits, '_', '.' and '-'",
                        text -> SECTION.matcher(text).matches());
            case "media" -> media(call);
            default -> {}
        }
        return LintScope.value(LintSchema.ANY);
    }

    @CanIgnoreReturnValue
    private List<LintScope> values(Call call, LintScope scope) {
        List<LintScope> values = new ArrayList<>();
        call.arguments().forEach(term -> values.add(term(term, scope, true)));
        call.named().values().forEach(term -> values.add(term(term, scope, true)));
        return values;
    }

    private LintScope lookup(Call call, LintScope scope) {
        if (!need(call, 2)) {
            return LintScope.UNKNOWN;
        }
        Term key = call.arguments().get(1);
        LintScope in = term(call.arguments().get(0), scope, !(key instanceof Literal));
        if (key instanceof Literal constant) {
            return step(
                    in,
                    String.valueOf(constant.value()),
                    written(call.arguments().get(0)) + "." + constant.value());
        }
        LintScope unused = term(key, scope, true);
        return unused.here().isAny() && in.here().isAny()
                ? LintScope.UNKNOWN
                : LintScope.value(in.here().eachItem());
    }

    private void equal(Call call, List<LintScope> values) {
        if (!need(call, 2)) {
            return;
        }
        for (int i = 0; i < 2; i++) {
            Term constant = call.arguments().get(1 - i);
            if (constant instanceof Literal literal && !values.get(i).here().canBe(literal.value())) {
                add(
                        LintRule.NEVER_EQUAL,
                        written(call.arguments().get(i)) + " can never be " + written(constant)
                                + values.get(i)
                                        .here()
                                        .values()
                                        .map(allowed -> "; it is one of " + names(allowed))
                                        .orElse("; the input schema gives it another type"));
            }
        }
    }

    private void json(Call call) {
        if (need(call, 1)
                && call.named().get("indent") instanceof Literal indent
                && !(indent.value() instanceof Integer spaces && spaces >= 0 && spaces <= MAX_INDENT)) {
            add(LintRule.BAD_HELPER_ARGUMENT, "the indent of json must be a whole number from 0 to " + MAX_INDENT);
        }
    }

    private void media(Call call) {
        if (!call.arguments().isEmpty() || !call.named().containsKey("url")) {
            add(LintRule.BAD_HELPER_ARGUMENT, "media takes url= and contentType=");
        } else if (call.named().get("contentType") instanceof Literal type
                && !MEDIA_TYPE.matcher(String.valueOf(type.value())).matches()) {
            add(LintRule.BAD_HELPER_ARGUMENT, "the contentType of media must be a media type, such as image/png");
        }
    }

    private void constant(Call call, String message, Predicate<String> rule) {
        if (need(call, 1)
                && call.arguments().get(0) instanceof Literal literal
                && !rule.test(String.valueOf(literal.value()))) {
            add(LintRule.BAD_HELPER_ARGUMENT, message);
        }
    }

    @CanIgnoreReturnValue
    private boolean need(Call call, int arguments) {
        boolean met = call.arguments().size() == arguments;
        if (!met) {
            add(
                    LintRule.BAD_HELPER_ARGUMENT,
                    name(call) + " needs " + (arguments == 1 ? "one value" : arguments + " values") + " and has "
                            + call.arguments().size());
        }
        return met;
    }

    /** Returns what a term is. Whole: the value itself is used, not only something in it. */
    private LintScope term(Term term, LintScope scope, boolean whole) {
        if (term instanceof Nested nested) {
            if (nested.call().head() instanceof Path head && !HELPERS.contains(head.text())) {
                add(LintRule.UNKNOWN_HELPER, "there is no helper \"" + head.text() + "\"; there are " + names(HELPERS));
                return LintScope.UNKNOWN;
            }
            return call(nested.call(), scope);
        }
        if (term instanceof Path path) {
            LintScope value = path(path.text(), scope);
            usesAll |= whole && value.isRoot();
            return value;
        }
        if (!(term instanceof Literal literal)) {
            return LintScope.value(LintSchema.ANY);
        }
        Object value = literal.value();
        return LintScope.value(LintSchema.ofType(
                value instanceof String ? "string" : value instanceof Boolean ? "boolean" : "number"));
    }

    private LintScope path(String path, LintScope scope) {
        String rest = path;
        LintScope at = scope;
        if (rest.startsWith("@")) {
            return data(rest.substring(1), scope);
        }
        boolean named = true;
        while (rest.startsWith("../") || rest.equals("..")) {
            at = at.out();
            rest = rest.substring(Math.min(3, rest.length()));
        }
        if (rest.equals("this") || rest.equals(".")) {
            return at;
        }
        if (rest.startsWith("this.") || rest.startsWith("this/")) {
            rest = rest.substring(5);
            named = false;
        } else if (rest.startsWith("./")) {
            rest = rest.substring(2);
            named = false;
        }
        return steps(at, rest, path, named);
    }

    private LintScope steps(LintScope from, String rest, String path, boolean named) {
        Matcher steps = STEP.matcher(rest);
        LintScope at = from;
        boolean first = named;
        while (steps.find()) {
            String step = steps.group(1) == null ? steps.group(2) : steps.group(1);
            LintScope given = first ? at.names().get(step) : null;
            at = given == null ? step(at, step, path) : given;
            first = false;
        }
        return at;
    }

    private LintScope step(LintScope at, String step, String path) {
        if (at.isRoot()) {
            used.add(step);
        }
        Optional<LintScope> next = at.step(step);
        if (next.isEmpty()) {
            Set<String> known = at.here().properties().keySet();
            add(
                    LintRule.UNKNOWN_VARIABLE,
                    "\"" + path + "\" is not in the input schema"
                            + (known.isEmpty() ? "" : ", which has " + names(known) + " there")
                            + "; add it or mend the name");
        }
        return next.orElse(LintScope.UNKNOWN);
    }

    /** What {@code @} names stand for: a loop's own, all variables, or what the program gives besides variables. */
    private LintScope data(String path, LintScope scope) {
        String rest = path.replaceAll("^(?:\\.\\./)+", "");
        int end = rest.indexOf('.');
        String name = end < 0 ? rest : rest.substring(0, end);
        if (name.equals("root")) {
            LintScope root = scope;
            while (!root.isRoot() && root.around() != null) {
                root = root.out();
            }
            if (!root.isRoot()) {
                usesAll = true;
                return LintScope.UNKNOWN;
            }
            return end < 0 ? root : steps(root, rest.substring(end + 1), "@" + path, false);
        }
        if (!LOOP_NAMES.contains(name)) {
            add(
                    LintRule.UNKNOWN_CONTEXT,
                    "\"@" + name + "\" has a value only where a program gives one besides the variables; make it a"
                            + " variable");
        } else if (scope.loops() == 0) {
            add(LintRule.UNKNOWN_VARIABLE, "\"@" + name + "\" has a value only inside each");
        }
        return LintScope.value(LintSchema.ANY);
    }

    private void add(LintRule rule, String message) {
        String where = trail.isEmpty() ? "" : "in the partial \"" + trail.get(trail.size() - 1) + "\": ";
        sink.add(rule, line, where + message);
    }

    private static String name(Call call) {
        return call.head() instanceof Path path ? path.text() : "";
    }

    private static String written(Term term) {
        if (term instanceof Literal literal) {
            return "\"" + literal.value() + "\"";
        }
        if (term instanceof Path path) {
            return "\"" + path.text() + "\"";
        }
        return term instanceof Nested ? "the value in brackets" : "null";
    }

    private static String names(Iterable<?> of) {
        TreeSet<String> sorted = new TreeSet<>();
        of.forEach(name -> sorted.add(String.valueOf(name)));
        return String.join(", ", sorted);
    }
}
