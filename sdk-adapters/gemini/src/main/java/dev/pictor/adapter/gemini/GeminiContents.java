package dev.pictor.adapter.gemini;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.Part;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.Continuation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Turns of a conversation in Google's words, and as a {@link Continuation} keeps them: JSON in the form in which they go
 * over the wire.
 */
final class GeminiContents {

    static final String USER = "user";
    static final String MODEL = "model";

    private static final int MAX_STATE_CHARS = 512 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_STATE_CHARS)
                            .build())
                    .build())
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final TypeReference<List<Content>> CONTENTS = new TypeReference<>() {};

    private GeminiContents() {}

    static Content turn(String role, List<Part> parts) {
        return Content.builder().role(role).parts(parts).build();
    }

    static Part text(String text) {
        return Part.builder().text(text).build();
    }

    static Part picture(ImageBytes image) {
        return file(image.toByteArray(), image.format().mediaType());
    }

    static Part pdf(ByteBuffer document) {
        byte[] bytes = new byte[document.remaining()];
        document.get(bytes);
        return file(bytes, "application/pdf");
    }

    private static Part file(byte[] bytes, String mediaType) {
        return Part.builder()
                .inlineData(Blob.builder().data(bytes).mimeType(mediaType).build())
                .build();
    }

    /**
     * Returns what a model said as a turn of its own, with its signatures.
     *
     * @throws IllegalArgumentException if a signature is not in base64
     */
    static Content said(GeminiAnswer answer) {
        List<Part> parts = new ArrayList<>();
        for (GeminiAnswer.Part said : answer.parts()) {
            Part.Builder part = Part.builder();
            said.text().ifPresent(part::text);
            said.image()
                    .ifPresent(image -> part.inlineData(Blob.builder()
                            .data(image.toByteArray())
                            .mimeType(said.mediaType()
                                    .orElseGet(() -> image.format().mediaType()))
                            .build()));
            said.signature().ifPresent(signature -> part.thoughtSignature(bytes(signature)));
            parts.add(part.build());
        }
        return turn(MODEL, parts);
    }

    /** Both alphabets are fine in JSON of protocol buffers. */
    private static byte[] bytes(String base64) {
        boolean urlSafe = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0;
        return (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(base64);
    }

    static Continuation keep(String provider, List<Content> turns) {
        try {
            return Continuation.of(provider, MAPPER.writeValueAsBytes(turns));
        } catch (IOException e) {
            throw new IllegalStateException("the vendor's types do not become JSON", e);
        }
    }

    /**
     * Returns the turns that were kept.
     *
     * @throws dev.pictor.model.ModelException if they are another provider's, or no turns
     */
    static List<Content> read(Continuation kept, String provider, String modelId) {
        if (!kept.provider().equals(provider)) {
            throw GeminiFailures.invalid(
                    modelId, "cannot go on from an answer of " + kept.provider() + ", only of " + provider);
        }
        ByteBuffer state = kept.asByteBuffer();
        byte[] json = new byte[state.remaining()];
        state.get(json);
        try {
            return MAPPER.readValue(json, CONTENTS);
        } catch (IOException e) { // not kept as the cause: it quotes the conversation
            throw GeminiFailures.invalid(modelId, "cannot read the continuation that it was given");
        }
    }
}
