package dev.pictor.evaluation;

import dev.pictor.gateway.semantic.LexicalEmbedder;
import dev.pictor.gateway.semantic.SemanticHit;
import dev.pictor.gateway.semantic.SemanticIndex;
import dev.pictor.gateway.semantic.SemanticSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which prompt was first, by its words and then by its meaning. Everything but the prompt is the same. Not thread-safe. */
final class PromptCache {

    private static final String ENVELOPE = "all";

    private final LexicalEmbedder embedder = LexicalEmbedder.create();
    private final Map<String, String> exact = new HashMap<>();
    private final SemanticIndex index;
    private final double threshold;

    PromptCache(double threshold) {
        SemanticSettings settings = SemanticSettings.builder()
                .threshold(threshold)
                .maxEntries(100_000)
                .build();
        this.index = SemanticIndex.create(settings.maxEntries());
        this.threshold = settings.threshold();
    }

    /** The id of the request that answers this one, or empty if it is the first of its kind; then it is kept. */
    Optional<String> find(String id, String prompt) {
        String same = exact.get(prompt);
        if (same != null) {
            return Optional.of(same);
        }
        var vector = embedder.embed(prompt);
        Optional<String> near =
                index.nearest(ENVELOPE, vector, prompt, threshold).map(SemanticHit::id);
        if (near.isEmpty()) {
            exact.put(prompt, id);
            index.add(ENVELOPE, id, prompt, vector);
        }
        return near;
    }
}
