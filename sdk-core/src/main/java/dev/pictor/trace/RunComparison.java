package dev.pictor.trace;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.immutables.value.Value;

/**
 * Two runs put beside each other, aligned by the paths of their stages. What a stage did several times is aligned in
 * order: the first with the first. What a stage did in one run is left out where the other took the stage over without running
 * it, as a fork does: it did the same. Immutable.
 */
@Value.Immutable
public abstract class RunComparison {

    RunComparison() {}

    /**
     * Puts two runs beside each other.
     *
     * @param a the first, such as the run of yesterday
     * @param b the second, such as the same with another prompt
     * @return what differs and what does not
     */
    public static RunComparison of(RunRecord a, RunRecord b) {
        RunComparisonBuilder comparison = new RunComparisonBuilder()
                .a(requireNonNull(a, "a"))
                .b(requireNonNull(b, "b"))
                .spentA(Spent.of(a.duration(), a.calls()))
                .spentB(Spent.of(b.duration(), b.calls()));
        Stream.concat(a.stages().stream(), b.stages().stream())
                .map(StageRecord::path)
                .distinct()
                .map(path -> stage(path, a, b))
                .forEach(comparison::addStages);
        Sides sides = new Sides(TakenOver.in(a), TakenOver.in(b));
        sides.align(a.prompts(), b.prompts(), PromptRecord::stage, PromptRecord::name)
                .forEach(pair -> comparison.addPrompts(
                        new PromptComparisonBuilder().a(pair.a()).b(pair.b()).build()));
        sides.align(
                        a.decisions(),
                        b.decisions(),
                        DecisionRecord::stage,
                        made -> made.decision().kind() + "\n" + made.decision().question())
                .forEach(pair -> comparison.addDecisions(
                        new DecisionComparisonBuilder().a(pair.a()).b(pair.b()).build()));
        sides.align(a.artifacts(), b.artifacts(), ArtifactRecord::stage, ArtifactRecord::role)
                .forEach(pair -> comparison.addArtifacts(
                        new ArtifactComparisonBuilder().a(pair.a()).b(pair.b()).build()));
        sides.align(
                        a.evaluations(),
                        b.evaluations(),
                        EvaluationRecord::stage,
                        check -> check.evaluation().name())
                .forEach(pair -> comparison.addEvaluations(new EvaluationComparisonBuilder()
                        .a(pair.a())
                        .b(pair.b())
                        .build()));
        return comparison.build();
    }

    /**
     * The first run.
     *
     * @return its record
     */
    public abstract RunRecord a();

    /**
     * The second run.
     *
     * @return its record
     */
    public abstract RunRecord b();

    /**
     * What the first run took.
     *
     * @return over all its calls
     */
    public abstract Spent spentA();

    /**
     * What the second run took.
     *
     * @return over all its calls
     */
    public abstract Spent spentB();

    /**
     * The stages of both.
     *
     * @return in the order of the first, then those that only the second has
     */
    public abstract List<StageComparison> stages();

    /**
     * The prompts of both.
     *
     * @return in the order of the first, then those that only the second has
     */
    public abstract List<PromptComparison> prompts();

    /**
     * The decisions of both.
     *
     * @return in the order of the first, then those that only the second has
     */
    public abstract List<DecisionComparison> decisions();

    /**
     * The pictures and documents of both.
     *
     * @return in the order of the first, then those that only the second has
     */
    public abstract List<ArtifactComparison> artifacts();

    /**
     * The checks of both.
     *
     * @return in the order of the first, then those that only the second has
     */
    public abstract List<EvaluationComparison> evaluations();

    /**
     * Returns the decisions that differ: another choice, or one that only one run had to make.
     *
     * @return in the order of {@link #decisions()}
     */
    public final List<DecisionComparison> otherDecisions() {
        return decisions().stream().filter(decision -> !decision.isSameChoice()).toList();
    }

    private static StageComparison stage(String path, RunRecord a, RunRecord b) {
        return new StageComparisonBuilder()
                .path(path)
                .a(last(path, a))
                .b(last(path, b))
                .spentA(spent(path, a))
                .spentB(spent(path, b))
                .build();
    }

    private static Optional<StageRecord> last(String path, RunRecord run) {
        return run.stages().stream().filter(stage -> stage.path().equals(path)).reduce((earlier, later) -> later);
    }

    private static Spent spent(String path, RunRecord run) {
        return Spent.of(
                last(path, run).flatMap(StageRecord::duration),
                run.calls().stream().filter(call -> call.stage().equals(path)).toList());
    }

    private record Pair<T>(Optional<T> a, Optional<T> b) {}

    /** The stages that a run took over without running them, and what is inside of those. */
    private record TakenOver(Set<String> paths) {

        static TakenOver in(RunRecord run) {
            Set<String> paths = new LinkedHashSet<>();
            run.stages().forEach(stage -> paths.add(stage.path()));
            run.stages().stream()
                    .filter(stage -> !stage.outcome().equals(Optional.of(StageOutcome.RESTORED)))
                    .forEach(stage -> paths.remove(stage.path())); // a resumed run did run it
            return new TakenOver(paths);
        }

        boolean has(String path) {
            return paths.stream().anyMatch(taken -> path.equals(taken) || path.startsWith(taken + "/"));
        }
    }

    private record Sides(TakenOver a, TakenOver b) {

        /** Puts things of one stage and name beside each other: the first with the first, the second with the second. */
        <T> List<Pair<T>> align(List<T> ofA, List<T> ofB, Function<T, String> stage, Function<T, String> name) {
            Map<List<String>, List<T>> waiting = new LinkedHashMap<>();
            for (T thing : ofB) {
                if (!a.has(stage.apply(thing))) {
                    waiting.computeIfAbsent(key(thing, stage, name), unseen -> new ArrayList<>())
                            .add(thing);
                }
            }
            Map<List<String>, Integer> taken = new HashMap<>();
            List<Pair<T>> pairs = new ArrayList<>();
            for (T thing : ofA) {
                if (!b.has(stage.apply(thing))) {
                    List<String> key = key(thing, stage, name);
                    List<T> others = waiting.getOrDefault(key, List.of());
                    int at = taken.merge(key, 1, Integer::sum) - 1;
                    pairs.add(new Pair<>(
                            Optional.of(thing), at < others.size() ? Optional.of(others.get(at)) : Optional.empty()));
                }
            }
            waiting.forEach((key, others) -> others.stream()
                    .skip(taken.getOrDefault(key, 0))
                    .forEach(other -> pairs.add(new Pair<>(Optional.empty(), Optional.of(other)))));
            return pairs;
        }

        private static <T> List<String> key(T thing, Function<T, String> stage, Function<T, String> name) {
            return List.of(stage.apply(thing), name.apply(thing));
        }
    }
}
