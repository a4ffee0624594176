package dev.pictor.generation;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.Attempt;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.ComparedCandidate;
import dev.pictor.gateway.routing.Comparison;
import dev.pictor.generation.QualityJudge.Judged;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.Decision;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.Evaluation.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Draws until it is good enough: once, once more with the same model, once with the next better one, and no oftener. A picture
 * is good enough if its structure is as asked and nobody says that it is of no use; of several it takes one. Used once, for
 * one call.
 */
final class QualityLoop {

    /** Draws by these options, which say which model may. */
    @FunctionalInterface
    interface Drawing {
        ModelAnswer<ImageResult> draw(CallOptions options) throws InterruptedException;
    }

    /** Puts the models side by side for a call with these options, without asking any. */
    @FunctionalInterface
    interface Comparing {
        Comparison compare(CallOptions options);
    }

    /** Compares what came with what was asked for, as far as headers tell. A failure among it is a reason to draw again. */
    @FunctionalInterface
    interface Structure {
        List<Evaluation> check(ImageResult result);
    }

    /** Says what a picture shows. */
    @FunctionalInterface
    interface Judging {
        Judged judge(ImageBytes picture) throws InterruptedException;

        /** Nobody looks at what pictures show. */
        static Judging none() {
            return picture -> Judged.NOT;
        }
    }

    /**
     * An answer that is good enough, whether another model than the first choice gave it, what was said of its pictures, every
     * attempt, what all of it cost, and how much of the time was Pictor's own.
     */
    record Drawn(
            ModelAnswer<ImageResult> answer,
            boolean isFallback,
            List<PictureJudgement> judgements,
            List<QualityAttempt> attempts,
            Cost cost,
            Duration overhead) {}

    private final RunContext run;
    private final ImageRequest request;
    private final Drawing drawing;
    private final Comparing comparing;
    private final Structure structure;
    private final Judging judging;
    private final List<QualityAttempt> attempts = new ArrayList<>();

    private @Nullable PictorException lastFailure;
    private boolean isHopeless;
    private boolean isFallback;
    private Duration overhead = Duration.ZERO;

    QualityLoop(
            RunContext run,
            ImageRequest request,
            Drawing drawing,
            Comparing comparing,
            Structure structure,
            Judging judging) {
        this.run = run;
        this.request = request;
        this.drawing = drawing;
        this.comparing = comparing;
        this.structure = structure;
        this.judging = judging;
    }

    /**
     * Draws.
     *
     * @throws QualityException if nothing was good enough
     * @throws PictorException if the first call fails
     */
    Drawn draw(CallOptions options) throws InterruptedException {
        ModelAnswer<ImageResult> first = drawing.draw(options);
        Optional<Drawn> good = look(first);
        if (good.isPresent()) {
            return good.get();
        }
        Comparison models = comparing.compare(options);
        Optional<Candidate> drew = whoDrew(first, models);
        if (!isHopeless && !drawsTheSameAgain(drew)) {
            String again = drew.map(Candidate::id).orElse("the same model");
            decide("draw again with " + again, "the same model may do better");
            CallOptions same = CallOptions.builder()
                    .from(options)
                    .forceModel(drew.map(Candidate::id).or(options::forceModel))
                    .cacheMode(options.cacheMode().writes() ? CacheMode.REFRESH : CacheMode.BYPASS)
                    .build();
            Optional<ModelAnswer<ImageResult>> second = tryOnce(same, again);
            drew = drew.or(() -> second.flatMap(answer -> whoDrew(answer, models))); // a cache may not have told
            good = second.isEmpty() ? good : look(second.get());
        }
        Optional<Candidate> better = drew.flatMap(model -> nextBetter(model, models));
        if (good.isEmpty() && !isHopeless && better.isPresent()) {
            String id = better.get().id();
            decide("ask " + id, "it is the next better model");
            CallOptions other =
                    CallOptions.builder().from(options).forceModel(id).build();
            isFallback = true;
            Optional<ModelAnswer<ImageResult>> third = tryOnce(other, id);
            good = third.isEmpty() ? good : look(third.get());
        }
        return good.orElseThrow(() -> givenUp(options, better.isPresent()));
    }

    private Optional<ModelAnswer<ImageResult>> tryOnce(CallOptions options, String model) throws InterruptedException {
        try {
            return Optional.of(drawing.draw(options));
        } catch (PictorException e) {
            if (run.isCancelled()) {
                throw e;
            }
            lastFailure = e;
            attempts.add(new QualityAttemptBuilder()
                    .model(model)
                    .problem("nothing was drawn: " + kindOf(e))
                    .cost(Gateway.costOf(e))
                    .build());
            return Optional.empty();
        }
    }

    /** Checks and judges an answer, and notes the attempt. */
    private Optional<Drawn> look(ModelAnswer<ImageResult> answer) throws InterruptedException {
        List<PictureJudgement> judgements = new ArrayList<>();
        Cost cost = answer.cost();
        isFallback |= answer.isFallback(); // one that is told by name to draw again does not say so
        overhead = overhead.plus(answer.overhead());
        Optional<String> problem = structure.check(answer.result()).stream()
                .filter(evaluation -> evaluation.verdict() == Verdict.FAIL)
                .map(Evaluation::explanation)
                .findFirst();
        if (problem.isEmpty()) {
            for (ImageBytes picture : answer.result().images()) {
                Judged judged = judging.judge(picture);
                cost = cost.plus(judged.cost());
                overhead = overhead.plus(judged.overhead());
                if (judged.judgement() == null) {
                    break; // who is not there for one is not there for the next
                }
                judgements.add(judged.judgement());
            }
            problem = problem(judgements, answer.result().images().size());
        }
        attempts.add(new QualityAttemptBuilder()
                .model(answer.result().servedBy())
                .problem(problem)
                .judgements(judgements)
                .cost(cost)
                .build());
        if (problem.isPresent()) {
            return Optional.empty();
        }
        if (attempts.size() > 1 || !judgements.isEmpty()) {
            decide("serve", "it is good enough");
        }
        Cost whole = attempts.stream().map(QualityAttempt::cost).reduce(Cost.nothing(), Cost::plus);
        return Optional.of(
                new Drawn(answer, isFallback, List.copyOf(judgements), List.copyOf(attempts), whole, overhead));
    }

    private Optional<String> problem(List<PictureJudgement> judgements, int pictures) {
        boolean isAnyOfUse = judgements.size() < pictures
                || judgements.stream().anyMatch(judgement -> judgement.verdict() != Verdict.FAIL);
        if (isAnyOfUse) {
            return Optional.empty();
        }
        isHopeless = judgements.stream().noneMatch(PictureJudgement::canBeDrawnBetter);
        return judgements.stream()
                .max(Comparator.comparingDouble(PictureJudgement::score))
                .map(PictureJudgement::reason);
    }

    private static Optional<Candidate> whoDrew(ModelAnswer<ImageResult> answer, Comparison models) {
        List<Attempt> tries = answer.attempts();
        String served = answer.result().servedBy();
        return tries.stream()
                .filter(attempt -> attempt.error().isEmpty())
                .map(Attempt::model)
                .findFirst()
                .flatMap(model -> named(model, models))
                .or(() -> named(served, models));
    }

    private static Optional<Candidate> named(String model, Comparison models) {
        return models.candidates().stream()
                .map(ComparedCandidate::candidate)
                .filter(candidate -> candidate.answersTo(model))
                .findFirst();
    }

    /** With the same seed, a model that honours it draws the same picture. */
    private boolean drawsTheSameAgain(Optional<Candidate> model) {
        return request.seed().isPresent()
                && model.filter(known -> known.profile().supportsSeed()).isPresent();
    }

    /** The least that is better than the model and that the router would ask. Of equals, the one it would ask first. */
    private static Optional<Candidate> nextBetter(Candidate model, Comparison models) {
        double quality = models.candidates().stream()
                .filter(line -> line.candidate().equals(model))
                .mapToDouble(line ->
                        line.quality().orElse(Double.POSITIVE_INFINITY)) // nothing is better than who knows what
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
        return models.candidates().stream()
                .filter(line -> line.rank().isPresent() && line.quality().orElse(-1) > quality)
                .min(Comparator.comparingDouble(line -> line.quality().orElse(-1)))
                .map(ComparedCandidate::candidate);
    }

    private QualityException givenUp(CallOptions options, boolean hadBetter) {
        decide("no picture", "nothing that was tried is good enough");
        return new QualityException(attempts, advice(options, hadBetter), lastFailure);
    }

    private String advice(CallOptions options, boolean hadBetter) {
        if (isHopeless) {
            return "change the wish: what it asks for is ruled out by what the model is told";
        }
        if (hadBetter) {
            return "ask for less in one picture, or say more precisely what is to be seen";
        }
        return options.forceModel().isPresent()
                ? "allow other models than the one that the request names"
                : "add a better model, or ask for less in one picture";
    }

    private void decide(String chosen, String reason) {
        QualityAttempt last = attempts.get(attempts.size() - 1);
        var decision = Decision.builder(
                        "quality",
                        "is the picture good enough?",
                        chosen,
                        last.problem().map(problem -> problem + "; " + reason).orElse(reason))
                .putFacts("attempt", String.valueOf(attempts.size()))
                .putFacts("model", last.model());
        last.judgements().stream()
                .mapToDouble(PictureJudgement::score)
                .max()
                .ifPresent(score -> decision.putFacts("score", String.valueOf(score)));
        run.decide(decision.build());
    }

    /** Which kind of failure, without its words. */
    private static String kindOf(PictorException failure) {
        return failure instanceof ModelException known
                ? known.reason().toString()
                : failure.getClass().getSimpleName();
    }
}
