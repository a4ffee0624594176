package dev.pictor.testkit.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.model.CallContext;
import dev.pictor.model.FinishReason;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelFailure.Refusal;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.model.http.JsonBody;
import dev.pictor.model.http.ModelHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The least that an adapter to {@code /v1/chat/completions} has to do: text alone, no option. */
class ChatModel implements ReasoningModelAdapter, AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ModelProfile PROFILE =
            ModelProfile.builder("chat-1", "example").build();

    private final ModelHttp http = ModelHttp.builder()
            .putErrorCode("insufficient_quota", Reason.QUOTA_EXHAUSTED)
            .putErrorCode("content_policy_violation", Reason.BLOCKED_BY_POLICY)
            .build();
    private final URI uri;
    private final String key;

    ChatModel(URI server, String key) {
        this.uri = server.resolve("/v1/chat/completions");
        this.key = key;
    }

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    @Override
    public List<OptionWarning> unsupported(ReasoningRequest request) {
        Map<String, Boolean> asked = new LinkedHashMap<>();
        request.options().keySet().forEach(name -> asked.put(name, true));
        asked.put("seed", request.seed().isPresent());
        asked.put("temperature", request.temperature().isPresent());
        asked.put("maxOutputTokens", request.maxOutputTokens().isPresent());
        asked.put("thinkingTokens", request.thinkingTokens().isPresent());
        return asked.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(option -> new OptionWarning(option.getKey(), "not sent"))
                .toList();
    }

    @Override
    public ReasoningResult reason(ReasoningRequest request, CallContext call) throws InterruptedException {
        if (request.messages().stream()
                .flatMap(message -> message.parts().stream())
                .anyMatch(part -> !(part instanceof MessagePart.Text))) {
            throw failure(Reason.INVALID_REQUEST, Billed.NOT_SENT, null, "reads text alone", Optional.empty());
        }
        List<Map<String, String>> messages = request.messages().stream()
                .map(message -> Map.of("role", role(message), "content", message.text()))
                .toList();
        HttpRequest post = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key)
                .POST(JsonBody.of(Map.of("model", PROFILE.id(), "messages", messages)))
                .build();
        return result(http.send(PROFILE.id(), post, call, answer -> MAPPER.readTree(answer.body())), request);
    }

    private static String role(Message message) {
        return switch (message.role()) {
            case SYSTEM -> "system";
            case USER -> "user";
            case MODEL -> "assistant";
        };
    }

    private ReasoningResult result(JsonNode answer, ReasoningRequest request) {
        JsonNode choice = answer.at("/choices/0");
        if (!choice.at("/message/refusal").asText("").isEmpty()) {
            throw failure(
                    Reason.BLOCKED_BY_POLICY,
                    Billed.BILLED_UNUSABLE,
                    Refusal.REFUSED,
                    "declined",
                    text(choice, "/message/refusal"));
        }
        String finish = choice.path("finish_reason").asText("stop");
        if (finish.equals("content_filter")) {
            throw failure(
                    Reason.BLOCKED_BY_POLICY,
                    Billed.BILLED_UNUSABLE,
                    Refusal.BLOCKED_OUTPUT,
                    "held its answer back",
                    Optional.empty());
        }
        String content = choice.at("/message/content").asText("");
        if (content.isEmpty() || choice.at("/message/content").isNull()) {
            throw failure(
                    Reason.MALFORMED_ANSWER,
                    Billed.BILLED_UNUSABLE,
                    null,
                    "answered without an answer",
                    text(answer, "/error/message").or(() -> text(answer, "/error")));
        }
        UsageBuilder usage = Usage.builder();
        if (answer.has("usage")) {
            usage.inputTextTokens(answer.at("/usage/prompt_tokens").asLong());
            usage.outputTextTokens(answer.at("/usage/completion_tokens").asLong());
        }
        return ReasoningResult.builder(answer.path("model").asText(), content)
                .usage(usage.build())
                .finishReason(new FinishReason(finish))
                .warnings(unsupported(request))
                .build();
    }

    private static Optional<String> text(JsonNode node, String pointer) {
        return Optional.of(node.at(pointer)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static ModelException failure(
            Reason reason, Billed billed, @Nullable Refusal refusal, String what, Optional<String> words) {
        return new ModelException(ModelFailure.builder(PROFILE.id(), reason, billed, PROFILE.id() + " " + what)
                .refusal(Optional.ofNullable(refusal))
                .vendorMessage(words)
                .build());
    }

    @Override
    public void close() {
        http.close();
    }
}
