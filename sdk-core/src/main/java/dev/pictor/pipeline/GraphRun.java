package dev.pictor.pipeline;

import dev.pictor.trace.TraceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One pipeline in one run: starts each stage as soon as what it needs is there. Thread-safe. */
final class GraphRun {

    private final RunState run;
    private final Pipeline<?, ?> pipeline;
    private final Object input;
    private final String prefix;
    private final TraceSpan span;
    private final Cancellation parent;
    private final double share;
    private final Object lock = new Object();
    private final Map<String, Object> outputs = new HashMap<>();
    private final List<StageNode> waiting;

    GraphRun(
            RunState run,
            Pipeline<?, ?> pipeline,
            Object input,
            String prefix,
            TraceSpan span,
            Cancellation parent,
            double share) {
        this.run = run;
        this.pipeline = pipeline;
        this.input = input;
        this.prefix = prefix;
        this.span = span;
        this.parent = parent;
        this.share = share;
        this.waiting = new ArrayList<>(pipeline.stages());
    }

    Object run() throws Exception {
        try (Cancellation.Part part = parent.part()) {
            int concurrency = pipeline.stages().size();
            new WorkGroup(run.executor, concurrency, part.cancellation()).run(ready(part.cancellation()));
        }
        synchronized (lock) {
            return Objects.requireNonNull(outputs.get(pipeline.result().name()), "the result stage has run");
        }
    }

    /** Takes the stages whose needs are met off the waiting list. */
    private List<WorkGroup.Task> ready(Cancellation cancellation) {
        List<WorkGroup.Task> tasks = new ArrayList<>();
        synchronized (lock) {
            for (StageNode node : List.copyOf(waiting)) {
                if (node.needs.stream().allMatch(need -> outputs.containsKey(need.name()))) {
                    waiting.remove(node);
                    List<Object> needs = node.needs.stream()
                            .map(need -> outputs.get(need.name()))
                            .toList();
                    tasks.add(() -> execute(node, needs, cancellation));
                }
            }
        }
        return tasks;
    }

    private List<WorkGroup.Task> execute(StageNode node, List<Object> needs, Cancellation cancellation)
            throws Exception {
        double stageShare = share * node.weight / pipeline.totalWeight();
        Object output =
                new StageRun(run, node, prefix + node.name(), span, cancellation, stageShare).execute(input, needs);
        synchronized (lock) {
            outputs.put(node.name(), output);
        }
        return ready(cancellation);
    }
}
