package dev.pictor.replay;

import dev.pictor.gateway.CallChanges;
import dev.pictor.gateway.CallOptions;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageRequestBuilder;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningRequestBuilder;
import dev.pictor.pipeline.PromptChanges;
import dev.pictor.prompts.PromptSelection;
import dev.pictor.prompts.SelectedPrompt;
import dev.pictor.trace.RunId;
import dev.pictor.trace.TraceAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a forked run carries: its changes, where prompts and calls pass by. Immutable. */
final class ForkedCalls implements PromptChanges, CallChanges {

    private final RunId of;
    private final String fromStage;
    private final RunChanges changes;

    ForkedCalls(RunId of, String fromStage, RunChanges changes) {
        this.of = of;
        this.fromStage = fromStage;
        this.changes = changes;
    }

    @Override
    public Map<String, Object> attributes() {
        return Map.of(
                TraceAttributes.REPLAY_OF,
                of.toString(),
                TraceAttributes.REPLAY_MODE,
                "fork",
                TraceAttributes.REPLAY_FROM_STAGE,
                fromStage,
                TraceAttributes.REPLAY_CHANGES,
                changes.describe());
    }

    /** Another input is in the journal, and so is what the fork took over. */
    @Override
    public boolean isNeededToResume() {
        return !(changes.prompts().isEmpty()
                && changes.pins().isEmpty()
                && changes.models().isEmpty()
                && changes.parameters().isEmpty());
    }

    @Override
    public PromptSelection change(String name, PromptSelection selection) {
        return Optional.ofNullable(changes.pins().get(name))
                .map(version -> selection.toBuilder().pin(version).build())
                .orElse(selection);
    }

    @Override
    public SelectedPrompt change(SelectedPrompt chosen) {
        String name = chosen.prompt().name();
        return chosen.prompt()
                .variant()
                .flatMap(variant -> text(name + "." + variant))
                .or(() -> text(name))
                .map(text -> chosen.withText(text, "fork of run " + of))
                .orElse(chosen);
    }

    private Optional<String> text(String file) {
        return Optional.ofNullable(changes.prompts().get(file));
    }

    @Override
    public ImageRequest change(String stage, ImageRequest request) {
        Map<String, Object> parameters = changes.parameters().getOrDefault(stage, Map.of());
        if (parameters.isEmpty()) {
            return request;
        }
        ImageRequestBuilder changed = request.toBuilder();
        Map<String, Object> options = new LinkedHashMap<>(request.options());
        parameters.forEach((name, value) -> {
            switch (name) {
                case "seed" -> changed.seed(((Number) value).longValue());
                case "count" -> changed.count(((Number) value).intValue());
                default -> options.put(name, value);
            }
        });
        return changed.options(options).build();
    }

    @Override
    public ReasoningRequest change(String stage, ReasoningRequest request) {
        Map<String, Object> parameters = changes.parameters().getOrDefault(stage, Map.of());
        if (parameters.isEmpty()) {
            return request;
        }
        ReasoningRequestBuilder changed = request.toBuilder();
        Map<String, Object> options = new LinkedHashMap<>(request.options());
        parameters.forEach((name, value) -> {
            switch (name) {
                case "seed" -> changed.seed(((Number) value).longValue());
                case "temperature" -> changed.temperature(((Number) value).doubleValue());
                case "maxOutputTokens" -> changed.maxOutputTokens(((Number) value).intValue());
                case "thinkingTokens" -> changed.thinkingTokens(((Number) value).intValue());
                default -> options.put(name, value);
            }
        });
        return changed.options(options).build();
    }

    @Override
    public BackgroundRemovalRequest change(String stage, BackgroundRemovalRequest request) {
        Map<String, Object> parameters = changes.parameters().getOrDefault(stage, Map.of());
        if (parameters.isEmpty()) {
            return request;
        }
        Map<String, Object> options = new LinkedHashMap<>(request.options());
        options.putAll(parameters);
        return request.toBuilder().options(options).build();
    }

    @Override
    public CallOptions change(String stage, CallOptions options) {
        return Optional.ofNullable(changes.models().get(stage))
                .map(model ->
                        CallOptions.builder().from(options).forceModel(model).build())
                .orElse(options);
    }
}
