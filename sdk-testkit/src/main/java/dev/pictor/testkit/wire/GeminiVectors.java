package dev.pictor.testkit.wire;

import dev.pictor.model.Embedding;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code BatchEmbedContentsResponse} of v1beta. It counts nothing. */
final class GeminiVectors extends GeminiErrors implements EmbeddingWire {

    private final int dimensions;

    GeminiVectors(int dimensions) {
        this.dimensions = dimensions;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public Usage usage() {
        return Usage.none();
    }

    @Override
    public FaultAnswer success() {
        return vectors(WireText.vectors(2, dimensions));
    }

    @Override
    public FaultAnswer successWithoutUsage() {
        return success();
    }

    @Override
    public FaultAnswer vectors(List<Embedding> vectors) {
        return answer(vectors.stream().map(GeminiVectors::embedding).collect(Collectors.joining(", ")));
    }

    @Override
    public Map<String, FaultAnswer> otherForms(List<Embedding> vectors) {
        return Map.of();
    }

    @Override
    public FaultAnswer newerSuccess() {
        return FaultAnswer.json(
                200,
                "{ \"aFieldOfTomorrow\": [null, { \"b\": 1 }], "
                        + body(WireText.vectors(2, dimensions).stream()
                                        .map(vector -> "{ \"shape\": \"soup\", "
                                                + embedding(vector).substring(1))
                                        .collect(Collectors.joining(", ")))
                                .substring(1));
    }

    @Override
    public Map<String, FaultAnswer> empty() {
        Map<String, FaultAnswer> empty = new LinkedHashMap<>();
        empty.put("nothing but braces", FaultAnswer.json(200, "{}"));
        empty.put("no embeddings", answer(""));
        empty.put("embeddings without values", answer("{}, {}"));
        empty.put("embeddings with no number", answer("{ \"values\": [] }, { \"values\": [] }"));
        return empty;
    }

    @Override
    public Map<String, FaultAnswer> broken() {
        return WireText.brokenJson(
                body(embedding(WireText.vectors(1, dimensions).get(0))));
    }

    @Override
    public List<WireRefusal> refusals() {
        return List.of();
    }

    private static FaultAnswer answer(String embeddings) {
        return FaultAnswer.json(200, body(embeddings));
    }

    private static String embedding(Embedding vector) {
        return "{ \"values\": [" + WireText.numbers(vector) + "] }";
    }

    private static String body(String embeddings) {
        return "{ \"embeddings\": [" + embeddings + "] }";
    }
}
