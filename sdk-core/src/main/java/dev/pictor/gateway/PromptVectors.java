package dev.pictor.gateway;

import dev.pictor.model.Embedding;
import java.util.Optional;

/** Embeds prompts for the semantic cache. A failure costs a look-up, never a call. */
@FunctionalInterface
interface PromptVectors {

    /**
     * Embeds.
     *
     * @param asking the call that the prompt is of
     * @return the vector, or empty if the model for it failed or took too long
     * @throws InterruptedException if the call was stopped meanwhile
     */
    Optional<Embedding> of(Road<?> asking, String prompt) throws InterruptedException;
}
