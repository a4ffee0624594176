package dev.pictor.generation;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.generation.QualityJudge.Judged;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.Decision;
import dev.pictor.trace.Evaluation.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Draws until it is good enough: once, once more with the same model, once with the next better one, and no oftener. A picture
 * is good enough if nobody says that it is of no use; of several it takes one. Used once, for one call.
 */
final class QualityLoop {

    /** The models that may draw. */
    interface Models {

        /** Draws by these options, which say who may. */
        ModelAnswer<ImageResult> draw(CallOptions options) throws InterruptedException;

        /** Says who draws after a picture that is of no use, without asking any. */
        NextModels next(CallOptions options, ModelAnswer<ImageResult> first);

        /** Takes pictures of no use out of the cache. */
        void forget(ModelAnswer<ImageResult> answer) throws InterruptedException;
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
    private final Models models;
    private final Judging judging;
    private final List<QualityAttempt> attempts = new ArrayList<>();

    private @Nullable PictorException lastFailure;
    private boolean isHopeless;
    private boolean isFallback;
    private Duration overhead = Duration.ZERO;

    QualityLoop(RunContext run, Models models, Judging judging) {
        this.run = run;
        this.models = models;
        this.judging = judging;
    }

    /**
     * Draws.
     *
     * @throws QualityException if nothing was good enough
     * @throws PictorException if the first call fails
     */
    Drawn draw(CallOptions options) throws InterruptedException {
        ModelAnswer<ImageResult> first = models.draw(options);
        Optional<Drawn> good = look(first);
        if (good.isPresent()) {
            return good.get();
        }
        NextModels next = models.next(options, first);
        if (!isHopeless && next.mayDrawAgain()) {
            Optional<String> drew = next.drew();
            String again = drew.orElse("the same model");
            decide(NextModels.AGAIN + again, drew, "the same model may do better");
            CallOptions same = CallOptions.builder()
                    .from(options)
                    .forceModel(drew.or(options::forceModel))
                    .cacheMode(options.cacheMode().anew())
                    .build();
            Optional<ModelAnswer<ImageResult>> second = tryOnce(same, again);
            good = second.isEmpty() ? good : look(second.get());
        }
        Optional<String> better = next.better();
        if (good.isEmpty() && !isHopeless && better.isPresent()) {
            String id = better.get();
            decide(NextModels.BETTER + id, better, "it is the next better model");
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
            return Optional.of(models.draw(options));
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

    /** Judges an answer, and notes the attempt. What is of no use is not kept for the next who asks for it. */
    private Optional<Drawn> look(ModelAnswer<ImageResult> answer) throws InterruptedException {
        List<PictureJudgement> judgements = new ArrayList<>();
        Cost cost = answer.cost();
        isFallback |= answer.isFallback(); // one that is told by name to draw again does not say so
        overhead = overhead.plus(answer.overhead());
        for (ImageBytes picture : answer.result().images()) {
            Judged judged = judging.judge(picture);
            cost = cost.plus(judged.cost());
            overhead = overhead.plus(judged.overhead());
            if (judged.judgement() == null) {
                break; // who is not there for one is not there for the next
            }
            judgements.add(judged.judgement());
        }
        Optional<String> problem = problem(judgements, answer.result().images().size());
        attempts.add(new QualityAttemptBuilder()
                .model(answer.result().servedBy())
                .problem(problem)
                .judgements(judgements)
                .images(answer.result().images())
                .cost(cost)
                .build());
        if (problem.isPresent()) {
            models.forget(answer);
            return Optional.empty();
        }
        if (attempts.size() > 1 || !judgements.isEmpty()) {
            decide("serve", Optional.empty(), "it is good enough");
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

    private QualityException givenUp(CallOptions options, boolean hadBetter) {
        decide("no picture", Optional.empty(), "nothing that was tried is good enough");
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

    private void decide(String chosen, Optional<String> next, String reason) {
        QualityAttempt last = attempts.get(attempts.size() - 1);
        var decision = Decision.builder(
                        NextModels.DECISION,
                        "is the picture good enough?",
                        chosen,
                        last.problem().map(problem -> problem + "; " + reason).orElse(reason))
                .putFacts("attempt", String.valueOf(attempts.size()))
                .putFacts("model", last.model());
        next.ifPresent(model -> decision.putFacts(NextModels.NEXT, model));
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
