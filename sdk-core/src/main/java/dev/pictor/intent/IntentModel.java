package dev.pictor.intent;

import dev.pictor.intent.FeatureSpace.Feature;
import dev.pictor.intent.FeatureSpace.Found;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A logistic model of domains over the features of a lexicon. Immutable. */
final class IntentModel {

    static final int DOMAINS = Domain.values().length;

    private final FeatureSpace space;
    private final double[][] weights;
    private final double[] clarification;

    IntentModel(LexiconParts parts) {
        space = new FeatureSpace(parts.groups(), parts.pairs());
        weights = new double[space.size()][];
        clarification = new double[space.size()];
        for (int i = 0; i < weights.length; i++) {
            double @Nullable [] learned = parts.weights().get(space.name(i));
            weights[i] = learned == null ? space.prior(i) : learned.clone();
            clarification[i] = parts.clarification().getOrDefault(space.name(i), 0.0);
        }
    }

    /** Where a domain stands in arrays of weights. */
    @SuppressWarnings("EnumOrdinal") // arrays keep the sum over some hundred weights short
    static int index(Domain domain) {
        return domain.ordinal();
    }

    @SuppressWarnings("EnumOrdinal") // see index
    static Domain domain(int index) {
        return Domain.values()[index];
    }

    FeatureSpace space() {
        return space;
    }

    double[] weights(int feature) {
        return weights[feature];
    }

    Found find(String prompt) {
        return space.find(prompt);
    }

    double[] probabilities(List<Feature> features) {
        double[] scores = new double[DOMAINS];
        for (Feature feature : features) {
            double[] weight = weights[feature.index()];
            for (int d = 0; d < DOMAINS; d++) {
                scores[d] += weight[d] * feature.value();
            }
        }
        softmax(scores);
        return scores;
    }

    double clarification(List<Feature> features) {
        double sum = 0;
        for (Feature feature : features) {
            sum += clarification[feature.index()] * feature.value();
        }
        return Calibration.sigmoid(sum);
    }

    static void softmax(double[] scores) {
        double most = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            most = Math.max(most, score);
        }
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(scores[i] - most);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
    }

    static int best(double[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }
}
