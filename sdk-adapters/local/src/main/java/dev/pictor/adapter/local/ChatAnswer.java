package dev.pictor.adapter.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A chat completion. What a model thought ({@code reasoning}, {@code reasoning_content}) is left aside. Immutable. */
final class ChatAnswer {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern FENCED = Pattern.compile("\\s*```(?:json)?\\s*\\n(.*)\\n\\s*```\\s*", Pattern.DOTALL);

    private final String modelId;
    private final JsonNode root;
    private final JsonNode choice;
    private final Optional<String> requestId;

    ChatAnswer(String modelId, JsonNode root, Optional<String> requestId) {
        this.modelId = modelId;
        this.root = root;
        this.choice = root.path("choices").path(0);
        this.requestId = requestId;
    }

    String servedBy() {
        return Json.text(root.path("model")).filter(id -> !id.isBlank()).orElse(modelId);
    }

    FinishReason finishReason() {
        return Json.text(choice.path("finish_reason"))
                .filter(word -> !word.isBlank())
                .map(FinishReason::new)
                .orElse(FinishReason.STOP);
    }

    Usage usage() {
        UsageBuilder usage = Usage.builder();
        Json.count(root.at("/usage/prompt_tokens")).ifPresent(usage::inputTextTokens);
        Json.count(root.at("/usage/prompt_tokens_details/cached_tokens")).ifPresent(usage::cachedTextTokens);
        Json.count(root.at("/usage/completion_tokens")).ifPresent(usage::outputTextTokens);
        return usage.build();
    }

    /**
     * Returns the answer's words, or one JSON value.
     *
     * @throws ModelException if the model declined, or there is no such answer
     */
    String text(boolean isJson) {
        if (!choice.isObject()) {
            throw unusable(Reason.MALFORMED_ANSWER, "answered without choices", null, Optional.empty());
        }
        JsonNode message = choice.path("message");
        Optional<String> refusal = Json.text(message.path("refusal")).filter(words -> !words.isBlank());
        if (refusal.isPresent()) {
            throw unusable(Reason.BLOCKED_BY_POLICY, "declined in words", Refusal.REFUSED, refusal);
        }
        if (finishReason().value().equals("content_filter")) {
            throw unusable(
                    Reason.BLOCKED_BY_POLICY,
                    "answered, but a policy held the answer back",
                    Refusal.BLOCKED_OUTPUT,
                    Optional.empty());
        }
        String text = content(message.path("content"));
        if (text.isBlank()) {
            throw unusable(Reason.MALFORMED_ANSWER, "answered without a word" + tokensRanOut(), null, Optional.empty());
        }
        return isJson ? json(text) : text;
    }

    /** Most servers send a text, some a list of parts. */
    private static String content(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }

    /** Models that are held to no schema like to put JSON into a fence. */
    private String json(String text) {
        Matcher fenced = FENCED.matcher(text);
        String json = fenced.matches() ? fenced.group(1) : text;
        try {
            MAPPER.readTree(json);
            return json;
        } catch (JsonProcessingException e) { // not kept as the cause: it quotes the answer
            throw unusable(
                    Reason.MALFORMED_ANSWER,
                    "was asked for JSON and answered with something else" + tokensRanOut(),
                    null,
                    Optional.empty());
        }
    }

    private String tokensRanOut() {
        return finishReason().equals(FinishReason.LENGTH) ? ": it had used up its tokens; allow more" : "";
    }

    private ModelException unusable(
            Reason reason, String problem, @Nullable Refusal refusal, Optional<String> vendorMessage) {
        return new ModelException(ServerErrors.unusable(modelId, reason, problem, requestId)
                .refusal(Optional.ofNullable(refusal))
                .vendorMessage(vendorMessage)
                .build());
    }
}
