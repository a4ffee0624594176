package dev.pictor.prompts;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Gathers the partials that a template uses, and those that they use. */
final class Partials {

    static final int MAX_DEPTH = 5;
    private static final int MAX_USES = 1_000;

    private final Function<String, Optional<String>> source;
    private final SortedMap<String, Partial> texts = new TreeMap<>();
    private final Map<String, Weight> weights = new HashMap<>();
    private final Deque<String> trail = new ArrayDeque<>();

    private Partials(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /**
     * Gathers.
     *
     * @param names the partials that the template names, once for each use
     * @param source gives a partial's text by its name
     * @return the texts, by name
     * @throws PromptFailure if one does not exist or uses itself, if they are nested over 5 deep, or used over 1,000 times
     */
    static SortedMap<String, Partial> gather(List<String> names, Function<String, Optional<String>> source) {
        Partials partials = new Partials(source);
        partials.weigh(names);
        return Collections.unmodifiableSortedMap(partials.texts);
    }

    @CanIgnoreReturnValue
    private Weight weigh(List<String> names) {
        int height = 0;
        int uses = 0;
        for (String name : names) {
            Weight weight = weigh(name);
            height = Math.max(height, weight.height());
            uses += weight.uses();
            if (uses > MAX_USES) {
                throw new PromptFailure(
                        PromptException.Reason.TOO_LARGE, "it uses partials more than " + MAX_USES + " times");
            }
        }
        return new Weight(height + 1, uses + 1);
    }

    private Weight weigh(String name) {
        if (trail.contains(name)) {
            throw malformed("the partial \"" + name + "\" uses itself");
        }
        trail.push(name);
        Weight weight = trail.size() > MAX_DEPTH ? new Weight(1, 1) : weights.get(name);
        if (weight == null) {
            String text = PromptText.normalise(
                    source.apply(name).orElseThrow(() -> malformed("there is no partial \"" + name + "\"")));
            TemplateTags.Result tags = tags(name, text);
            texts.put(name, new Partial(text, tags.template()));
            weight = weigh(tags.partials());
            weights.put(name, weight);
        }
        if (trail.size() - 1 + weight.height() > MAX_DEPTH) {
            throw new PromptFailure(
                    PromptException.Reason.TOO_LARGE, "partials are nested more than " + MAX_DEPTH + " deep");
        }
        trail.pop();
        return weight;
    }

    private static TemplateTags.Result tags(String name, String text) {
        try {
            return TemplateTags.read(text, 0);
        } catch (PromptFailure e) {
            throw new PromptFailure(e.reason(), "the partial \"" + name + "\", " + e.getMessage(), e);
        }
    }

    private static PromptFailure malformed(String message) {
        return new PromptFailure(PromptException.Reason.MALFORMED, message);
    }

    /**
     * A partial.
     *
     * @param text its file, with LF line ends
     * @param template what the engine compiles
     */
    record Partial(String text, String template) {}

    /** How deep partials nest below and including one, and how often partials are used for one use of it. */
    private record Weight(int height, int uses) {}
}
