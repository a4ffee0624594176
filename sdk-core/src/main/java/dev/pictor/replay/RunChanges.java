package dev.pictor.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/** What a fork does otherwise than the run that it is forked from. Immutable. The string form shows no content. */
@Value.Immutable
public abstract class RunChanges {

    private static final Set<String> NUMBERS =
            Set.of("seed", "count", "temperature", "maxOutputTokens", "thinkingTokens");

    RunChanges() {}

    /**
     * Returns a builder of no changes.
     *
     * @return a new builder
     */
    public static RunChangesBuilder builder() {
        return new RunChangesBuilder();
    }

    /**
     * Texts to use in place of prompts, by {@code name} for whatever variant is chosen, or by {@code name.variant} for
     * that one. A text is a template or a whole prompt file, as an override is. Default: none.
     *
     * @return texts by such as {@code generation/enhance.art}
     */
    @Value.Redacted
    public abstract Map<String, String> prompts();

    /**
     * Versions of prompts to use whatever overrides, experiments and labels say, by the prompt's name. Default: none.
     *
     * @return what {@link dev.pictor.prompts.PromptSelection#pin()} takes, by such as {@code generation/enhance}
     */
    public abstract Map<String, String> pins();

    /**
     * The one model that may serve the calls of a stage, of those calls that a model of its kind can serve: who judges what
     * another model draws stays the same. Default: none.
     *
     * @return ids or aliases of models, by the path of the stage
     */
    public abstract Map<String, String> models();

    /**
     * Parameters of the calls of a stage: {@code seed}, {@code count}, {@code temperature}, {@code maxOutputTokens} and
     * {@code thinkingTokens} where the request has such, and any other as the vendor's option of that name. Default: none.
     *
     * @return values by name, by the path of the stage
     */
    @Value.Redacted
    public abstract Map<String, Map<String, Object>> parameters();

    /**
     * What goes in. Default: what went into the past run.
     *
     * @return a value of the pipeline's input type
     */
    @Value.Redacted
    public abstract Optional<Object> input();

    /**
     * The stage from which on the run is run anew: it and all that need what it gives. Default: the stages that the
     * changes touch, and all that need what they give.
     *
     * @return the path of a stage
     */
    public abstract Optional<String> fromStage();

    /** Returns what is changed, each in words without content. */
    final List<String> describe() {
        List<String> words = new ArrayList<>();
        prompts().keySet().forEach(name -> words.add("prompt " + name));
        pins().forEach((name, version) -> words.add("prompt " + name + " to version " + version));
        models().forEach((stage, model) -> words.add("model of " + stage + " to " + model));
        parameters()
                .forEach((stage, values) ->
                        values.keySet().forEach(name -> words.add("parameter " + name + " of " + stage)));
        input().ifPresent(value -> words.add("input"));
        return List.copyOf(words);
    }

    @Value.Check
    void check() {
        parameters()
                .forEach((stage, values) -> values.forEach((name, value) -> {
                    if (NUMBERS.contains(name) && !(value instanceof Number)) {
                        throw new IllegalArgumentException("parameter " + name + " of stage " + stage
                                + " must be a number, was a " + value.getClass().getSimpleName());
                    }
                }));
    }
}
