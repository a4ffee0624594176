package dev.pictor.testkit.wire;

import dev.pictor.model.Embedding;
import dev.pictor.model.Usage;
import dev.pictor.testkit.FaultAnswer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** {@code CreateEmbeddingResponse} of OpenAI's API. */
final class OpenAiVectors extends OpenAiErrors implements EmbeddingWire {

    private static final String USAGE = ", \"usage\": { \"prompt_tokens\": 8, \"total_tokens\": 8 }";

    private final int dimensions;
    private final boolean packed;

    OpenAiVectors(int dimensions, boolean packed) {
        this.dimensions = dimensions;
        this.packed = packed;
    }

    @Override
    public int dimensions() {
        return dimensions;
    }

    @Override
    public Usage usage() {
        return Usage.builder().inputTextTokens(8).build();
    }

    @Override
    public FaultAnswer success() {
        return vectors(WireText.vectors(2, dimensions));
    }

    @Override
    public FaultAnswer successWithoutUsage() {
        return answer(data(WireText.vectors(2, dimensions), packed), "");
    }

    @Override
    public FaultAnswer newerSuccess() {
        return answer(
                data(WireText.vectors(2, dimensions), packed)
                        .replace("{ \"object\"", "{ \"shape\": \"soup\", \"object\""),
                USAGE + ", \"a_field_of_tomorrow\": [null, { \"b\": 1 }]");
    }

    @Override
    public FaultAnswer vectors(List<Embedding> vectors) {
        return answer(data(vectors, packed), USAGE);
    }

    /** Each vector has its place, so that the order is free; and servers that know one form alone use that. */
    @Override
    public Map<String, FaultAnswer> otherForms(List<Embedding> vectors) {
        Map<String, FaultAnswer> forms = new LinkedHashMap<>();
        forms.put(
                "the last one first",
                answer(
                        IntStream.range(0, vectors.size())
                                .map(i -> vectors.size() - 1 - i)
                                .mapToObj(i -> entry(i, vectors.get(i), packed))
                                .collect(Collectors.joining(", ")),
                        USAGE));
        if (packed) {
            forms.put("numbers in place of base64", answer(data(vectors, false), USAGE));
        }
        return forms;
    }

    @Override
    public Map<String, FaultAnswer> empty() {
        Map<String, FaultAnswer> empty = new LinkedHashMap<>();
        String none = packed ? "\"\"" : "[]";
        empty.put("no data", answer("", USAGE));
        empty.put(
                "vectors with no number",
                answer(
                        "{ \"index\": 0, \"embedding\": " + none + " }, { \"index\": 1, \"embedding\": " + none + " }",
                        USAGE));
        empty.put("entries without a vector", answer("{ \"index\": 0 }, { \"index\": 1 }", USAGE));
        return empty;
    }

    @Override
    public Map<String, FaultAnswer> broken() {
        return WireText.brokenJson(body(data(WireText.vectors(2, dimensions), packed), USAGE));
    }

    @Override
    public List<WireRefusal> refusals() {
        return List.of();
    }

    private static FaultAnswer answer(String data, String more) {
        return FaultAnswer.json(200, body(data, more)).header("x-request-id", "req_7");
    }

    private static String data(List<Embedding> vectors, boolean packed) {
        return IntStream.range(0, vectors.size())
                .mapToObj(i -> entry(i, vectors.get(i), packed))
                .collect(Collectors.joining(", "));
    }

    private static String entry(int index, Embedding vector, boolean packed) {
        String values = packed ? "\"" + base64(vector) + "\"" : "[" + WireText.numbers(vector) + "]";
        return "{ \"object\": \"embedding\", \"index\": " + index + ", \"embedding\": " + values + " }";
    }

    /** 32 bits a number, the lowest byte first. */
    private static String base64(Embedding vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * vector.dimensions()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector.toArray()) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static String body(String data, String more) {
        return "{ \"object\": \"list\", \"data\": [" + data + "], \"model\": \"vectors\"" + more + " }";
    }
}
