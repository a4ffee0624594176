package dev.pictor.testkit.wire;

/**
 * OpenAI's API, and that of servers that speak like it. Errors are {@code {"error": {"message", "type", "param",
 * "code"}}}.
 */
public final class OpenAiWire {

    private OpenAiWire() {}

    /**
     * Returns pictures by {@code POST /v1/images/generations} and {@code /v1/images/edits}. Refusals are errors of status
     * 400.
     *
     * @return a format
     */
    public static ImageWire images() {
        return new OpenAiImages();
    }

    /**
     * Returns words by {@code POST /v1/responses}.
     *
     * @return a format
     */
    public static ReasoningWire responses() {
        return new OpenAiResponses();
    }

    /**
     * Returns words by {@code POST /v1/chat/completions}.
     *
     * @return a format
     */
    public static ReasoningWire chat() {
        return new OpenAiChat(OpenAiChat.Dialect.OPENAI);
    }

    /**
     * Returns words by Ollama's {@code POST /v1/chat/completions}: no details in the counts, no refusals, errors of
     * OpenAI's form or plain words.
     *
     * @return a format
     */
    public static ReasoningWire ollamaChat() {
        return new OpenAiChat(OpenAiChat.Dialect.OLLAMA);
    }

    /**
     * Returns words by LM Studio's {@code POST /v1/chat/completions}: errors are plain words, and come with status 200
     * too.
     *
     * @return a format
     */
    public static ReasoningWire lmStudioChat() {
        return new OpenAiChat(OpenAiChat.Dialect.LM_STUDIO);
    }

    /**
     * Returns vectors by {@code POST /v1/embeddings}, as numbers.
     *
     * @param dimensions how long they are, 2 or more
     * @return a format
     */
    public static EmbeddingWire embeddings(int dimensions) {
        return new OpenAiVectors(dimensions, false);
    }

    /**
     * Returns vectors by {@code POST /v1/embeddings} as {@code "encoding_format": "base64"} asks for: 32 bits a number,
     * the lowest byte first.
     *
     * @param dimensions how long they are, 2 or more
     * @return a format
     */
    public static EmbeddingWire embeddingsInBase64(int dimensions) {
        return new OpenAiVectors(dimensions, true);
    }
}
