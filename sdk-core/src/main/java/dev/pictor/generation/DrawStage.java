package dev.pictor.generation;

import dev.pictor.feedback.QualityPredictor;
import dev.pictor.feedback.QualityQuestion;
import dev.pictor.feedback.QualityQuestionBuilder;
import dev.pictor.feedback.Ratings;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.generation.IntentStages.Clarified;
import dev.pictor.image.ImageBytes;
import dev.pictor.intent.Intent;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.RunContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The stage that draws, by the model that serves the wish and its user best, until it is good enough. Immutable. */
final class DrawStage {

    /** What was drawn, and how good it was expected and judged to be. */
    record Drawn(
            List<ImageBytes> images,
            String model,
            boolean isFallback,
            AnswerSource source,
            Duration latency,
            Duration overhead,
            Cost cost,
            List<OptionWarning> warnings,
            List<PictureJudgement> judgements,
            Optional<QualityEstimate> estimate) {}

    private static final String UNPREDICTED = "what was learned of which pictures please cannot be had (";

    private final Gateway gateway;
    private final QualityJudge judge;
    private final KnownUser user;
    private final Supplier<QualityPredictor> predictor;

    DrawStage(Gateway gateway, QualityJudge judge, KnownUser user, Supplier<QualityPredictor> predictor) {
        this.gateway = gateway;
        this.judge = judge;
        this.user = user;
        this.predictor = predictor;
    }

    Drawn draw(RunContext run, GenerationRequest request, Clarified clarified, EnhancedPrompt enhanced)
            throws InterruptedException {
        ImageRequest drawing = request.toImageRequest(enhanced.text());
        Optional<DrawnThen> then = DrawnThen.of(run);
        then.ifPresent(past -> {
            past.degradations(KnownUser.UNREADABLE).forEach(run::degrade);
            past.degradations(UNPREDICTED).forEach(run::degrade);
        });
        Optional<String> preference =
                then.isPresent() ? Optional.empty() : user.caresAbout(run); // it chooses who draws
        CallOptions options = options(run, request.toCallOptions(clarified.intent(), preference));
        Optional<QualityEstimate> estimate = then.isPresent()
                ? then.get().estimate()
                : estimate(run, drawing, options, question(request, clarified.intent()));
        estimate.ifPresent(known -> run.evaluate(known.toEvaluation()));
        QualityJudge.Asked asked = QualityJudge.Asked.of(
                clarified.wish(),
                enhanced.text(),
                clarified.intent().understanding().facts());
        long begin = run.time().nanoTime();
        QualityLoop.Drawn drawn = new QualityLoop(
                        run,
                        new GatewayModels(gateway, run, drawing),
                        request.isJudged() ? picture -> judge.judge(run, asked, picture) : QualityLoop.Judging.none())
                .draw(options);
        Duration latency = Duration.ofNanos(run.time().nanoTime() - begin);
        ModelAnswer<ImageResult> answer = drawn.answer();
        return new Drawn(
                answer.result().images(),
                answer.result().servedBy(),
                drawn.isFallback(),
                answer.source(),
                latency,
                drawn.overhead(),
                drawn.cost(),
                answer.warnings(),
                drawn.judgements(),
                estimate);
    }

    /** Who did not want a picture does not want it from the cache either. */
    private static CallOptions options(RunContext run, CallOptions options) {
        return run.labels().containsKey(Ratings.REGENERATES)
                ? CallOptions.builder()
                        .from(options)
                        .cacheMode(options.cacheMode().anew())
                        .build()
                : options;
    }

    /** How good the first choice is expected to be, before anything is paid: by history, else by its profile. */
    private Optional<QualityEstimate> estimate(
            RunContext run, ImageRequest drawing, CallOptions options, QualityQuestionBuilder question) {
        return gateway.compare(run, drawing, options).ranking().ranked().stream()
                .findFirst()
                .map(first -> first.candidate().profile())
                .flatMap(first -> byHistory(run, question.model(first.id()).build())
                        .or(() -> QualityEstimate.of(first, options.attributes())));
    }

    private Optional<QualityEstimate> byHistory(RunContext run, QualityQuestion question) {
        try {
            return QualityEstimate.of(predictor.get(), question);
        } catch (RuntimeException e) { // whatever a program's supplier fails with
            run.degrade(UNPREDICTED + e.getClass().getSimpleName() + "), so the estimate goes by the model's profile");
            return Optional.empty();
        }
    }

    private static QualityQuestionBuilder question(GenerationRequest request, Intent intent) {
        return QualityQuestion.builder()
                .domain(intent.understanding().domain())
                .style(intent.understanding().style())
                .detail(request.detail().toString().toLowerCase(Locale.ROOT))
                .complexity(intent.complexity().score())
                .confidence(intent.confidence())
                .promptLength(request.prompt().length());
    }
}
