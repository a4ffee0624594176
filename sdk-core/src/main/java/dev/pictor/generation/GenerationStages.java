package dev.pictor.generation;

import static dev.pictor.pipeline.Needs.needs;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.generation.IntentStages.Clarified;
import dev.pictor.image.ImageBytes;
import dev.pictor.intent.Intent;
import dev.pictor.intent.IntentAnalyzer;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageResult;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.PromptRegistry;
import java.time.Duration;
import java.util.List;

/** The stages of Generation. Immutable. */
final class GenerationStages {

    /** What the image model gave. */
    record Drawn(
            List<ImageBytes> images,
            String model,
            String profileId,
            boolean isFallback,
            AnswerSource source,
            Duration latency,
            Duration overhead,
            Cost cost,
            List<OptionWarning> warnings) {}

    private static final StageKey<Intent> UNDERSTAND = StageKey.of("understand", Intent.class);
    private static final StageKey<Clarified> CLARIFY = StageKey.of("clarify", Clarified.class);
    private static final StageKey<EnhancedPrompt> ENHANCE = StageKey.of("enhance", EnhancedPrompt.class);
    private static final StageKey<Drawn> GENERATE = StageKey.of("generate", Drawn.class);
    private static final StageKey<GeneratedImages> CHECK = StageKey.of("check", GeneratedImages.class);

    private final Gateway gateway;

    private GenerationStages(Gateway gateway) {
        this.gateway = gateway;
    }

    static Pipeline<GenerationRequest, GeneratedImages> pipeline(
            Gateway gateway, PromptRegistry prompts, IntentAnalyzer analyzer) {
        GenerationStages stages = new GenerationStages(gateway);
        IntentStages intent = new IntentStages(analyzer);
        EnhanceStage enhance = new EnhanceStage(gateway, prompts);
        PictureChecks checks = new PictureChecks(gateway);
        return Pipeline.named("generation", GenerationRequest.class)
                .stage(UNDERSTAND, intent::understand)
                .weight(10)
                .stage(CLARIFY, needs(UNDERSTAND), intent::clarify)
                .weight(5)
                .stage(ENHANCE, needs(CLARIFY), enhance::enhance)
                .weight(5)
                .stage(GENERATE, needs(CLARIFY, ENHANCE), stages::generate)
                .weight(75)
                .stage(CHECK, needs(CLARIFY, ENHANCE, GENERATE), checks::check)
                .weight(5)
                .returning(CHECK);
    }

    private Drawn generate(RunContext run, GenerationRequest request, Clarified clarified, EnhancedPrompt enhanced)
            throws InterruptedException {
        ModelAnswer<ImageResult> answer = gateway.generate(
                run, request.toImageRequest(enhanced.text()), request.toCallOptions(clarified.intent()));
        return new Drawn(
                answer.result().images(),
                answer.result().servedBy(),
                answer.attempts().isEmpty()
                        ? answer.result().servedBy()
                        : answer.attempts().get(answer.attempts().size() - 1).model(),
                answer.isFallback(),
                answer.source(),
                answer.latency(),
                answer.overhead(),
                answer.cost(),
                answer.warnings());
    }
}
