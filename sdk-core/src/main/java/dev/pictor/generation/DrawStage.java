package dev.pictor.generation;

import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.UserKey;
import dev.pictor.feedback.UserPreferences;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.generation.IntentStages.Clarified;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.Evaluation;
import dev.pictor.trace.Evaluation.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

    private final Gateway gateway;
    private final QualityJudge judge;
    private final PreferenceStore preferences;

    DrawStage(Gateway gateway, QualityJudge judge, PreferenceStore preferences) {
        this.gateway = gateway;
        this.judge = judge;
        this.preferences = preferences;
    }

    Drawn draw(RunContext run, GenerationRequest request, Clarified clarified, EnhancedPrompt enhanced)
            throws InterruptedException {
        ImageRequest drawing = request.toImageRequest(enhanced.text());
        CallOptions options = request.toCallOptions(clarified.intent(), preference(run));
        Optional<QualityEstimate> estimate = estimate(run, drawing, options);
        QualityJudge.Asked asked = QualityJudge.Asked.of(
                clarified.wish(),
                enhanced.text(),
                clarified.intent().understanding().facts());
        QualityLoop.Drawn drawn = new QualityLoop(
                        run,
                        drawing,
                        how -> gateway.generate(run, drawing, how),
                        how -> gateway.compare(run, drawing, how),
                        result -> List.of(), // damaged and blank pictures do not come through the gateway
                        request.isJudged() ? picture -> judge.judge(run, asked, picture) : QualityLoop.Judging.none())
                .draw(options);
        ModelAnswer<ImageResult> answer = drawn.answer();
        return new Drawn(
                answer.result().images(),
                answer.result().servedBy(),
                answer.isFallback(),
                answer.source(),
                answer.latency(),
                answer.overhead(),
                drawn.cost(),
                answer.warnings(),
                drawn.judgements(),
                estimate);
    }

    /** What the user cares about most, if that is known. */
    private Optional<String> preference(RunContext run) {
        try {
            return run.user()
                    .flatMap(user -> preferences.find(new UserKey(run.tenant().orElse(""), user)))
                    .flatMap(DrawStage::preference);
        } catch (RuntimeException e) { // pictures are drawn for those as well of whom nothing is known
            run.degrade("what the user prefers cannot be read (" + e.getClass().getSimpleName()
                    + "), so the model is chosen without it");
            return Optional.empty();
        }
    }

    private static Optional<String> preference(UserPreferences user) {
        boolean quality = user.qualitySensitive().filter(known -> known.value()).isPresent();
        boolean cost = user.costSensitive().filter(known -> known.value()).isPresent();
        if (quality == cost) {
            return Optional.empty(); // neither, or both, which cancel out
        }
        return Optional.of(quality ? "quality" : "cost");
    }

    /** How good the first choice is expected to be, before anything is paid. */
    private Optional<QualityEstimate> estimate(RunContext run, ImageRequest drawing, CallOptions options) {
        Optional<QualityEstimate> estimate = gateway.compare(run, drawing, options).ranking().ranked().stream()
                .findFirst()
                .flatMap(first -> QualityEstimate.of(first.candidate().profile(), options.attributes()));
        estimate.ifPresent(known -> run.evaluate(Evaluation.builder("quality.estimate", Verdict.PASS, known.reason())
                .score(known.score())
                .build()));
        return estimate;
    }
}
