package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

import dev.pictor.intent.Calibration.Outcome;
import dev.pictor.intent.FeatureSpace.Feature;
import dev.pictor.intent.Logistic.Row;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns the weights of a lexicon from labelled prompts. The words and groups stay as they are, and training starts from what
 * their strengths say, not from weights learned before: a group that no prompt shows keeps its strength. The same prompts
 * give the same lexicon, whatever the machine. Immutable and thread-safe.
 */
public final class IntentTrainer {

    private static final int FOLDS = 5;
    private static final double PULL = 2.0;
    private static final double PULL_OF_SHAPE = 1.0;
    private static final double PULL_OF_COMPLEXITY = 600;
    /** What weights of complexity are pulled towards. Few of the prompts that are labelled are long, so those start from more. */
    private static final Map<String, Double> COMPLEXITY = Map.ofEntries(
            Map.entry("words", 1.5),
            Map.entry("any prompt", -6.0),
            Map.entry("commas", 0.15),
            Map.entry("long words", 0.1),
            Map.entry("content words", 0.1),
            Map.entry("layout", 0.1),
            Map.entry("compounds", 0.05),
            Map.entry("long: any prompt", -6.0),
            Map.entry("long: sentences", 0.25),
            Map.entry("long: text-word", 0.25),
            Map.entry("long: list", 0.5),
            Map.entry("long: constraint", 0.15),
            Map.entry("long: long words", 0.15),
            Map.entry("long: layout", 0.05),
            Map.entry("long: domain diagrams", 0.2),
            Map.entry("long: domain photography", -0.2));

    private static final double AMBIGUOUS = 0.5;
    private static final double UNCHANGED = 0.005;

    private final Lexicon start;
    private final FeatureSpace space;

    private IntentTrainer(Lexicon start) {
        this.start = start;
        this.space = new FeatureSpace(start.parts().groups(), start.parts().pairs());
    }

    /**
     * Returns a trainer for the words of a lexicon.
     *
     * @param lexicon words in groups
     * @return the trainer
     */
    public static IntentTrainer from(Lexicon lexicon) {
        return new IntentTrainer(requireNonNull(lexicon, "lexicon"));
    }

    /**
     * Learns weights and calibration. A kind of label that no prompt has leaves the weights of the lexicon as they are.
     *
     * @param prompts labelled prompts
     * @param version the version of what is learned
     * @param date its day
     * @return a lexicon with the same words
     */
    public Lexicon train(List<LabelledPrompt> prompts, String version, LocalDate date) {
        LexiconParts old = start.parts();
        List<LabelledPrompt> known =
                prompts.stream().filter(prompt -> prompt.domain().isPresent()).toList();
        List<LabelledPrompt> asked = prompts.stream()
                .filter(prompt -> prompt.needsClarification().isPresent())
                .toList();
        List<LabelledPrompt> scored = prompts.stream()
                .filter(prompt -> prompt.complexity().isPresent())
                .toList();
        return new Lexicon(new LexiconParts(
                requireNonNull(version, "version"),
                requireNonNull(date, "date"),
                old.groups(),
                old.pairs(),
                old.defaultStyles(),
                known.isEmpty() ? old.weights() : named(weights(known)),
                known.isEmpty() ? old.calibration() : Calibration.fit(Calibration.Form.PLATT, outcomes(known)),
                old.modelCalibration(),
                asked.isEmpty() ? old.clarification() : clarification(asked),
                scored.isEmpty() ? old.complexity() : complexity(scored)));
    }

    /**
     * Tells how sure and how right a model is about prompts it was not trained on: each part of them is judged by what was
     * learned from the other parts, and prompts of one source are in one part.
     *
     * @param prompts labelled prompts; those without a domain are left out
     * @return the probability of the answer, and whether it was right, for each prompt
     */
    public List<Outcome> outcomes(List<LabelledPrompt> prompts) {
        List<LabelledPrompt> known =
                prompts.stream().filter(prompt -> prompt.domain().isPresent()).toList();
        List<Outcome> outcomes = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int one = fold;
            List<LabelledPrompt> rest =
                    known.stream().filter(prompt -> fold(prompt) != one).toList();
            List<LabelledPrompt> held =
                    known.stream().filter(prompt -> fold(prompt) == one).toList();
            if (held.isEmpty()) {
                continue;
            }
            double[][] weights = weights(rest);
            for (LabelledPrompt prompt : held) {
                Row row = row(prompt);
                double[] probabilities = Logistic.predict(row, weights, IntentModel.DOMAINS);
                int best = IntentModel.best(probabilities);
                outcomes.add(new Outcome(Math.min(1, probabilities[best]), row.isTrue(best)));
            }
        }
        return outcomes;
    }

    private static int fold(LabelledPrompt prompt) {
        return Math.floorMod(prompt.source().orElse(prompt.prompt()).hashCode() * 31, FOLDS);
    }

    private double[][] weights(List<LabelledPrompt> prompts) {
        double[][] priors = new double[space.size()][];
        for (int f = 0; f < priors.length; f++) {
            priors[f] = space.prior(f);
        }
        return Logistic.fit(prompts.stream().map(this::row).toList(), priors, PULL);
    }

    private SortedMap<String, double[]> named(double[][] weights) {
        SortedMap<String, double[]> named = new TreeMap<>();
        for (int f = 0; f < weights.length; f++) {
            double[] prior = space.prior(f);
            double most = 0;
            for (int d = 0; d < prior.length; d++) {
                most = Math.max(most, Math.abs(weights[f][d] - prior[d]));
                weights[f][d] = rounded(weights[f][d]);
            }
            if (most > UNCHANGED) {
                named.put(space.name(f), weights[f]);
            }
        }
        return named;
    }

    private Row row(LabelledPrompt prompt) {
        double[] target = new double[IntentModel.DOMAINS];
        target[IntentModel.index(prompt.domain().orElse(Domain.PHOTOGRAPHY))] = 1;
        return row(space.find(prompt.prompt()).features(), target, prompt.ambiguous() ? AMBIGUOUS : 1);
    }

    private static Row row(List<Feature> features, double[] target, double weight) {
        return new Row(
                features.stream().mapToInt(Feature::index).toArray(),
                features.stream().mapToDouble(Feature::value).toArray(),
                target,
                weight);
    }

    private SortedMap<String, Double> clarification(List<LabelledPrompt> prompts) {
        List<Row> rows = new ArrayList<>();
        for (LabelledPrompt prompt : prompts) {
            List<Feature> shape = space.find(prompt.prompt()).features().stream()
                    .filter(feature -> space.isShape(feature.index()))
                    .toList();
            rows.add(row(shape, new double[] {prompt.needsClarification().orElse(false) ? 1 : 0}, 1));
        }
        double[][] weights = Logistic.fit(rows, new double[space.size()][1], PULL_OF_SHAPE);
        SortedMap<String, Double> named = new TreeMap<>();
        for (int f = 0; f < weights.length; f++) {
            if (Math.abs(weights[f][0]) > UNCHANGED) {
                named.put(space.name(f), rounded(weights[f][0]));
            }
        }
        return named;
    }

    private SortedMap<String, Double> complexity(List<LabelledPrompt> prompts) {
        List<Map<String, Double>> counts = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        for (LabelledPrompt prompt : prompts) {
            Map<String, Double> count = PromptCounts.of(
                    space.find(prompt.prompt()), space, prompt.domain().orElse(null));
            counts.add(count);
            names.addAll(count.keySet());
        }
        List<String> index = List.copyOf(names);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            int[] features =
                    counts.get(i).keySet().stream().mapToInt(index::indexOf).toArray();
            double[] values = counts.get(i).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            rows.add(new Row(
                    features, values, new double[] {prompts.get(i).complexity().orElse(0)}, 1));
        }
        double[][] priors = new double[index.size()][1];
        for (int f = 0; f < priors.length; f++) {
            priors[f][0] = COMPLEXITY.getOrDefault(index.get(f), 0.0);
        }
        double[][] weights = Logistic.fit(rows, priors, PULL_OF_COMPLEXITY);
        SortedMap<String, Double> named = new TreeMap<>();
        for (int f = 0; f < weights.length; f++) {
            named.put(index.get(f), rounded(weights[f][0]));
        }
        return named;
    }

    /** Four digits are enough, and keep the file readable. */
    private static double rounded(double weight) {
        return Math.round(weight * 1e4) / 1e4;
    }
}
