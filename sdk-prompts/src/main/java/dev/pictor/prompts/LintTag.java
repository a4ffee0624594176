package dev.pictor.prompts;

import java.util.List;
import java.util.Map;

/** A tag of a template as {@link LintTags} reads it. Immutable. */
sealed interface LintTag {

    /** Where it is: a line of its text, from 1. */
    int line();

    /** A value or a helper's result, put into the text. */
    record Put(int line, Call call) implements LintTag {}

    /**
     * A block.
     *
     * @param inverted whether it is for when there is no value: {@code {{^name}}}
     * @param names what the block calls its values: {@code as |item index|}
     * @param otherwise what follows {@code else}
     */
    record Block(int line, Call call, boolean inverted, List<String> names, List<LintTag> body, List<LintTag> otherwise)
            implements LintTag {}

    /** A partial and its arguments. */
    record Partial(int line, String name, Call call) implements LintTag {}

    /** What a tag asks for: a path, or a helper and what it gets. */
    record Call(Term head, List<Term> arguments, Map<String, Term> named) {
        boolean isPlain() {
            return arguments.isEmpty() && named.isEmpty();
        }
    }

    /** A value in a tag. */
    sealed interface Term {}

    /** Text, a number or a boolean. */
    record Literal(Object value) implements Term {}

    /** {@code null} or {@code undefined}. */
    record Nothing() implements Term {}

    /** A path as it is written. */
    record Path(String text) implements Term {}

    /** A helper in brackets. */
    record Nested(Call call) implements Term {}
}
