package dev.pictor.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage as the builder has collected it. Immutable once the pipeline is built. */
final class StageNode {

    enum Kind {
        STAGE,
        FOR_EACH,
        LOOP,
        PIPELINE
    }

    /** The work, whatever its arity: outputs come in the order of {@link #needs}. */
    @FunctionalInterface
    interface Work {
        @Nullable
        Object run(StageRun stage, Object input, List<Object> needs) throws Exception;
    }

    final StageKey<?> key;
    final Kind kind;
    final List<StageKey<?>> needs;
    final Work work;
    /** What else belongs to the definition: a bound, a limit, a child's hash. */
    final String detail;

    final @Nullable Pipeline<?, ?> child;
    int weight = 1;
    Stage.@Nullable Fallback<Object, Object> fallback;

    StageNode(
            StageKey<?> key,
            Kind kind,
            List<StageKey<?>> needs,
            String detail,
            @Nullable Pipeline<?, ?> child,
            Work work) {
        this.key = key;
        this.kind = kind;
        this.needs = needs;
        this.detail = detail;
        this.child = child;
        this.work = work;
    }

    StageNode copy() {
        StageNode copy = new StageNode(key, kind, needs, detail, child, work);
        copy.weight = weight;
        copy.fallback = fallback;
        return copy;
    }

    String name() {
        return key.name();
    }
}
