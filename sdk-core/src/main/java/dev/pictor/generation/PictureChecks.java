package dev.pictor.generation;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.budget.BudgetPeriod;
import dev.pictor.gateway.budget.BudgetScope;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.generation.DrawStage.Drawn;
import dev.pictor.generation.IntentStages.Clarified;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.Evaluation.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The structural check: are the pictures what was asked for, as far as their headers tell? What is not is said in the
 * trace and as a warning on the result, unless the model has warned of it already.
 */
final class PictureChecks {

    /** Models draw in steps of 8 to 64 pixels, so a ratio is rarely met exactly. */
    private static final double RATIO_TOLERANCE = 0.03;

    private final Gateway gateway;

    PictureChecks(Gateway gateway) {
        this.gateway = gateway;
    }

    GeneratedImages check(
            RunContext run, GenerationRequest request, Clarified clarified, EnhancedPrompt enhanced, Drawn drawn) {
        List<OptionWarning> warnings = new ArrayList<>(drawn.warnings());
        note(run, warnings, count(request, drawn.images()));
        for (ImageBytes image : drawn.images()) {
            note(run, warnings, shape(request, image));
        }
        Optional<BudgetState> daily = daily(run);
        return new GeneratedImagesBuilder()
                .images(drawn.images())
                .wish(clarified.wish())
                .intent(clarified.intent())
                .enhancement(enhanced)
                .model(drawn.model())
                .estimate(drawn.estimate())
                .judgements(drawn.judgements())
                .isFallback(drawn.isFallback())
                .source(drawn.source())
                .latency(drawn.latency())
                .overhead(drawn.overhead())
                .cost(clarified.cost().plus(enhanced.cost()).plus(drawn.cost()))
                .spentToday(daily.map(BudgetState::committed))
                .dailyLimit(daily.map(BudgetState::limit))
                .warnings(warnings)
                .degradations(run.degradations())
                .runId(run.runId())
                .build();
    }

    /** Of the budgets that count by user and day, in whatever currency, the one of which the greatest share is used. */
    private Optional<BudgetState> daily(RunContext run) {
        try {
            return gateway.budgets(run).stream()
                    .filter(state -> state.budget().scope() == BudgetScope.USER
                            && state.budget().period() == BudgetPeriod.DAY)
                    .max(Comparator.comparingDouble(BudgetState::shareUsed));
        } catch (RuntimeException e) { // whatever a ledger fails with: the pictures are paid for
            run.degrade("what the user has spent today cannot be read ("
                    + e.getClass().getSimpleName() + "), so the result does not tell it");
            return Optional.empty();
        }
    }

    private static Evaluation count(GenerationRequest request, List<ImageBytes> images) {
        return Evaluation.of(
                "picture.count",
                images.size() == request.count() ? Verdict.PASS : Verdict.WARN,
                "asked for " + request.count() + ", got " + images.size());
    }

    private static Evaluation shape(GenerationRequest request, ImageBytes image) {
        PixelSize got = image.size();
        if (request.size().isPresent()) {
            PixelSize asked = request.size().get();
            return Evaluation.of(
                    "picture.size",
                    got.equals(asked) ? Verdict.PASS : Verdict.WARN,
                    "asked for " + asked + ", got " + got);
        }
        if (request.aspectRatio().isPresent()) {
            AspectRatio asked = request.aspectRatio().get();
            boolean close = asked.distance(AspectRatio.of(got)) <= RATIO_TOLERANCE;
            return Evaluation.of(
                    "picture.aspectRatio", close ? Verdict.PASS : Verdict.WARN, "asked for " + asked + ", got " + got);
        }
        return Evaluation.of("picture.size", Verdict.PASS, "got " + got + ", no size was asked for");
    }

    private static void note(RunContext run, List<OptionWarning> warnings, Evaluation evaluation) {
        run.evaluate(evaluation);
        String option = evaluation.name().substring("picture.".length());
        boolean known = warnings.stream().map(OptionWarning::option).anyMatch(option::equals);
        if (evaluation.verdict() != Verdict.PASS && !known) {
            warnings.add(new OptionWarning(option, evaluation.explanation()));
        }
    }
}
