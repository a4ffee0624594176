package dev.pictor.gateway.semantic;

import dev.pictor.model.CallContext;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import java.util.List;

/**
 * Embeds texts by their words and letters, in this process and for nothing. Texts that differ in case, punctuation,
 * typos or polite words are near each other; texts that say one thing in other words are not. The same text gives the same
 * vector in every process and version of Java. Immutable and thread-safe.
 */
public final class LexicalEmbedder implements EmbeddingModelAdapter {

    /** The id of this model; its end changes whenever the vectors do. */
    public static final String MODEL_ID = "lexical-2";

    /** How many numbers a vector has. */
    public static final int DIMENSIONS = 512;

    private static final float WORD = 1; // by its letters in any order, so that a typo keeps it
    private static final float PAIR = 0.5f;
    private static final float GRAM = 0.3f;

    private static final ModelProfile PROFILE =
            ModelProfile.builder(MODEL_ID, "pictor").price(Price.free()).build();

    private final AttributeGuard guard = AttributeGuard.english();

    private LexicalEmbedder() {}

    /**
     * Returns the embedder.
     *
     * @return a new one
     */
    public static LexicalEmbedder create() {
        return new LexicalEmbedder();
    }

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request, CallContext call) {
        List<Embedding> vectors = request.texts().stream().map(this::embed).toList();
        return EmbeddingResult.builder(MODEL_ID, vectors).build();
    }

    /**
     * Embeds one text.
     *
     * @param text any text
     * @return its vector, of length 1
     */
    public Embedding embed(String text) {
        float[] vector = new float[DIMENSIONS];
        String before = "";
        for (String word : guard.read(text).words()) {
            String letters = WordLists.letters(word);
            add(vector, letters, WORD);
            add(vector, before + " " + letters, PAIR);
            for (int i = -1; i + 3 <= word.length() + 1; i++) {
                add(vector, gram(word, i), GRAM);
            }
            before = letters;
        }
        return Embedding.of(unit(vector));
    }

    private static String gram(String word, int start) {
        return (start < 0 ? "^" : "")
                + word.substring(Math.max(0, start), Math.min(word.length(), start + 3))
                + (start + 3 > word.length() ? "$" : "");
    }

    private static float[] unit(float[] vector) {
        double square = 0;
        for (float number : vector) {
            square += number * number;
        }
        float length = (float) Math.sqrt(square);
        if (length == 0) {
            vector[0] = 1; // two grams that cancel out: still a direction
        }
        for (int i = 0; i < vector.length && length > 0; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    private static void add(float[] vector, String gram, float weight) {
        int hash = gram.hashCode() * 0x9E3779B9; // String.hashCode is specified, so it is the same everywhere
        hash ^= hash >>> 15;
        vector[(hash >>> 1) % DIMENSIONS] += (hash & 1) == 0 ? weight : -weight;
    }
}
