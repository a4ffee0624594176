package dev.pictor.examples;

import dev.pictor.adapter.embedded.ProceduralPainter;
import dev.pictor.adapter.embedded.RuleBasedReasoner;
import dev.pictor.adapter.gemini.GeminiImageAdapter;
import dev.pictor.adapter.gemini.GeminiImageAdapterBuilder;
import dev.pictor.adapter.local.LocalServer;
import dev.pictor.adapter.local.LocalServerBuilder;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ReasoningModelAdapter;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the models. Gemini draws where {@code GEMINI_API_KEY} is set, else OpenAI where {@code OPENAI_API_KEY} is;
 * {@code GEMINI_BASE_URL} and {@code OPENAI_BASE_URL} point to proxies. The model {@code PICTOR_LOCAL_MODEL} of the server
 * at {@code PICTOR_LOCAL_URL} reads wishes where that is set. Else models that run in this process do.
 */
record Models(Map<String, String> environment) {

    /** A model that draws, and what must be closed after it. */
    record Painter(ImageModelAdapter model, AutoCloseable resource) implements AutoCloseable {
        @Override
        public void close() {
            end(resource, model.profile().id());
        }
    }

    /** A model that reads wishes, and what must be closed after it. */
    record Reasoner(ReasoningModelAdapter model, AutoCloseable resource) implements AutoCloseable {
        @Override
        public void close() {
            end(resource, model.profile().id());
        }
    }

    Painter painter(Optional<String> modelId) {
        Optional<String> gemini = value("GEMINI_API_KEY");
        if (gemini.isPresent()) {
            return gemini(gemini.get(), modelId);
        }
        Optional<String> openAi = value("OPENAI_API_KEY");
        if (openAi.isPresent()) {
            LocalServerBuilder builder = LocalServer.openAi(openAi.get());
            LocalServer server =
                    url("OPENAI_BASE_URL", builder::baseUrl).orElse(builder).build();
            return new Painter(server.images(modelId.orElse("gpt-image-2")), server);
        }
        modelId.ifPresent(id -> {
            throw new IllegalArgumentException("--model " + id + " needs GEMINI_API_KEY or OPENAI_API_KEY to be set");
        });
        return new Painter(new ProceduralPainter(), () -> {});
    }

    Reasoner reasoner() {
        Optional<LocalServerBuilder> local = url("PICTOR_LOCAL_URL", LocalServer::at);
        if (local.isEmpty()) {
            return new Reasoner(new RuleBasedReasoner(), () -> {});
        }
        String model = value("PICTOR_LOCAL_MODEL")
                .orElseThrow(() -> new IllegalArgumentException("PICTOR_LOCAL_URL needs PICTOR_LOCAL_MODEL to be set"));
        LocalServer server = local.get().build();
        return new Reasoner(server.reasoning(model), server);
    }

    private Painter gemini(String key, Optional<String> modelId) {
        GeminiImageAdapterBuilder builder = GeminiImageAdapter.builder(key);
        modelId.ifPresent(builder::model);
        GeminiImageAdapter gemini =
                url("GEMINI_BASE_URL", builder::baseUrl).orElse(builder).build();
        return new Painter(gemini, gemini);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private <T> Optional<T> url(String name, Function<URI, T> use) {
        return value(name).map(url -> {
            try {
                return use.apply(URI.create(url));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(name + " is no address of a server: " + url, e);
            }
        });
    }

    private static void end(AutoCloseable resource, String modelId) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close " + modelId, e);
        }
    }
}
