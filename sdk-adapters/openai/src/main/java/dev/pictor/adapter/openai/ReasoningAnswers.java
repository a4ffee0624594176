package dev.pictor.adapter.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.model.http.HttpAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Reads answers of reasoning models. What is not known in them is passed over. */
final class ReasoningAnswers {

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String modelId;
    private final ReasoningPlan plan;
    private final JsonNode answer;
    private final Optional<String> requestId;

    private ReasoningAnswers(String modelId, ReasoningPlan plan, HttpAnswer answer) throws IOException {
        this.modelId = modelId;
        this.plan = plan;
        this.answer = OpenAiConnection.tree(answer);
        this.requestId = answer.vendorRequestId();
    }

    /** Reads an answer of the Responses API. */
    static ReasoningResult ofResponse(String modelId, ReasoningPlan plan, HttpAnswer answer) throws IOException {
        return new ReasoningAnswers(modelId, plan, answer).ofResponse();
    }

    /** Reads an answer of chat completions. */
    static ReasoningResult ofCompletion(String modelId, ReasoningPlan plan, HttpAnswer answer) throws IOException {
        return new ReasoningAnswers(modelId, plan, answer).ofCompletion();
    }

    private ReasoningResult ofResponse() {
        OpenAiFailures.checkError(modelId, answer, requestId);
        List<String> texts = new ArrayList<>();
        for (JsonNode item : answer.path("output")) {
            for (JsonNode part : item.path("content")) {
                String refusal = part.path("refusal").asText();
                if (part.path("type").asText().equals("refusal") || !refusal.isEmpty()) {
                    throw OpenAiFailures.declined(modelId, refusal, requestId);
                }
                if (part.path("type").asText().equals("output_text")) {
                    texts.add(part.path("text").asText());
                }
            }
        }
        String why = answer.at("/incomplete_details/reason").asText();
        if (why.equals("content_filter")) {
            throw OpenAiFailures.heldBack(modelId, Optional.empty(), requestId);
        }
        FinishReason finish = why.isEmpty() || why.equals("null")
                ? FinishReason.STOP
                : why.equals("max_output_tokens") ? FinishReason.LENGTH : new FinishReason(why);
        return result(String.join("", texts), finish, usage("input_tokens", "output_tokens"));
    }

    private ReasoningResult ofCompletion() {
        OpenAiFailures.checkError(modelId, answer, requestId);
        JsonNode choice = answer.at("/choices/0");
        JsonNode refusal = choice.at("/message/refusal");
        if (refusal.isTextual() && !refusal.textValue().isEmpty()) {
            throw OpenAiFailures.declined(modelId, refusal.textValue(), requestId);
        }
        String why = choice.path("finish_reason").asText();
        if (why.equals("content_filter")) {
            throw OpenAiFailures.heldBack(modelId, Optional.empty(), requestId);
        }
        JsonNode content = choice.at("/message/content");
        FinishReason finish = why.isEmpty() || why.equals("null") ? FinishReason.STOP : new FinishReason(why);
        return result(
                content.isTextual() ? content.textValue() : "", finish, usage("prompt_tokens", "completion_tokens"));
    }

    private ReasoningResult result(String text, FinishReason finish, Usage usage) {
        if (text.isBlank()) {
            throw OpenAiFailures.useless(
                    modelId,
                    finish.equals(FinishReason.LENGTH)
                            ? "used up its tokens before it said anything: raise maxOutputTokens"
                            : "answered without a word",
                    requestId);
        }
        if (plan.hasSchema() && !isJson(text)) {
            throw OpenAiFailures.useless(
                    modelId,
                    finish.equals(FinishReason.LENGTH)
                            ? "used up its tokens within the JSON that was asked for: raise maxOutputTokens"
                            : "answered with something else than the JSON that was asked for",
                    requestId);
        }
        String servedBy = answer.path("model").asText();
        return ReasoningResult.builder(servedBy.isBlank() ? modelId : servedBy, text)
                .usage(usage)
                .finishReason(finish)
                .warnings(plan.warnings())
                .vendorRequestId(requestId)
                .build();
    }

    private static boolean isJson(String text) {
        try {
            return !STRICT.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Tokens of pictures are in those of the text: OpenAI does not tell them apart. Thinking is in what was written. */
    private Usage usage(String read, String written) {
        UsageBuilder usage = Usage.builder();
        count("/usage/" + read, usage::inputTextTokens);
        count("/usage/" + read + "_details/cached_tokens", usage::cachedTextTokens);
        count("/usage/" + written, usage::outputTextTokens);
        return usage.build();
    }

    private void count(String at, LongConsumer to) {
        JsonNode number = answer.at(at);
        if (number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0) {
            to.accept(number.longValue());
        }
    }
}
