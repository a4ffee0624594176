package dev.pictor.testkit.wire;

/**
 * Google's Gemini API with a key: {@code POST /v1beta/models/<model>:generateContent} and {@code :batchEmbedContents}.
 * Errors are Google's ({@code google.rpc.Status} with details): a wrong key is a 400, a spent quota a 429.
 */
public final class GeminiWire {

    private GeminiWire() {}

    /**
     * Returns pictures by {@code generateContent}. Prompts are blocked in {@code promptFeedback}, pictures by
     * {@code finishReason}, all with status 200.
     *
     * @return a format
     */
    public static ImageWire images() {
        return new GeminiImages();
    }

    /**
     * Returns words by {@code generateContent}.
     *
     * @return a format
     */
    public static ReasoningWire reasoning() {
        return new GeminiWords();
    }

    /**
     * Returns vectors by {@code batchEmbedContents}.
     *
     * @param dimensions how long they are, 2 or more
     * @return a format
     */
    public static EmbeddingWire embeddings(int dimensions) {
        return new GeminiVectors(dimensions);
    }
}
