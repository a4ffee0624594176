package dev.pictor.generation;

import static dev.pictor.pipeline.Needs.needs;

import dev.pictor.feedback.PreferenceStore;
import dev.pictor.feedback.QualityPredictor;
import dev.pictor.gateway.Gateway;
import dev.pictor.generation.IntentStages.Clarified;
import dev.pictor.intent.Intent;
import dev.pictor.intent.IntentAnalyzer;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.PromptRegistry;
import java.util.function.Supplier;

/** The stages of Generation. */
final class GenerationStages {

    private static final StageKey<Intent> UNDERSTAND = StageKey.of("understand", Intent.class);
    private static final StageKey<Clarified> CLARIFY = StageKey.of("clarify", Clarified.class);
    private static final StageKey<EnhancedPrompt> ENHANCE = StageKey.of("enhance", EnhancedPrompt.class);
    private static final StageKey<DrawStage.Drawn> GENERATE = StageKey.of("generate", DrawStage.Drawn.class);
    private static final StageKey<GeneratedImages> CHECK = StageKey.of("check", GeneratedImages.class);

    private GenerationStages() {}

    static Pipeline<GenerationRequest, GeneratedImages> pipeline(
            Gateway gateway,
            PromptRegistry prompts,
            IntentAnalyzer analyzer,
            PreferenceStore preferences,
            Supplier<QualityPredictor> predictor) {
        KnownUser user = new KnownUser(preferences);
        DrawStage draw = new DrawStage(gateway, new QualityJudge(gateway, prompts), user, predictor);
        IntentStages intent = new IntentStages(analyzer, user);
        EnhanceStage enhance = new EnhanceStage(gateway, prompts);
        PictureChecks checks = new PictureChecks(gateway);
        return Pipeline.named("generation", GenerationRequest.class)
                .stage(UNDERSTAND, intent::understand)
                .weight(10)
                .stage(CLARIFY, needs(UNDERSTAND), intent::clarify)
                .weight(5)
                .stage(ENHANCE, needs(CLARIFY), enhance::enhance)
                .weight(5)
                .stage(GENERATE, needs(CLARIFY, ENHANCE), draw::draw)
                .weight(75)
                .stage(CHECK, needs(CLARIFY, ENHANCE, GENERATE), checks::check)
                .weight(5)
                .returning(CHECK);
    }
}
