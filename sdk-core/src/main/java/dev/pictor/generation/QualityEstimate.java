package dev.pictor.generation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.feedback.QualityPredictor;
import dev.pictor.feedback.QualityQuestion;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.model.ModelProfile;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.Evaluation.Verdict;
import dev.pictor.trace.Evaluator;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.immutables.value.Value;

/** How good a picture is expected to be, before it is drawn. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = QualityEstimateBuilder.class)
public abstract class QualityEstimate {

    /** What an estimate goes by. More may come; keep a {@code default} branch. Its text and JSON form is lower case. */
    public enum Basis {
        /** What the model's profile says of it in general. */
        PROFILE,
        /** What the model's profile says of it in the domain or style that is asked for. */
        STRENGTH,
        /** What came of earlier runs. */
        HISTORY,
        /** Something that this version does not know. */
        OTHER;

        /** Reads a basis; one that is not known is {@link #OTHER}. */
        @JsonCreator
        static Basis parse(String word) {
            return Arrays.stream(values())
                    .filter(basis -> basis.toString().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElse(OTHER);
        }

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name of the evaluation that an estimate is noted as. */
    static final String EVALUATION = "quality.estimate";

    QualityEstimate() {}

    /** Reads what was noted by {@link #toEvaluation}. */
    static QualityEstimate read(Evaluation noted) {
        return new QualityEstimateBuilder()
                .score(noted.score().orElseThrow())
                .basis(Basis.parse(noted.evaluator().flatMap(Evaluator::version).orElse("")))
                .reason(noted.explanation())
                .build();
    }

    /** The estimate as it is noted in the trace, with its basis as the version of what estimated. */
    final Evaluation toEvaluation() {
        return Evaluation.builder(EVALUATION, Verdict.PASS, reason())
                .score(score())
                .evaluator(Evaluator.of(Evaluator.Kind.CODE, basis().toString()))
                .build();
    }

    /**
     * Estimates by what a model's profile says: in the style of the call, else its domain, else in general.
     *
     * @param profile the model that is to draw
     * @param attributes what is known of the call
     * @return the estimate, or empty if the profile says nothing
     */
    public static Optional<QualityEstimate> of(ModelProfile profile, CallAttributes attributes) {
        if (attributes.qualityOf(profile).isEmpty()) {
            return Optional.empty();
        }
        Optional<String> field = Stream.of(CallAttributes.STYLE, CallAttributes.DOMAIN)
                .flatMap(name -> attributes.text(name).stream())
                .filter(profile.strengths()::containsKey)
                .findFirst();
        return Optional.of(new QualityEstimateBuilder()
                .score(attributes.qualityOf(profile).getAsDouble())
                .basis(field.isPresent() ? Basis.STRENGTH : Basis.PROFILE)
                .reason(profile.id() + " is that good "
                        + field.map(name -> "at " + name).orElse("in general") + ", by its profile")
                .build());
    }

    /**
     * Estimates by how earlier runs were rated.
     *
     * @param predictor what was learned from them
     * @param question what is known of the picture
     * @return how likely it pleases, or empty if the history is too small, or the predictor is not surely better than saying
     *     the same every time
     */
    public static Optional<QualityEstimate> of(QualityPredictor predictor, QualityQuestion question) {
        OptionalDouble probability = predictor.probability(question);
        if (probability.isEmpty() || !predictor.report().isBetterThanBaseRate()) {
            return Optional.empty();
        }
        return Optional.of(new QualityEstimateBuilder()
                .score(probability.getAsDouble())
                .basis(Basis.HISTORY)
                .reason("so likely it pleases, by " + predictor.report().ratedRuns() + " runs that were rated")
                .build());
    }

    /**
     * How good it is expected to be.
     *
     * @return 0 to 1, 1 is best
     */
    public abstract double score();

    /**
     * What that goes by.
     *
     * @return the basis
     */
    public abstract Basis basis();

    /**
     * Why.
     *
     * @return a sentence
     */
    public abstract String reason();

    @Value.Check
    void check() {
        if (!(score() >= 0 && score() <= 1)) {
            throw new IllegalArgumentException("score must be 0 to 1, was " + score());
        }
    }
}
