package dev.pictor.prompts;

import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.ValueResolver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rendering: what names stand for, what it has written and how much it has done. The only source of {@code @} names:
 * left to itself the engine takes a variable {@code index} for {@code @index}. Not thread-safe.
 *
 * <p>Work is counted in steps, so that the same rendering is always let through or always refused: one for each part of a
 * path, call of a helper, argument and piece of text, ten for each turn of a loop, partial, role, medium and section, and
 * one for 16 characters of JSON or 64 characters that are compared.
 */
final class RenderState implements ValueResolver {

    static final int MAX_STEPS = 1_000_000;

    /** What a new scope or segment costs. */
    static final int SCOPE = 10;

    /** What {@link TemplateTags} writes for {@code ../} in {@code @../index}. */
    static final String OUTER = ":";

    /** Stands for null where the engine would go on to look elsewhere. */
    static final Object NOTHING = new Object();

    private final RenderOutput output = new RenderOutput(this);
    private final Deque<Turn> loops = new ArrayDeque<>();
    private final Map<String, Object> variables;
    private final Map<String, Object> context;
    private final Map<String, Template> partials;
    private long steps;
    private int partialDepth;

    RenderState(Map<String, Object> variables, Map<String, Object> context, Map<String, Template> partials) {
        this.variables = variables;
        this.context = context;
        this.partials = partials;
    }

    /** One turn of a loop: what {@code @key}, {@code @index}, {@code @first} and {@code @last} are. */
    record Turn(Object key, int index, boolean first, boolean last) {}

    void enter(Turn turn) {
        work(SCOPE);
        loops.push(turn);
    }

    void leave() {
        loops.pop();
    }

    void enterPartial() {
        if (++partialDepth > Partials.MAX_DEPTH) {
            throw new PromptFailure(
                    PromptException.Reason.TOO_LARGE, "partials are nested more than " + Partials.MAX_DEPTH + " deep");
        }
    }

    void leavePartial() {
        partialDepth--;
    }

    /** Counts work and refuses more of it than the limit. */
    void work(long more) {
        steps += more;
        if (steps > MAX_STEPS) {
            throw new PromptFailure(
                    PromptException.Reason.TOO_LARGE,
                    "rendering takes more than " + MAX_STEPS + " steps; shorten what the loops go through");
        }
    }

    RenderOutput output() {
        return output;
    }

    Optional<Template> partial(String name) {
        return Optional.ofNullable(partials.get(name));
    }

    /** Returns what a path led to. */
    static @Nullable Object found(@Nullable Object value) {
        return NOTHING.equals(value) ? null : value;
    }

    @Override
    public @Nullable Object resolve(@Nullable Object of, String name) {
        work(name.length() >> 6);
        if (name.startsWith("@")) {
            // not null, or the engine asks for the name without @
            Object value = data(name.substring(1));
            return value == null ? NOTHING : value;
        }
        return of instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private @Nullable Object data(String name) {
        int outer = 0;
        while (name.startsWith(OUTER, outer)) {
            outer++;
        }
        return data(name.substring(outer), outer);
    }

    private @Nullable Object data(String name, int outer) {
        if (name.equals("root")) {
            return variables;
        }
        if (outer > loops.size()) {
            return null;
        }
        Turn turn = loops.stream().skip(outer).findFirst().orElse(null);
        if (turn != null) {
            switch (name) {
                case "key" -> {
                    return turn.key();
                }
                case "index" -> {
                    return turn.index();
                }
                case "first" -> {
                    return turn.first();
                }
                case "last" -> {
                    return turn.last();
                }
                default -> {}
            }
        }
        return context.get(name);
    }

    @Override
    public @Nullable Object resolve(@Nullable Object of) {
        return of;
    }

    @Override
    public Set<Entry<String, Object>> propertySet(Object of) {
        return Set.of();
    }
}
