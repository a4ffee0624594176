package dev.pictor.prompts;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One thing that is wrong with an answer. Immutable. Nothing of the answer's own values is in it, and of its names only
 * those that the schema knows.
 *
 * @param pointer where: a JSON Pointer (RFC 6901) into the answer, empty for the whole of it
 * @param keyword what of the schema is broken, such as {@code required}, {@code type} or {@code maximum}; {@code json} if
 *     there is no complete JSON object, {@code duplicate} if a name is there twice, {@code size} if a limit is passed
 * @param message what is allowed, as the end of a sentence about the place
 */
public record AnswerProblem(String pointer, String keyword, String message) implements Serializable {

    /** Checks that all are given. */
    public AnswerProblem {
        requireNonNull(pointer, "pointer");
        requireNonNull(keyword, "keyword");
        requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the answer" : pointer) + " " + message;
    }
}
