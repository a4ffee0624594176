package dev.pictor.examples;

import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.adapter.embedded.RuleBasedReasoner;
import dev.pictor.adapter.gemini.GeminiImageAdapter;
import dev.pictor.adapter.gemini.GeminiImageAdapterBuilder;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ReasoningModelAdapter;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the models: Gemini where {@code GEMINI_API_KEY} is set, else those that run in this process.
 * {@code GEMINI_BASE_URL} points to a proxy.
 */
record Models(Map<String, String> environment) {

    /** A model that draws, and what must be closed after it. */
    record Painter(ImageModelAdapter model, AutoCloseable resource) implements AutoCloseable {
        @Override
        public void close() {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException(
                        "cannot close " + model.profile().id(), e);
            }
        }
    }

    Painter painter(Optional<String> modelId) {
        String key = environment.getOrDefault("GEMINI_API_KEY", "");
        if (key.isBlank()) {
            modelId.ifPresent(id -> {
                throw new IllegalArgumentException("--model " + id + " needs GEMINI_API_KEY to be set");
            });
            return new Painter(new ProceduralPainter(), () -> {});
        }
        GeminiImageAdapterBuilder builder = GeminiImageAdapter.builder(key);
        modelId.ifPresent(builder::model);
        Optional.ofNullable(environment.get("GEMINI_BASE_URL")).ifPresent(url -> {
            try {
                builder.baseUrl(URI.create(url));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("GEMINI_BASE_URL is no address of a server: " + url, e);
            }
        });
        GeminiImageAdapter gemini = builder.build();
        return new Painter(gemini, gemini);
    }

    ReasoningModelAdapter reasoner() {
        return new RuleBasedReasoner();
    }
}
