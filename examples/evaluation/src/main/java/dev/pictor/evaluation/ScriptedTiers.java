package dev.pictor.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pictor.Pictor;
import dev.pictor.evaluation.IntentRows.Row;
import dev.pictor.intent.Domain;
import dev.pictor.intent.Intent;
import dev.pictor.intent.IntentAnalyzer;
import dev.pictor.intent.IntentSettings;
import dev.pictor.intent.IntentTier;
import dev.pictor.intent.Lexicon;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.StageKey;
import dev.pictor.prompts.PromptRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all tiers together make of labelled prompts, with a reasoning model that answers as they are labelled: how much is
 * left of its knowledge where it is asked only when words are not sure.
 */
final class ScriptedTiers {

    private static final StageKey<Intent> INTENT = StageKey.of("intent", Intent.class);

    private ScriptedTiers() {}

    /** A row, and what was understood. */
    record Tiered(Row row, Intent intent) {

        boolean isRight() {
            return intent.understanding().domain().equals(row.domain());
        }

        boolean isAsked() {
            return intent.tier() == IntentTier.MODEL || intent.tier() == IntentTier.CACHED_ANALYSIS;
        }
    }

    static List<Tiered> of(Lexicon words, List<Row> rows) {
        Map<String, Domain> labels = new HashMap<>();
        rows.forEach(row -> row.domain().ifPresent(domain -> labels.putIfAbsent(row.prompt(), domain)));
        List<Tiered> tiered = new ArrayList<>();
        try (Pictor pictor = Pictor.builder(PricedFake.flash())
                .reasoningModel(new Reader(labels))
                .build()) {
            IntentAnalyzer analyzer =
                    new IntentAnalyzer(words, pictor.gateway(), PromptRegistry.builtIn(), IntentSettings.ofDefaults());
            Pipeline<String, Intent> pipeline = Pipeline.named("intent", String.class)
                    .stage(INTENT, analyzer::analyze)
                    .returning(INTENT);
            for (Row row : rows) {
                if (row.domain().isPresent()) {
                    tiered.add(new Tiered(
                            row, pictor.runner().run(pipeline, row.prompt()).value()));
                }
            }
        }
        return tiered;
    }

    /** Knows the labels. */
    private record Reader(Map<String, Domain> labels) implements ReasoningModelAdapter {

        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public ModelProfile profile() {
            return ModelProfile.builder("labels", "fake").build();
        }

        @Override
        public ReasoningResult reason(ReasoningRequest request, CallContext call) {
            String wish = request.messages().get(request.messages().size() - 1).text();
            Domain domain = labels.get(wish);
            if (domain == null) {
                throw new IllegalStateException("a prompt that has no label");
            }
            ObjectNode answer = JSON.createObjectNode()
                    .put("subject", "it")
                    .putNull("mood")
                    .putNull("purpose")
                    .put("reasoning", "it is labelled so")
                    .put("domain", domain.toString())
                    .put("style", "other")
                    .putNull("suggestion")
                    .put("confidence", 0.95);
            answer.putArray("facts");
            answer.putArray("colours");
            answer.putArray("questions");
            return ReasoningResult.builder("labels", answer.toString()).build();
        }
    }
}
