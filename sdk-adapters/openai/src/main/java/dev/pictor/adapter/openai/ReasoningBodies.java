package dev.pictor.adapter.openai;

import com.openai.core.JsonValue;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputFile;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseInputText;
import com.openai.models.responses.ResponseTextConfig;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes requests to reasoning models, in the forms that OpenAI takes. */
final class ReasoningBodies {

    private static final String SCHEMA_NAME = "answer";
    private static final String PDF_NAME = "document.pdf";

    private ReasoningBodies() {}

    /** Returns the body of {@code POST /responses}. OpenAI is asked not to keep the answer. */
    static ResponseCreateParams.Body response(String model, ReasoningPlan plan) {
        ResponseCreateParams.Body.Builder body = ResponseCreateParams.Body.builder()
                .model(model)
                .inputOfResponse(items(plan))
                .store(false);
        plan.maxOutputTokens().ifPresent(body::maxOutputTokens);
        plan.temperature().ifPresent(body::temperature);
        plan.topP().ifPresent(body::topP);
        plan.safetyIdentifier().ifPresent(body::safetyIdentifier);
        plan.effort()
                .ifPresent(level -> body.reasoning(
                        Reasoning.builder().effort(ReasoningEffort.of(level)).build()));
        if (plan.hasSchema() || plan.verbosity().isPresent()) {
            ResponseTextConfig.Builder text = ResponseTextConfig.builder();
            if (plan.hasSchema()) {
                text.format(format(plan));
            }
            plan.verbosity().ifPresent(word -> text.verbosity(ResponseTextConfig.Verbosity.of(word)));
            body.text(text.build());
        }
        return body.build();
    }

    /** Returns the body of {@code POST /responses/input_tokens}, with everything of a response that is read. */
    static InputTokenCountParams.Body count(String model, ReasoningPlan plan) {
        InputTokenCountParams.Body.Builder body =
                InputTokenCountParams.Body.builder().model(model).inputOfResponseInputItems(items(plan));
        if (plan.hasSchema()) {
            body.text(InputTokenCountParams.Text.builder().format(format(plan)).build());
        }
        return body.build();
    }

    /** Returns the body of {@code POST /chat/completions}. OpenAI is asked not to keep the answer. */
    @SuppressWarnings("deprecation") // the seed is old, and still the only one
    static ChatCompletionCreateParams.Body completion(String model, ReasoningPlan plan) {
        ChatCompletionCreateParams.Body.Builder body =
                ChatCompletionCreateParams.Body.builder().model(model).store(false);
        plan.request().messages().forEach(message -> add(message, body));
        plan.maxOutputTokens().ifPresent(body::maxCompletionTokens);
        plan.temperature().ifPresent(body::temperature);
        plan.topP().ifPresent(body::topP);
        plan.seed().ifPresent(body::seed);
        plan.safetyIdentifier().ifPresent(body::safetyIdentifier);
        plan.effort().ifPresent(level -> body.reasoningEffort(ReasoningEffort.of(level)));
        plan.verbosity().ifPresent(word -> body.verbosity(ChatCompletionCreateParams.Verbosity.of(word)));
        if (plan.hasSchema()) {
            body.jsonSchemaResponseFormat(ResponseFormatJsonSchema.JsonSchema.builder()
                    .name(SCHEMA_NAME)
                    .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                            .additionalProperties(values(plan))
                            .build())
                    .strict(plan.isStrict())
                    .build());
        }
        return body.build();
    }

    private static ResponseFormatTextJsonSchemaConfig format(ReasoningPlan plan) {
        return ResponseFormatTextJsonSchemaConfig.builder()
                .name(SCHEMA_NAME)
                .schema(ResponseFormatTextJsonSchemaConfig.Schema.builder()
                        .additionalProperties(values(plan))
                        .build())
                .strict(plan.isStrict())
                .build();
    }

    private static Map<String, JsonValue> values(ReasoningPlan plan) {
        return plan.request().answerSchema().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> JsonValue.from(entry.getValue())));
    }

    private static List<ResponseInputItem> items(ReasoningPlan plan) {
        List<ResponseInputItem> items = new ArrayList<>();
        for (Message message : plan.request().messages()) {
            EasyInputMessage.Builder item = EasyInputMessage.builder();
            switch (message.role()) {
                case SYSTEM -> item.role(EasyInputMessage.Role.SYSTEM).content(message.text());
                case MODEL -> item.role(EasyInputMessage.Role.ASSISTANT).content(message.text());
                case USER ->
                    item.role(EasyInputMessage.Role.USER)
                            .contentOfResponseInputMessageContentList(message.parts().stream()
                                    .map(ReasoningBodies::inputOf)
                                    .toList());
            }
            items.add(ResponseInputItem.ofEasyInputMessage(item.build()));
        }
        return items;
    }

    private static ResponseInputContent inputOf(MessagePart part) {
        if (part instanceof MessagePart.Picture picture) {
            return ResponseInputContent.ofInputImage(ResponseInputImage.builder()
                    .imageUrl(picture.image().toDataUri())
                    .detail(ResponseInputImage.Detail.AUTO)
                    .build());
        }
        if (part instanceof MessagePart.Pdf pdf) {
            return ResponseInputContent.ofInputFile(ResponseInputFile.builder()
                    .filename(PDF_NAME)
                    .fileData(dataUrl(pdf))
                    .build());
        }
        return ResponseInputContent.ofInputText(ResponseInputText.builder()
                .text(((MessagePart.Text) part).text())
                .build());
    }

    private static void add(Message message, ChatCompletionCreateParams.Body.Builder body) {
        switch (message.role()) {
            case SYSTEM -> body.addSystemMessage(message.text());
            case MODEL -> body.addAssistantMessage(message.text());
            case USER ->
                body.addUserMessageOfArrayOfContentParts(
                        message.parts().stream().map(ReasoningBodies::contentOf).toList());
        }
    }

    private static ChatCompletionContentPart contentOf(MessagePart part) {
        if (part instanceof MessagePart.Picture picture) {
            return ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                    .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                            .url(picture.image().toDataUri())
                            .build())
                    .build());
        }
        if (part instanceof MessagePart.Pdf pdf) {
            return ChatCompletionContentPart.ofFile(ChatCompletionContentPart.File.builder()
                    .file(ChatCompletionContentPart.File.FileObject.builder()
                            .filename(PDF_NAME)
                            .fileData(dataUrl(pdf))
                            .build())
                    .build());
        }
        return ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                .text(((MessagePart.Text) part).text())
                .build());
    }

    private static String dataUrl(MessagePart.Pdf pdf) {
        byte[] encoded = Base64.getEncoder().encode(pdf.asByteBuffer()).array();
        return "data:application/pdf;base64," + new String(encoded, StandardCharsets.US_ASCII);
    }
}
