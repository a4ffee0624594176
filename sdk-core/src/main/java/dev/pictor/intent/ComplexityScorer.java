package dev.pictor.intent;

import static java.util.Objects.requireNonNull;

import dev.pictor.intent.FeatureSpace.Found;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells how much a prompt asks of a model: how many things, attributes, numbers, quoted texts, places, constraints and
 * terms of the craft, and in how many words. The weights are in the {@link Lexicon}. It takes some microseconds and never
 * fails. Immutable and thread-safe.
 */
public final class ComplexityScorer {

    private static final class Holder {
        private static final ComplexityScorer BUNDLED = from(Lexicon.bundled());
    }

    private final FeatureSpace space;
    private final Map<String, Double> weights;

    private ComplexityScorer(Lexicon lexicon) {
        this.space = new FeatureSpace(lexicon.parts().groups(), lexicon.parts().pairs());
        this.weights = lexicon.parts().complexity();
    }

    /**
     * Returns the scorer over {@link Lexicon#bundled()}.
     *
     * @return the same one each time
     */
    public static ComplexityScorer bundled() {
        return Holder.BUNDLED;
    }

    /**
     * Returns a scorer over a lexicon.
     *
     * @param lexicon words and weights
     * @return the scorer
     */
    public static ComplexityScorer from(Lexicon lexicon) {
        return new ComplexityScorer(requireNonNull(lexicon, "lexicon"));
    }

    /**
     * Scores a prompt whose domain is not known.
     *
     * @param prompt any text, also an empty one
     * @return score and what was counted
     */
    public Complexity score(String prompt) {
        return scoreIn(prompt, null);
    }

    /**
     * Scores a prompt of a domain.
     *
     * @param prompt any text, also an empty one
     * @param domain what it was understood to be
     * @return score and what was counted
     */
    public Complexity score(String prompt, Domain domain) {
        return scoreIn(prompt, requireNonNull(domain, "domain"));
    }

    private Complexity scoreIn(String prompt, @Nullable Domain domain) {
        Found found = space.find(requireNonNull(prompt, "prompt"));
        Map<String, Double> counts = PromptCounts.of(found, space, domain);
        double sum = 0;
        for (Map.Entry<String, Double> count : counts.entrySet()) {
            sum += count.getValue() * weights.getOrDefault(count.getKey(), 0.0);
        }
        return new ComplexityBuilder()
                .score(Calibration.sigmoid(sum))
                .putAllFeatures(counts)
                .build();
    }
}
