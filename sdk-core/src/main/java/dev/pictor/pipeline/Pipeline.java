package dev.pictor.pipeline;

import dev.pictor.image.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A declared graph of typed stages. A stage receives exactly what it declared; what is ready runs, side by side where
 * the graph allows. Made once and run often by a {@link PipelineRunner}. Immutable and thread-safe, if its stages are.
 *
 * {@snippet class="dev.pictor.pipeline.PipelineSnippets" region="declare"}
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class Pipeline<I, O> {

    private final String name;
    private final Class<I> inputType;
    private final List<StageNode> stages;
    private final StageKey<O> result;
    private final Sha256 definition;

    private Pipeline(String name, Class<I> inputType, List<StageNode> stages, StageKey<O> result) {
        this.name = name;
        this.inputType = inputType;
        this.stages = stages.stream().map(StageNode::copy).toList();
        this.result = result;
        this.definition = Sha256.of(describe().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a builder for a pipeline.
     *
     * @param name its name in traces: 1 to 64 of a-z, 0-9 and -, beginning with a letter
     * @param inputType what goes in
     * @param <I> what goes in
     * @return a new builder
     * @throws IllegalArgumentException if the name has another form
     */
    public static <I> PipelineBuilder<I> named(String name, Class<I> inputType) {
        return new PipelineBuilder<>(StageKey.of(name, inputType).name(), inputType, new ArrayList<>());
    }

    static <I, O> Pipeline<I, O> build(PipelineBuilder<I> builder, StageKey<O> result) {
        List<String> problems = problems(builder.stages, result);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "pipeline " + builder.name + " cannot be built: " + String.join("; ", problems));
        }
        return new Pipeline<>(builder.name, builder.inputType, builder.stages, result);
    }

    private static List<String> problems(List<StageNode> stages, StageKey<?> result) {
        List<String> problems = new ArrayList<>();
        Map<String, StageNode> byName = new LinkedHashMap<>();
        for (StageNode stage : stages) {
            if (byName.putIfAbsent(stage.name(), stage) != null) {
                problems.add("stage " + stage.name() + " is declared twice");
            }
        }
        for (StageNode stage : byName.values()) {
            for (StageKey<?> need : stage.needs) {
                missing(byName, need, "stage " + stage.name() + " needs", problems);
            }
        }
        missing(byName, result, "the result is", problems);
        circle(byName, problems);
        return problems;
    }

    private static void missing(Map<String, StageNode> byName, StageKey<?> key, String who, List<String> problems) {
        StageNode found = byName.get(key.name());
        if (found == null) {
            problems.add(who + " " + key + ", which no stage gives");
        } else if (!found.key.equals(key)) {
            problems.add(who + " " + key + " as " + key.typeName() + ", but that stage gives " + found.key.typeName());
        }
    }

    /** Takes away stages whose needs are met until none is left, or only those of a circle and behind it. */
    private static void circle(Map<String, StageNode> byName, List<String> problems) {
        Map<String, StageNode> left = new LinkedHashMap<>(byName);
        boolean progress = true;
        while (progress) {
            progress = left.values()
                    .removeIf(stage -> stage.needs.stream().noneMatch(need -> left.containsKey(need.name())));
        }
        Set<String> inCircle = new HashSet<>(left.keySet());
        inCircle.removeIf(stage -> !reaches(left, stage, stage, new HashSet<>()));
        if (!inCircle.isEmpty()) {
            problems.add("stages wait for each other in a circle: "
                    + inCircle.stream().sorted().collect(Collectors.joining(", ")));
        }
    }

    private static boolean reaches(Map<String, StageNode> graph, String from, String target, Set<String> seen) {
        StageNode stage = graph.get(from);
        return stage != null
                && stage.needs.stream()
                        .map(StageKey::name)
                        .anyMatch(
                                need -> need.equals(target) || (seen.add(need) && reaches(graph, need, target, seen)));
    }

    /**
     * Returns the name.
     *
     * @return as it stands in traces
     */
    public String name() {
        return name;
    }

    /**
     * Returns the hash of the definition: names, types, needs, limits and order of all stages, those of child pipelines
     * included. A run is only resumed with the definition it was started with. The code inside the stages is not part
     * of it.
     *
     * @return a SHA-256
     */
    public Sha256 definition() {
        return definition;
    }

    /**
     * Returns the paths of all stages, those of child pipelines included.
     *
     * @return such as {@code generate} and {@code audit/colours}, in the order of declaration, a child's after its own
     */
    public Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        collect("", paths);
        return Collections.unmodifiableSet(paths);
    }

    private void collect(String prefix, Set<String> paths) {
        for (StageNode stage : stages) {
            String path = prefix + stage.name();
            paths.add(path);
            if (stage.child != null) {
                stage.child.collect(path + "/", paths);
            }
        }
    }

    /**
     * Returns the stages that have to run anew when some give something else: those themselves, all that need what they
     * give, and the pipelines that they are part of.
     *
     * @param changed paths of stages
     * @return their paths and those of all that they reach, in the order of {@link #paths()}
     * @throws IllegalArgumentException if there is no stage at a path
     */
    public Set<String> affectedBy(Set<String> changed) {
        Set<String> all = paths();
        Set<String> unknown = new TreeSet<>(changed);
        unknown.removeAll(all);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("pipeline " + name + " has no stage " + String.join(", ", unknown)
                    + "; it has " + String.join(", ", all));
        }
        Set<String> affected = new HashSet<>();
        spread("", changed, false, affected);
        Set<String> ordered = new LinkedHashSet<>(all);
        ordered.retainAll(affected);
        return Collections.unmodifiableSet(ordered);
    }

    /** @param whole whether all of this pipeline is affected, because what it gets is */
    private void spread(String prefix, Set<String> changed, boolean whole, Set<String> affected) {
        Set<String> inside = new HashSet<>(); // stages of this pipeline, of which some stage inside is affected
        Set<String> fully = new HashSet<>();
        for (StageNode stage : stages) {
            String path = prefix + stage.name();
            if (whole || changed.contains(path)) {
                fully.add(stage.name());
            } else if (changed.stream().anyMatch(other -> other.startsWith(path + "/"))) {
                inside.add(stage.name());
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (StageNode stage : stages) {
                boolean isFed = stage.needs.stream()
                        .map(StageKey::name)
                        .anyMatch(need -> fully.contains(need) || inside.contains(need));
                more |= isFed && fully.add(stage.name());
            }
        }
        for (StageNode stage : stages) {
            boolean isFull = fully.contains(stage.name());
            if (isFull || inside.contains(stage.name())) {
                affected.add(prefix + stage.name());
                if (stage.child != null) {
                    stage.child.spread(prefix + stage.name() + "/", changed, isFull, affected);
                }
            }
        }
    }

    /**
     * Returns what goes in.
     *
     * @return its class
     */
    public Class<I> inputType() {
        return inputType;
    }

    List<StageNode> stages() {
        return stages;
    }

    StageKey<O> result() {
        return result;
    }

    int totalWeight() {
        return stages.stream().mapToInt(stage -> stage.weight).sum();
    }

    private String describe() {
        StringBuilder text = new StringBuilder(name).append(' ').append(inputType.getName());
        for (StageNode stage : stages) {
            text.append('\n')
                    .append(stage.kind)
                    .append(' ')
                    .append(stage.name())
                    .append(' ')
                    .append(stage.key.typeName())
                    .append(' ')
                    .append(stage.needs)
                    .append(' ')
                    .append(stage.detail);
        }
        return text.append("\nreturning ").append(result.name()).toString();
    }

    /**
     * Returns a drawing of the graph in the Mermaid language. Rounded boxes are stages that have a fallback, framed
     * boxes are pipelines.
     *
     * @return a {@code flowchart} from input to result
     */
    public String toMermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        text.append("  input([").append(inputType.getSimpleName()).append("])\n");
        draw(text, "", "input");
        return text.append("  ")
                .append(result.name())
                .append(" --> output([result])\n")
                .toString();
    }

    private void draw(StringBuilder text, String prefix, String source) {
        Map<String, String> ids = new HashMap<>();
        for (StageNode stage : stages) {
            String id = prefix + stage.name();
            ids.put(stage.name(), id);
            text.append("  ").append(id).append(box(stage)).append('\n');
        }
        for (StageNode stage : stages) {
            if (stage.needs.isEmpty()) {
                arrow(text, source, ids.get(stage.name()));
            }
            stage.needs.forEach(need -> arrow(text, ids.get(need.name()), ids.get(stage.name())));
            if (stage.child != null) {
                String id = prefix + stage.name();
                text.append("  subgraph ")
                        .append(id)
                        .append("-stages [")
                        .append(stage.child.name)
                        .append("]\n");
                stage.child.draw(text, id + "-", id);
                text.append("  end\n");
            }
        }
    }

    private static String box(StageNode stage) {
        String label = switch (stage.kind) {
            case STAGE -> stage.name();
            case FOR_EACH -> stage.name() + " for each, " + stage.detail;
            case LOOP -> stage.name() + " loop, " + stage.detail;
            case PIPELINE -> stage.name() + " pipeline";
        };
        if (stage.fallback != null) {
            return "(\"" + label + "\")";
        }
        return stage.kind == StageNode.Kind.PIPELINE ? "[[\"" + label + "\"]]" : "[\"" + label + "\"]";
    }

    private static void arrow(StringBuilder text, @Nullable String from, @Nullable String to) {
        text.append("  ").append(from).append(" --> ").append(to).append('\n');
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Pipeline[%s, %d stages]", name, stages.size());
    }
}
