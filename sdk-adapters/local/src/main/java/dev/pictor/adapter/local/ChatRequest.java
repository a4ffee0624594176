package dev.pictor.adapter.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.adapter.local.ServerProfile.JsonForm;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link ReasoningRequest} as a chat completion, with what the server has no words for. Not thread-safe. */
final class ChatRequest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LITTLE_THINKING = 2_048;
    private static final int SOME_THINKING = 8_192;

    private final ReasoningRequest request;
    private final ModelProfile model;
    private final ServerProfile server;

    ChatRequest(ReasoningRequest request, ModelProfile model, ServerProfile server) {
        this.request = request;
        this.model = model;
        this.server = server;
    }

    /** Returns what will not be honoured. */
    List<OptionWarning> warnings() {
        List<OptionWarning> warnings = new ArrayList<>();
        if (!request.answerSchema().isEmpty() && jsonForm() != JsonForm.SCHEMA) {
            warnings.add(new OptionWarning(
                    "answerSchema", "asked for in words: " + server.title() + " does not hold the model to a schema"));
        } else if (!request.answerSchema().isEmpty() && !isStrict()) {
            warnings.add(new OptionWarning(
                    "answerSchema",
                    "not held to strictly: " + server.title()
                            + " wants all properties of each object required, and no others allowed"));
        }
        request.thinkingTokens()
                .ifPresent(tokens -> warnings.add(new OptionWarning(
                        "thinkingTokens",
                        server.effortWords().isEmpty()
                                ? "left out: " + server.title() + " does not bound thinking"
                                : "sent as reasoning_effort \"" + effort(tokens) + "\": " + server.title()
                                        + " knows levels only")));
        if (request.seed().isPresent() && !server.takesSeed()) {
            warnings.add(new OptionWarning("seed", "left out: " + server.title() + " takes none for chats"));
        }
        request.options().keySet().stream()
                .filter(name -> !server.chatOptions().contains(name))
                .forEach(name -> warnings.add(new OptionWarning(
                        name, "left out: not an option that chats of " + server.title() + " honour")));
        return warnings;
    }

    /** Returns the body. */
    Map<String, Object> fields(SentPictures pictures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", model.id());
        fields.put("messages", messages(pictures));
        if (!request.answerSchema().isEmpty()) {
            responseFormat(fields);
        }
        request.maxOutputTokens().ifPresent(tokens -> fields.put(server.maxTokensField(), tokens));
        request.temperature().ifPresent(temperature -> fields.put("temperature", temperature));
        if (server.takesSeed()) {
            request.seed().ifPresent(seed -> fields.put("seed", seed));
        }
        if (!server.effortWords().isEmpty()) {
            request.thinkingTokens().ifPresent(tokens -> fields.put("reasoning_effort", effort(tokens)));
        }
        request.options().forEach((name, value) -> {
            if (server.chatOptions().contains(name)) {
                fields.put(name, value);
            }
        });
        return fields;
    }

    private JsonForm jsonForm() {
        return server.isCloud(model.id()) ? JsonForm.WORDS : server.jsonForm();
    }

    private boolean isStrict() {
        return !server.needsClosedSchemas() || ClosedSchema.isClosed(request.answerSchema());
    }

    private void responseFormat(Map<String, Object> fields) {
        JsonForm form = jsonForm();
        if (form == JsonForm.SCHEMA) {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("name", "answer");
            schema.put("strict", isStrict());
            schema.put("schema", request.answerSchema());
            fields.put("response_format", ordered("type", "json_schema", "json_schema", schema));
        } else if (form == JsonForm.OBJECT) {
            fields.put("response_format", Map.of("type", "json_object"));
        }
    }

    private List<Object> messages(SentPictures pictures) {
        List<Object> messages = new ArrayList<>();
        if (!request.answerSchema().isEmpty() && jsonForm() != JsonForm.SCHEMA) {
            messages.add(ordered("role", "system", "content", schemaInWords()));
        }
        for (Message message : request.messages()) {
            messages.add(ordered("role", role(message.role()), "content", content(message, pictures)));
        }
        return messages;
    }

    private String schemaInWords() {
        try {
            return "Answer with one JSON value that fits this JSON Schema, and with nothing else: "
                    + MAPPER.writeValueAsString(request.answerSchema());
        } catch (JsonProcessingException e) { // not kept as the cause: its message may quote a prompt
            throw new IllegalArgumentException("answerSchema is nothing that JSON can hold: "
                    + e.getClass().getSimpleName());
        }
    }

    private static String role(Message.Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case USER -> "user";
            case MODEL -> "assistant";
        };
    }

    private Object content(Message message, SentPictures pictures) {
        if (message.parts().stream().allMatch(MessagePart.Text.class::isInstance)) {
            return message.text();
        }
        if (message.role() != Message.Role.USER) {
            throw ServerErrors.refused(
                    model.id(), "takes pictures and documents in messages of the asking side only", null);
        }
        List<Object> parts = new ArrayList<>();
        for (MessagePart part : message.parts()) {
            if (part instanceof MessagePart.Text text) {
                parts.add(ordered("type", "text", "text", text.text()));
            } else if (part instanceof MessagePart.Picture picture) {
                if (!model.readsPictures()) {
                    throw ServerErrors.refused(
                            model.id(), "reads no pictures; if it does, give a profile that says readsPictures", null);
                }
                String url = pictures.of(picture.image()).toDataUri();
                parts.add(ordered("type", "image_url", "image_url", Map.of("url", url)));
            } else if (part instanceof MessagePart.Pdf pdf) {
                parts.add(ordered("type", "file", "file", file(pdf)));
            }
        }
        return parts;
    }

    private Map<String, Object> file(MessagePart.Pdf pdf) {
        if (!model.readsPdf()) {
            throw ServerErrors.refused(model.id(), "reads no PDF; send its pages as pictures", null);
        }
        String base64 = ISO_8859_1
                .decode(Base64.getEncoder().encode(pdf.asByteBuffer()))
                .toString();
        return ordered("filename", "document.pdf", "file_data", "data:application/pdf;base64," + base64);
    }

    /** Returns the level that is nearest to a number of tokens. */
    private String effort(int tokens) {
        List<String> words = server.effortWords();
        List<String> levels =
                words.stream().filter(word -> !word.equals("none")).toList();
        if (levels.isEmpty() || (tokens == 0 && words.contains("none"))) {
            return words.get(0);
        }
        if (tokens <= LITTLE_THINKING) {
            return levels.get(0);
        }
        return levels.get(tokens <= SOME_THINKING ? levels.size() / 2 : levels.size() - 1);
    }

    private static Map<String, Object> ordered(String name, Object value, String other, Object otherValue) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(name, value);
        fields.put(other, otherValue);
        return fields;
    }
}
