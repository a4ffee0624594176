package dev.pictor.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Texts to turn into vectors. Immutable.
 *
 * @param texts at least one, none blank
 */
public record EmbeddingRequest(List<String> texts) {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if there is no text or a blank one
     */
    public EmbeddingRequest {
        texts = List.copyOf(requireNonNull(texts, "texts"));
        if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("an embedding request needs at least one text and no blank one");
        }
    }

    @Override
    public String toString() {
        return "EmbeddingRequest[" + texts.size() + " texts]";
    }
}
