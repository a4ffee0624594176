package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

import dev.pictor.intent.FeatureSpace.Feature;
import dev.pictor.intent.FeatureSpace.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keyword tier: tells domain and style of a prompt from its words and its form, without a model. It looks up whole words
 * and phrases, never parts of words, and weighs them with a logistic model whose weights are in the {@link Lexicon}. It
 * takes some microseconds, looks at no more than the first 20,000 characters, and never fails. Immutable and thread-safe.
 */
public final class IntentClassifier {

    /** The most pieces of evidence in one classification. */
    public static final int MAX_EVIDENCE = 12;

    private static final double LEAST_WEIGHT = 0.05;

    private static final class Holder {
        private static final IntentClassifier BUNDLED = from(Lexicon.bundled());
    }

    private final Lexicon lexicon;
    private final IntentModel model;

    private IntentClassifier(Lexicon lexicon) {
        this.lexicon = lexicon;
        this.model = new IntentModel(lexicon.parts());
    }

    /**
     * Returns the classifier over {@link Lexicon#bundled()}.
     *
     * @return the same one each time
     */
    public static IntentClassifier bundled() {
        return Holder.BUNDLED;
    }

    /**
     * Returns a classifier over a lexicon.
     *
     * @param lexicon words and weights
     * @return the classifier
     */
    public static IntentClassifier from(Lexicon lexicon) {
        return new IntentClassifier(requireNonNull(lexicon, "lexicon"));
    }

    /**
     * Returns the lexicon in use.
     *
     * @return words and weights
     */
    public Lexicon lexicon() {
        return lexicon;
    }

    /**
     * Tells what a prompt asks for. The same prompt gets the same answer.
     *
     * @param prompt any text, also an empty one
     * @return domain, style, confidence and what spoke for them
     */
    public Classification classify(String prompt) {
        Found found = model.find(requireNonNull(prompt, "prompt"));
        double[] probabilities = model.probabilities(found.features());
        int best = IntentModel.best(probabilities);
        Domain domain = IntentModel.domain(best);
        Map<Domain, Double> all = new EnumMap<>(Domain.class);
        for (Domain one : Domain.values()) {
            all.put(one, probabilities[IntentModel.index(one)]);
        }
        return new ClassificationBuilder()
                .domain(domain)
                .style(StyleScores.best(
                        domain,
                        model.space().groups(),
                        found.hits(),
                        found.form().head,
                        lexicon.parts().defaultStyles()))
                .confidence(lexicon.calibration().apply(probabilities[best]))
                .probabilities(all)
                .evidence(evidence(found.features()))
                .clarification(model.clarification(found.features()))
                .build();
    }

    private List<Evidence> evidence(List<Feature> features) {
        record Source(String term, String group) {}
        Map<Source, double[]> sums = new LinkedHashMap<>();
        for (Feature feature : features) {
            double[] sum = sums.computeIfAbsent(
                    new Source(feature.term(), feature.group()), source -> new double[IntentModel.DOMAINS]);
            double[] weights = model.weights(feature.index());
            for (int d = 0; d < sum.length; d++) {
                sum[d] += weights[d] * feature.value();
            }
        }
        List<Evidence> evidence = new ArrayList<>();
        sums.forEach((source, sum) -> {
            int best = IntentModel.best(sum);
            double lead = sum[best] - second(sum, best);
            if (lead >= LEAST_WEIGHT) {
                evidence.add(new Evidence(source.term(), source.group(), IntentModel.domain(best), lead));
            }
        });
        evidence.sort(Comparator.comparingDouble(Evidence::weight).reversed().thenComparing(Evidence::term));
        return evidence.subList(0, Math.min(MAX_EVIDENCE, evidence.size()));
    }

    private static double second(double[] sum, int best) {
        double second = Double.NEGATIVE_INFINITY;
        for (int d = 0; d < sum.length; d++) {
            second = d == best ? second : Math.max(second, sum[d]);
        }
        return second;
    }
}
