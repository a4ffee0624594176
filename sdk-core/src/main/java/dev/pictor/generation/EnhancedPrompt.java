package dev.pictor.generation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.pictor.intent.StatedFact;
import dev.pictor.model.Cost;
import java.util.List;
import org.immutables.value.Value;

/** What a wish became. Immutable. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = EnhancedPromptBuilder.class)
public abstract class EnhancedPrompt {

    EnhancedPrompt() {}

    /**
     * What the image model is told.
     *
     * @return the prompt
     */
    @Value.Redacted
    public abstract String text();

    /**
     * How it was made.
     *
     * @return the way that was taken in the end
     */
    public abstract Enhancement method();

    /**
     * How many words it is longer than the wish.
     *
     * @return 0 if nothing was added; below 0 if it is shorter
     */
    public abstract int addedWords();

    /**
     * What the wish states and the prompt does not keep.
     *
     * @return empty if all is kept
     */
    @Value.Redacted
    public abstract List<StatedFact> lostFacts();

    /**
     * What making it cost.
     *
     * @return nothing, unless a model wrote it
     */
    public abstract Cost cost();
}
