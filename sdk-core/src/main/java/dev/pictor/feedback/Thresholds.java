package dev.pictor.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for thresholds that split runs better than those in force, on a grid of 0.05. */
final class Thresholds {

    private static final int GRID = 20;
    private static final double STRICTER = 10;
    private static final double MARGIN = 0.05;

    private final List<RatedRun> runs;
    private final AnalysisOptions options;

    private Thresholds(List<RatedRun> runs, AnalysisOptions options) {
        this.runs = runs;
        this.options = options;
    }

    static List<ThresholdChange> of(List<RatedRun> runs, AnalysisOptions options) {
        Thresholds thresholds = new Thresholds(runs, options);
        List<ThresholdChange> changes = new ArrayList<>();
        thresholds.complexity().ifPresent(changes::add);
        runs.stream()
                .flatMap(run -> run.tier().stream())
                .distinct()
                .sorted()
                .forEach(tier -> thresholds.confidence(tier).ifPresent(changes::add));
        return List.copyOf(changes);
    }

    /** A rated run at its place on the scale. */
    private record Point(double at, boolean satisfied) {}

    /** Cheap models draw below the threshold. Where they do so badly, and better ones do not, it comes down. */
    private Optional<ThresholdChange> complexity() {
        double now = options.complexityThreshold();
        List<Point> cheap = complexities(options.cheapModels()::contains).stream()
                .filter(point -> point.at < now)
                .toList();
        List<Point> better = complexities(options::isBetter);
        SortedSet<Double> tries = grid(0, now);
        ThresholdChange best = null;
        for (double at : tries) {
            Proportion above = count(cheap, x -> x >= at);
            Proportion below = count(cheap, x -> x < at);
            Proportion others = count(better, x -> x >= at);
            boolean betterIsNoBetter = others.trials() >= options.minRuns() && rate(others) <= rate(above);
            if (isBad(above) && below.trials() >= options.minRuns() && !betterIsNoBetter) {
                best = better(
                        best,
                        change("complexity", now, at, above, below, tries.size())
                                .reason("what cheap models draw from here on pleases less than what they draw below")
                                .build());
            }
        }
        return Optional.ofNullable(best);
    }

    /** A tier is believed from the threshold on. Where that goes wrong just above, it goes up; where it would go well just below, down. */
    private Optional<ThresholdChange> confidence(String tier) {
        double now = options.confidenceThreshold();
        List<Point> points = runs.stream()
                .filter(run -> run.tier().filter(tier::equals).isPresent()
                        && run.confidence().isPresent()
                        && run.satisfied().isPresent())
                .map(run -> new Point(
                        run.confidence().getAsDouble(), run.satisfied().get()))
                .toList();
        String name = "confidence." + tier;
        SortedSet<Double> higher = grid(now, 1);
        ThresholdChange best = null;
        for (double at : higher) {
            Proportion band = count(points, x -> x >= now && x < at);
            Proportion above = count(points, x -> x >= at);
            if (isBad(band) && above.trials() >= options.minRuns()) {
                best = better(
                        best,
                        change(name, now, at, band, above, higher.size())
                                .reason("what is believed just above the threshold goes wrong more often")
                                .build());
            }
        }
        return best == null ? lower(name, points) : Optional.of(best);
    }

    /** Not worse is what has to be shown here, so it is the lower bound that must be good. */
    private Optional<ThresholdChange> lower(String name, List<Point> points) {
        double now = options.confidenceThreshold();
        Proportion believed = count(points, x -> x >= now);
        for (double at : grid(0, now)) {
            Proportion band = count(points, x -> x >= at && x < now);
            Proportion lowest = count(points, x -> x >= at && x < Math.min(now, at + 2.0 / GRID));
            if (believed.trials() >= options.minRuns()
                    && lowest.trials() >= options.minRuns()
                    && band.wilson(options.certainty()).low() >= options.satisfaction()
                    && lowest.wilson(options.certainty()).low() >= options.satisfaction() - MARGIN
                    && rate(lowest) >= rate(believed) - MARGIN) {
                return Optional.of(change(name, now, at, band, believed, 1)
                        .reason("what is not believed just below the threshold goes as well")
                        .build());
            }
        }
        return Optional.empty();
    }

    private List<Point> complexities(Predicate<String> models) {
        return runs.stream()
                .filter(run -> run.model().filter(models).isPresent()
                        && run.complexity().isPresent()
                        && run.satisfied().isPresent())
                .map(run -> new Point(
                        run.complexity().getAsDouble(), run.satisfied().get()))
                .toList();
    }

    /** Enough was rated, enough of it down, and surely less than is asked for is satisfied. */
    private boolean isBad(Proportion runs) {
        return runs.trials() >= options.minRuns()
                && runs.trials() - runs.successes() >= options.minMisroutes()
                && runs.wilson(options.certainty()).high() < options.satisfaction();
    }

    private static ThresholdChangeBuilder change(
            String name, double before, double after, Proportion touched, Proportion others, int tries) {
        TwoProportions test = TwoProportions.of(others, touched);
        return ThresholdChange.builder(name, before, after)
                .touched(touched)
                .others(others)
                .p(Math.min(1, test.p() * tries));
    }

    private @Nullable ThresholdChange better(@Nullable ThresholdChange best, ThresholdChange other) {
        boolean isWorse = rate(other.touched()) < rate(other.others());
        if (!isWorse || other.p() >= (1 - options.certainty()) / STRICTER) {
            return best;
        }
        return best == null || other.p() < best.p() ? other : best;
    }

    private static double rate(Proportion share) {
        return share.rate().orElse(Double.NaN);
    }

    private static Proportion count(List<Point> points, DoublePredicate where) {
        Proportion share = new Proportion(0, 0);
        for (Point point : points) {
            share = where.test(point.at) ? share.plus(point.satisfied) : share;
        }
        return share;
    }

    private static SortedSet<Double> grid(double above, double below) {
        SortedSet<Double> grid = new TreeSet<>();
        for (int i = 1; i < GRID; i++) {
            double at = i / (double) GRID;
            if (at > above && at < below) {
                grid.add(at);
            }
        }
        return grid;
    }

    static Map<String, Integer> reasons(List<RatedRun> runs) {
        Map<String, Integer> reasons = new TreeMap<>();
        runs.forEach(run -> run.rating()
                .filter(rating -> !rating.isSatisfied())
                .ifPresent(rating -> rating.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum))));
        return reasons;
    }
}
