package dev.pictor.adapter.gemini;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a generateContent call answered, read from the stream: a picture is decoded once, from the buffer it arrives in,
 * and unknown fields are passed over. Not thread-safe.
 */
final class GeminiAnswer {

    /** The largest answer: 160 MiB, a picture of 64 MiB in base64 and as much again for thoughts and signatures. */
    private static final long MAX_BYTES = 160L << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_BYTES)
                    .maxStringLength((int) MAX_BYTES)
                    .build())
            .build());

    private final List<byte[]> images = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private Usage usage = Usage.none();
    private @Nullable String finishReason;
    private @Nullable String finishMessage;
    private @Nullable String blockReason;
    private @Nullable String modelVersion;
    private @Nullable String responseId;

    private GeminiAnswer() {}

    /**
     * Reads an answer to its end.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no JSON, or too large
     * @throws IOException if the stream fails
     */
    static GeminiAnswer read(InputStream body) throws IOException {
        GeminiAnswer answer = new GeminiAnswer();
        try (JsonParser json = MAPPER.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(json, "the answer is no JSON object");
            }
            eachField(json, answer::readField);
        }
        return answer;
    }

    private void readField(JsonParser json, String name) throws IOException {
        switch (name) {
            case "candidates" -> eachElement(json, candidate -> eachField(candidate, this::readCandidateField));
            case "promptFeedback" -> blockReason = text(tree(json).path("blockReason"));
            case "usageMetadata" -> usage = usage(tree(json));
            case "modelVersion" -> modelVersion = textOrSkip(json);
            case "responseId" -> responseId = textOrSkip(json);
            default -> json.skipChildren();
        }
    }

    private void readCandidateField(JsonParser json, String name) throws IOException {
        switch (name) {
            case "content" -> eachField(json, this::readContentField);
            case "finishReason" -> finishReason = textOrSkip(json);
            case "finishMessage" -> finishMessage = textOrSkip(json);
            default -> json.skipChildren();
        }
    }

    private void readContentField(JsonParser json, String name) throws IOException {
        if (name.equals("parts")) {
            eachElement(json, this::readPart);
        } else {
            json.skipChildren();
        }
    }

    /** Keeps what a part says or shows, unless it is a thought: those are drafts on the way to the answer. */
    private void readPart(JsonParser json) throws IOException {
        PartFields part = new PartFields();
        eachField(json, part::readField);
        if (part.thought) {
            return;
        }
        if (part.data != null) {
            images.add(part.data);
        }
        if (part.text != null) {
            text.append(part.text);
        }
    }

    private static final class PartFields {

        private @Nullable String text;
        private byte @Nullable [] data;
        private boolean thought;

        private void readField(JsonParser json, String name) throws IOException {
            switch (name) {
                case "text" -> text = textOrSkip(json);
                case "thought" -> {
                    thought = json.currentToken() == JsonToken.VALUE_TRUE;
                    json.skipChildren();
                }
                case "inlineData" -> eachField(json, this::readDataField);
                default -> json.skipChildren();
            }
        }

        private void readDataField(JsonParser json, String name) throws IOException {
            if (name.equals("data") && json.currentToken() == JsonToken.VALUE_STRING) {
                data = json.getBinaryValue();
            } else {
                json.skipChildren();
            }
        }
    }

    /** Reads the value at which the parser stands, to its last token. */
    private interface FieldReader {
        void read(JsonParser json, String name) throws IOException;
    }

    /** Reads the value at which the parser stands, to its last token. */
    private interface ElementReader {
        void read(JsonParser json) throws IOException;
    }

    private static void eachField(JsonParser json, FieldReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            reader.read(json, name);
        }
    }

    private static void eachElement(JsonParser json, ElementReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            reader.read(json);
        }
    }

    private static JsonNode tree(JsonParser json) throws IOException {
        return MAPPER.readTree(json);
    }

    private static @Nullable String textOrSkip(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }

    /**
     * Splits the counts by modality. Tokens that Gemini counts but does not place are text when read, and picture when
     * written without a picture count: the dearer of the two. Thoughts are text written.
     */
    private static Usage usage(JsonNode counts) {
        UsageBuilder usage = Usage.builder();
        if (counts.has("promptTokenCount")) {
            long image = imageTokens(counts.path("promptTokensDetails"));
            usage.inputTextTokens(Math.max(0, counts.path("promptTokenCount").asLong() - image));
            usage.inputImageTokens(image);
        }
        if (counts.has("candidatesTokenCount")) {
            JsonNode details = counts.path("candidatesTokensDetails");
            long written = Math.max(0, counts.path("candidatesTokenCount").asLong());
            long image = details.isEmpty() ? written : imageTokens(details);
            long thoughts = Math.max(0, counts.path("thoughtsTokenCount").asLong());
            usage.outputTextTokens(Math.max(0, written - image) + thoughts);
            usage.outputImageTokens(image);
        }
        return usage.build();
    }

    private static long imageTokens(JsonNode details) {
        long tokens = 0;
        for (JsonNode detail : details) {
            if (detail.path("modality").asText().equals("IMAGE")) {
                tokens += Math.max(0, detail.path("tokenCount").asLong());
            }
        }
        return tokens;
    }

    /** Returns the pictures, encoded, in order; thoughts left out. */
    List<byte[]> images() {
        return images;
    }

    /** Returns what was said beside the pictures, or an empty text. */
    String text() {
        return text.toString();
    }

    /** Returns the tokens; pictures are not counted here. */
    Usage usage() {
        return usage;
    }

    @Nullable
    String finishReason() {
        return finishReason;
    }

    @Nullable
    String finishMessage() {
        return finishMessage;
    }

    @Nullable
    String blockReason() {
        return blockReason;
    }

    @Nullable
    String modelVersion() {
        return modelVersion;
    }

    @Nullable
    String responseId() {
        return responseId;
    }
}
