package dev.pictor.feedback;

import dev.pictor.trace.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts runs above the threshold of complexity that a cheap model drew all the same, by what chose it. */
final class Misroutes {

    /** Told apart by these. */
    private record Road(String model, String policy) implements Comparable<Road> {
        @Override
        public int compareTo(Road other) {
            return Comparator.comparing(Road::model).thenComparing(Road::policy).compare(this, other);
        }
    }

    private Misroutes() {}

    static List<Misroute> of(List<RatedRun> runs, AnalysisOptions options) {
        Map<Road, List<RatedRun>> roads = new TreeMap<>();
        for (RatedRun run : runs) {
            if (run.satisfied().isPresent()
                    && run.model().filter(options.cheapModels()::contains).isPresent()
                    && run.complexity().orElse(0) >= options.complexityThreshold()) {
                String policy =
                        run.isFallback() ? "fallback" : run.routePolicy().orElse("unknown");
                roads.computeIfAbsent(new Road(run.model().get(), policy), any -> new ArrayList<>())
                        .add(run);
            }
        }
        List<Misroute> misroutes = new ArrayList<>();
        roads.forEach((road, of) -> {
            List<RunId> down = of.stream()
                    .filter(run -> !run.satisfied().orElse(true))
                    .map(RatedRun::runId)
                    .sorted(Comparator.reverseOrder())
                    .toList();
            if (!down.isEmpty()) {
                misroutes.add(Misroute.builder(road.model, road.policy)
                        .ratedDown(new Proportion(down.size(), of.size()))
                        .examples(down.stream().limit(Misroute.MAX_EXAMPLES).toList())
                        .build());
            }
        });
        misroutes.sort(Comparator.comparingLong(
                        (Misroute misroute) -> misroute.ratedDown().successes())
                .reversed());
        return List.copyOf(misroutes);
    }
}
