package dev.pictor.gateway;

import dev.pictor.model.Embedding;
import dev.pictor.pipeline.RunContext;
import java.util.Optional;

/** Embeds prompts for the semantic cache. A failure costs a look-up, never a call. */
@FunctionalInterface
interface PromptVectors {

    /**
     * Embeds.
     *
     * @return the vector, or empty if the model for it failed
     * @throws InterruptedException if the run was stopped meanwhile
     */
    Optional<Embedding> of(RunContext run, String prompt) throws InterruptedException;
}
