package dev.pictor.gateway;

import static java.util.Objects.requireNonNull;

import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.TraceEvent;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a trace has it. Immutable.
 *
 * @param answer the event {@code answer}, its body as plain JSON
 * @param call the event {@code model_call.end} that it names as the one that has the result, its body as plain JSON, or
 *     null if it names none
 * @param artifacts has the pictures and other bytes
 */
public record RecordedAnswer(TraceEvent answer, @Nullable TraceEvent call, ArtifactStore artifacts) {

    /** Creates an answer. */
    public RecordedAnswer {
        requireNonNull(answer, "answer");
        requireNonNull(artifacts, "artifacts");
    }
}
