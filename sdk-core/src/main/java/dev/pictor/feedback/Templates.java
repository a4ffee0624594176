package dev.pictor.feedback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts satisfaction by prompt file, version by version. */
final class Templates {

    private Templates() {}

    static List<TemplateRating> weak(List<RatedRun> runs, AnalysisOptions options) {
        Map<String, List<RatedRun>> byPrompt = new TreeMap<>();
        for (RatedRun run : runs) {
            run.prompts()
                    .forEach(key -> byPrompt.computeIfAbsent(key, any -> new ArrayList<>())
                            .add(run));
        }
        List<TemplateRating> weak = new ArrayList<>();
        byPrompt.forEach((prompt, of) -> {
            Proportion satisfied = satisfied(of);
            if (satisfied.trials() >= options.minRuns() && satisfied.rate().orElse(1) < options.satisfaction()) {
                Interval bounds = satisfied.wilson(options.certainty());
                weak.add(TemplateRating.builder(prompt, satisfied, bounds)
                        .regenerated(regenerated(of))
                        .isCertain(bounds.high() < options.satisfaction())
                        .reasons(Thresholds.reasons(of))
                        .build());
            }
        });
        weak.sort(Comparator.comparingDouble(
                        (TemplateRating template) -> template.bounds().high())
                .thenComparing(TemplateRating::prompt));
        return List.copyOf(weak);
    }

    static Proportion satisfied(List<RatedRun> runs) {
        Proportion share = new Proportion(0, 0);
        for (RatedRun run : runs) {
            share = run.satisfied().map(share::plus).orElse(share);
        }
        return share;
    }

    static Proportion regenerated(List<RatedRun> runs) {
        return new Proportion(runs.stream().filter(RatedRun::isRegenerated).count(), runs.size());
    }
}
