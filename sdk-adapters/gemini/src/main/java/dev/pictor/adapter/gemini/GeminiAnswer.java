package dev.pictor.adapter.gemini;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.FinishReason;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.model.http.HttpAnswer;
import dev.pictor.model.http.JsonAnswer;
import dev.pictor.model.http.JsonPictures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a generateContent call answered. A picture is decoded once, from the buffer it arrives in; unknown fields are
 * passed over, and so are thoughts: those are drafts on the way to the answer. Immutable.
 */
final class GeminiAnswer {

    private static final JsonPictures READER = JsonPictures.at("/candidates/*/content/parts/*/inlineData/data");

    /**
     * What was said or shown, in order.
     *
     * @param text words, or empty
     * @param image a picture, or empty
     * @param mediaType what the picture is called
     * @param signature what Google wants to have back with this part, in base64, or empty
     */
    record Part(
            Optional<String> text,
            Optional<ImageBytes> image,
            Optional<String> mediaType,
            Optional<String> signature) {}

    private final JsonAnswer json;
    private final List<Part> parts = new ArrayList<>();
    private final Optional<String> finish;

    private GeminiAnswer(JsonAnswer json) {
        this.json = json;
        Optional<String> reason = Optional.empty();
        for (int i = 0; i < json.count("/candidates"); i++) {
            String candidate = "/candidates/" + i;
            String found = candidate + "/content/parts";
            for (int j = 0; j < json.count(found); j++) {
                addPart(found + "/" + j);
            }
            reason = reason.or(() -> json.text(candidate + "/finishReason"));
        }
        this.finish = reason;
    }

    private void addPart(String place) {
        if (!json.isTrue(place + "/thought")) {
            parts.add(new Part(
                    json.text(place + "/text"),
                    json.image(place + "/inlineData/data"),
                    json.text(place + "/inlineData/mimeType"),
                    json.text(place + "/thoughtSignature")));
        }
    }

    /**
     * Reads an answer to its end.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is no JSON
     * @throws IOException if the stream fails
     */
    static GeminiAnswer read(HttpAnswer answer) throws IOException {
        return new GeminiAnswer(READER.read(answer));
    }

    /** Returns what was said and shown, thoughts left out. */
    List<Part> parts() {
        return parts;
    }

    /** Returns the pictures, in order. */
    List<ImageBytes> images() {
        return parts.stream().map(Part::image).flatMap(Optional::stream).toList();
    }

    /** Returns what was said, or an empty text. */
    String text() {
        return parts.stream().map(Part::text).flatMap(Optional::stream).collect(Collectors.joining());
    }

    /** Returns Google's word for why the answer ended. */
    Optional<String> finish() {
        return finish;
    }

    /** Returns why the answer ended in the words of the SPI. */
    FinishReason finishReason() {
        return switch (finish.orElse("STOP")) {
            case "STOP" -> FinishReason.STOP;
            case "MAX_TOKENS" -> FinishReason.LENGTH;
            default -> new FinishReason(finish.get());
        };
    }

    /** Returns what Google says of an answer that is none, or what the model says in its place. */
    Optional<String> words() {
        return json.text("/error/message")
                .or(() -> json.text("/candidates/0/finishMessage"))
                .or(() -> Optional.of(text()).filter(words -> !words.isBlank()));
    }

    Optional<String> blockReason() {
        return json.text("/promptFeedback/blockReason");
    }

    Optional<String> servedBy() {
        return json.text("/modelVersion");
    }

    Optional<String> responseId() {
        return json.text("/responseId");
    }

    /**
     * Returns the tokens by modality. Those that Google counts but does not place are text when read, and when written
     * what the model is for. Thoughts are counted beside what is written and billed as text written.
     *
     * @param draws whether the model draws: tokens written without a place are a picture's then, the dearer of the two
     */
    UsageBuilder usage(boolean draws) {
        UsageBuilder usage = Usage.builder();
        OptionalLong read = count("promptTokenCount");
        if (read.isPresent()) {
            long image = Math.min(imageTokens("promptTokensDetails").orElse(0), read.getAsLong());
            usage.inputTextTokens(read.getAsLong() - image).inputImageTokens(image);
            OptionalLong cached = count("cachedContentTokenCount");
            if (cached.isPresent()) {
                long cachedImage =
                        Math.min(imageTokens("cacheTokensDetails").orElse(0), Math.min(image, cached.getAsLong()));
                usage.cachedTextTokens(Math.min(cached.getAsLong() - cachedImage, read.getAsLong() - image))
                        .cachedImageTokens(cachedImage);
            }
        }
        OptionalLong written = count("candidatesTokenCount");
        OptionalLong thoughts = count("thoughtsTokenCount");
        if (written.isPresent() || thoughts.isPresent()) {
            long all = written.orElse(0);
            long image = Math.min(imageTokens("candidatesTokensDetails").orElse(draws ? all : 0), all);
            usage.outputTextTokens(all - image + thoughts.orElse(0)).outputImageTokens(image);
        }
        return usage;
    }

    private OptionalLong count(String name) {
        OptionalLong found = json.number("/usageMetadata/" + name);
        return found.isPresent() ? OptionalLong.of(Math.max(0, found.getAsLong())) : found;
    }

    /** Returns how many of some tokens are a picture's, or empty if Google does not place them. */
    private OptionalLong imageTokens(String name) {
        String details = "/usageMetadata/" + name;
        int count = json.count(details);
        long tokens = 0;
        for (int i = 0; i < count; i++) {
            String detail = details + "/" + i;
            if (Objects.equals(json.text(detail + "/modality").orElse(null), "IMAGE")) {
                tokens += Math.max(0, json.number(detail + "/tokenCount").orElse(0));
            }
        }
        return count == 0 ? OptionalLong.empty() : OptionalLong.of(tokens);
    }
}
