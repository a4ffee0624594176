package dev.pictor.generation;

import dev.pictor.gateway.Attempt;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.ComparedCandidate;
import dev.pictor.gateway.routing.Comparison;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.trace.Decision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who draws after a picture that is of no use: the model that drew it once more, and then the next better one. Immutable. */
interface NextModels {

    /** The kind of the decisions that say who draws next. */
    String DECISION = "quality";

    /** The fact of such a decision that names the model. */
    String NEXT = "next";

    String AGAIN = "draw again with ";
    String BETTER = "ask ";

    /** Whether another picture of the same model may be better. */
    boolean mayDrawAgain();

    /** The id of the model that drew, or empty if nobody knows. */
    Optional<String> drew();

    /** The id of the model that is the next better one, or empty if there is none. */
    Optional<String> better();

    /** By the models as they are now. */
    static NextModels of(Comparison models, ImageRequest request, ModelAnswer<ImageResult> first) {
        return new OfNow(models, request, first);
    }

    /** By what an earlier run decided, whatever became of the models since. */
    static NextModels asDecided(List<Decision> decisions) {
        return new OfThen(decisions.stream()
                .filter(decision -> decision.kind().equals(DECISION))
                .toList());
    }

    /** By the models as they are now. */
    final class OfNow implements NextModels {

        private final Comparison models;
        private final ImageRequest request;
        private final @Nullable Candidate drew;

        private OfNow(Comparison models, ImageRequest request, ModelAnswer<ImageResult> first) {
            this.models = models;
            this.request = request;
            this.drew = first.attempts().stream()
                    .filter(attempt -> attempt.error().isEmpty())
                    .map(Attempt::model)
                    .findFirst()
                    .or(() -> Optional.of(first.modelId())) // it came from a cache
                    .flatMap(this::named)
                    .orElse(null);
        }

        /** With the same seed, a model that honours it draws the same picture. */
        @Override
        public boolean mayDrawAgain() {
            return request.seed().isEmpty() || drew == null || !drew.profile().supportsSeed();
        }

        @Override
        public Optional<String> drew() {
            return Optional.ofNullable(drew).map(Candidate::id);
        }

        private Optional<Candidate> named(String model) {
            return models.candidates().stream()
                    .map(ComparedCandidate::candidate)
                    .filter(candidate -> candidate.answersTo(model))
                    .findFirst();
        }

        /** The least that is better and that the router would ask. Of equals, the one it would ask first. */
        @Override
        public Optional<String> better() {
            double quality = models.candidates().stream()
                    .filter(line -> line.candidate().equals(drew))
                    .mapToDouble(line ->
                            line.quality().orElse(Double.POSITIVE_INFINITY)) // nothing is better than who knows what
                    .findFirst()
                    .orElse(Double.POSITIVE_INFINITY);
            return models.candidates().stream()
                    .filter(line -> line.rank().isPresent() && line.quality().orElse(-1) > quality)
                    .min(Comparator.comparingDouble(line -> line.quality().orElse(-1)))
                    .map(line -> line.candidate().id());
        }
    }

    /** By what an earlier run decided. */
    record OfThen(List<Decision> decisions) implements NextModels {

        @Override
        public boolean mayDrawAgain() {
            return decision(AGAIN).isPresent();
        }

        @Override
        public Optional<String> drew() {
            return decision(AGAIN).map(decision -> decision.facts().get(NEXT));
        }

        @Override
        public Optional<String> better() {
            return decision(BETTER).map(decision -> decision.facts().get(NEXT));
        }

        private Optional<Decision> decision(String chosen) {
            return decisions.stream()
                    .filter(decision -> decision.chosen().startsWith(chosen))
                    .findFirst();
        }
    }
}
