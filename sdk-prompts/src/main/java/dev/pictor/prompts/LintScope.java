package dev.pictor.prompts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for at a place in a template, as far as the input schema tells. Immutable.
 *
 * @param here what {@code this} is
 * @param isRoot whether that is all variables
 * @param names the names that a block gives, and the arguments of a partial
 * @param around the scope that {@code ../} leads to
 * @param loops how many loops are around
 */
record LintScope(
        LintSchema here,
        boolean isRoot,
        Map<String, LintScope> names,
        @Nullable LintScope around,
        int loops) {

    static final LintScope UNKNOWN = new LintScope(LintSchema.ANY, false, Map.of(), null, 1);

    static LintScope root(LintSchema input) {
        return new LintScope(input, true, Map.of(), null, 0);
    }

    /** Returns a value that is not a scope yet. */
    static LintScope value(LintSchema schema) {
        return new LintScope(schema, false, Map.of(), null, 0);
    }

    /** Returns the scope in a block that changes what {@code this} is. */
    LintScope into(LintScope value, Map<String, LintScope> more, int turns) {
        return new LintScope(value.here, value.isRoot, with(more), this, loops + turns);
    }

    /** Returns the scope in a partial, which sees neither the names nor the scopes around its tag. */
    LintScope partial(LintScope value, Map<String, LintScope> arguments) {
        return new LintScope(value.here, value.isRoot, Map.copyOf(arguments), UNKNOWN, loops);
    }

    private Map<String, LintScope> with(Map<String, LintScope> more) {
        Map<String, LintScope> all = new HashMap<>(names);
        all.putAll(more);
        return Map.copyOf(all);
    }

    LintScope out() {
        return around == null ? UNKNOWN : around;
    }

    Optional<LintScope> step(String name) {
        return here.step(name).map(LintScope::value);
    }
}
