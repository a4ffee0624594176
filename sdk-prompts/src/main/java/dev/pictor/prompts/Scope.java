package dev.pictor.prompts;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.PathExpression;
import com.github.jknack.handlebars.ValueResolver;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code this}, {@code ..} and the names that a block gives its items stand for. The engine's own contexts mix up
 * inner and outer scopes in such blocks, and do not count their work.
 */
final class Scope extends Context {

    private final RenderState state;
    private final Map<String, Object> names;

    private Scope(RenderState state, @Nullable Scope around, @Nullable Object model, Map<String, Object> names) {
        super(model);
        this.state = state;
        this.names = names;
        this.parent = around;
        this.resolver = state;
    }

    /** Returns the scope of a whole template, which sees nothing around it. */
    @SuppressWarnings("JdkObsolete") // the engine casts it to this class
    static Scope of(RenderState state, Map<String, Object> variables) {
        Scope scope = new Scope(state, null, variables, Map.of());
        scope.data = new HashMap<>();
        scope.data.put(INVOCATION_STACK, new LinkedList<>());
        return scope;
    }

    /** Returns the scope of a partial, which sees nothing around it either. */
    Scope ofPartial(@Nullable Object model) {
        state.work(RenderState.SCOPE);
        Scope scope = new Scope(state, null, model, Map.of());
        scope.data = data;
        return scope;
    }

    /**
     * Returns the scope of a block.
     *
     * @param model what {@code this} is
     * @param more the names that the block gives
     * @param values what they stand for, in the same order
     */
    @SuppressWarnings("ReferenceEquality") // as in Handlebars
    Scope ofBlock(@Nullable Object model, List<String> more, List<? extends @Nullable Object> values) {
        boolean same = model == model();
        if (same && more.isEmpty()) {
            return this;
        }
        state.work(RenderState.SCOPE);
        Map<String, Object> all = names;
        if (!more.isEmpty()) {
            state.work(names.size());
            all = new HashMap<>(names);
            for (int i = 0; i < more.size(); i++) {
                all.put(more.get(i), i < values.size() ? values.get(i) : null);
            }
        }
        // as in Handlebars, a block with the same "this" is no step for ".."
        Scope scope = new Scope(state, same ? (Scope) parent : this, model, all);
        scope.data = data;
        return scope;
    }

    RenderState state() {
        return state;
    }

    /** Returns the scope around a block, or this one if there is none. */
    Scope around() {
        return parent instanceof Scope around ? around : this;
    }

    @Override
    public @Nullable Object get(List<PathExpression> path) {
        state.work(path.size());
        if (path.isEmpty()) {
            return model();
        }
        boolean named = !names.isEmpty() && names.containsKey(path.get(0).toString());
        Object from = named ? names : model();
        return RenderState.found(new Steps(path).next(state, this, from == null ? RenderState.NOTHING : from));
    }

    @Override
    protected Context newChildContext(Object model) {
        return new Scope(state, this, model, names);
    }

    /** Goes along a path. */
    private static final class Steps implements PathExpression.Chain {

        private final List<PathExpression> path;
        private int at;

        Steps(List<PathExpression> path) {
            this.path = path;
        }

        @Override
        public @Nullable Object next(ValueResolver resolver, Context context, @Nullable Object data) {
            return at < path.size() && data != null ? path.get(at++).eval(resolver, context, data, this) : data;
        }

        @Override
        public List<PathExpression> path() {
            return path.subList(at, path.size());
        }
    }
}
