package dev.pictor.gateway;

import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ReasoningModelAdapter;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.pipeline.RunContext;
import dev.pictor.trace.TraceAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A call to a model that reads and answers. */
final class ReasoningCall extends ModelCall<ReasoningResult> {

    private final ReasoningModelAdapter adapter;
    private final ReasoningRequest request;

    ReasoningCall(RunContext run, ReasoningModelAdapter adapter, ReasoningRequest request) {
        super(run, adapter.profile());
        this.adapter = adapter;
        this.request = request;
    }

    @Override
    String operation() {
        return "chat";
    }

    @Override
    String outputType() {
        return request.answerSchema().isEmpty() ? "text" : "json";
    }

    @Override
    ReasoningResult invoke() throws InterruptedException {
        return adapter.reason(request, run);
    }

    @Override
    Map<String, Object> attributes() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        request.seed().ifPresent(seed -> attributes.put(TraceAttributes.SEED, seed));
        return attributes;
    }

    @Override
    Map<String, Object> describe() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        request.maxOutputTokens().ifPresent(tokens -> parameters.put("max_output_tokens", tokens));
        request.temperature().ifPresent(temperature -> parameters.put("temperature", temperature));
        request.seed().ifPresent(seed -> parameters.put("seed", seed));
        if (!request.answerSchema().isEmpty()) {
            parameters.put("answer_schema", request.answerSchema());
        }
        if (!request.options().isEmpty()) {
            parameters.put("options", request.options());
        }
        List<Map<String, Object>> messages = request.messages().stream()
                .map(message -> Map.of(
                        "role",
                        message.role().name().toLowerCase(Locale.ROOT),
                        "parts",
                        message.parts().stream().map(ReasoningCall::part).toList()))
                .toList();
        return Map.of("messages", messages, "parameters", parameters);
    }

    private static Map<String, Object> part(MessagePart part) {
        if (part instanceof MessagePart.Picture picture) {
            return CallJson.picture(picture.image(), "reference");
        }
        if (part instanceof MessagePart.Pdf pdf) {
            return CallJson.document(pdf);
        }
        return CallJson.text(((MessagePart.Text) part).text());
    }

    @Override
    Map<String, Object> describe(ReasoningResult result) {
        return Map.of("text", result.text());
    }

    @Override
    void keepInputs() {
        for (Message message : request.messages()) {
            for (MessagePart part : message.parts()) {
                if (part instanceof MessagePart.Picture picture) {
                    run.keep("input", picture.image());
                } else if (part instanceof MessagePart.Pdf pdf) {
                    run.keep("input", pdf);
                }
            }
        }
    }
}
