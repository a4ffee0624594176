package dev.pictor.evaluation;

import dev.pictor.gateway.semantic.LexicalEmbedder;
import dev.pictor.gateway.semantic.SemanticIndex;
import dev.pictor.gateway.semantic.SemanticSettings;

/** Whether the answer to one prompt serves another, if everything but the prompt is the same. Immutable. */
final class PromptCache {

    private static final String ENVELOPE = "all";

    private final LexicalEmbedder embedder = LexicalEmbedder.create();
    private final double threshold;

    PromptCache(double threshold) {
        this.threshold = SemanticSettings.builder().threshold(threshold).build().threshold();
    }

    boolean serves(String kept, String prompt) {
        if (kept.equals(prompt)) {
            return true;
        }
        SemanticIndex index = SemanticIndex.create(1);
        index.add(ENVELOPE, "kept", kept, embedder.embed(kept));
        return index.nearest(ENVELOPE, embedder.embed(prompt), prompt, threshold)
                .isPresent();
    }
}
