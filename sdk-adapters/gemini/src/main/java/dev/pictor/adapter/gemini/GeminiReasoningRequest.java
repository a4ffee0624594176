package dev.pictor.adapter.gemini;

import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.ThinkingLevel;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A {@link ReasoningRequest} in Gemini's words, with what Gemini has no words for. Immutable. */
final class GeminiReasoningRequest {

    private static final Set<String> OPTIONS =
            Set.of("topP", "topK", "stopSequences", "safetySettings", "thinkingLevel");

    private final ReasoningRequest request;
    private final ModelProfile profile;
    private final GeminiOptions options;

    GeminiReasoningRequest(ReasoningRequest request, ModelProfile profile) {
        this.request = request;
        this.profile = profile;
        this.options = new GeminiOptions(profile.id(), request.options());
    }

    /**
     * Returns the conversation without what the system said.
     *
     * @throws dev.pictor.model.ModelException if the model does not read all of it
     */
    List<Content> contents() {
        List<Content> turns = new ArrayList<>();
        for (Message message : request.messages()) {
            if (message.role() != Message.Role.SYSTEM) {
                turns.add(turn(message));
            }
        }
        if (turns.isEmpty()) {
            throw invalid("needs a message of the user, was given only what the system says");
        }
        return turns;
    }

    /** Returns the conversation with what the system said as its first turn: a count takes it nowhere else. */
    List<Content> contentsToCount() {
        List<Content> turns = new ArrayList<>();
        systemText().ifPresent(text -> turns.add(GeminiContents.turn(GeminiContents.USER, text)));
        turns.addAll(contents());
        return turns;
    }

    private Content turn(Message message) {
        List<Part> parts = message.parts().stream().map(this::part).toList();
        return GeminiContents.turn(
                message.role() == Message.Role.MODEL ? GeminiContents.MODEL : GeminiContents.USER, parts);
    }

    private Part part(MessagePart part) {
        if (part instanceof MessagePart.Text words) {
            return GeminiContents.text(words.text());
        }
        if (part instanceof MessagePart.Picture picture) {
            if (!profile.readsPictures()) {
                throw invalid("reads no pictures");
            }
            return GeminiContents.picture(picture.image());
        }
        if (!profile.readsPdf()) {
            throw invalid("reads no PDF documents");
        }
        return GeminiContents.pdf(((MessagePart.Pdf) part).asByteBuffer());
    }

    private Optional<List<Part>> systemText() {
        List<Part> parts = new ArrayList<>();
        for (Message message : request.messages()) {
            if (message.role() == Message.Role.SYSTEM) {
                for (MessagePart part : message.parts()) {
                    if (!(part instanceof MessagePart.Text words)) {
                        throw invalid("takes text alone for what the system says; show pictures as the user");
                    }
                    parts.add(GeminiContents.text(words.text()));
                }
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(parts);
    }

    /**
     * Returns the settings.
     *
     * @throws dev.pictor.model.ModelException if an option has another type than Google's
     */
    GenerateContentConfig.Builder config() {
        GenerateContentConfig.Builder config = GenerateContentConfig.builder();
        systemText()
                .ifPresent(parts ->
                        config.systemInstruction(Content.builder().parts(parts).build()));
        if (!request.answerSchema().isEmpty()) {
            config.responseMimeType("application/json").responseJsonSchema(request.answerSchema());
        }
        request.maxOutputTokens().ifPresent(config::maxOutputTokens);
        request.temperature().ifPresent(temperature -> config.temperature((float) temperature));
        GeminiOptions.seedOf(request.seed()).ifPresent(config::seed);
        options.number("topP").ifPresent(config::topP);
        options.number("topK").ifPresent(config::topK);
        options.texts("stopSequences").ifPresent(config::stopSequences);
        options.safetySettings("safetySettings").ifPresent(config::safetySettings);
        thinking().ifPresent(config::thinkingConfig);
        return config;
    }

    private Optional<ThinkingConfig> thinking() {
        Optional<String> level = options.text("thinkingLevel");
        if (level.isPresent() && request.thinkingTokens().isPresent()) {
            throw invalid("takes a bound in tokens or option thinkingLevel, not both");
        }
        if (level.isEmpty() && request.thinkingTokens().isEmpty()) {
            return Optional.empty();
        }
        ThinkingConfig.Builder thinking = ThinkingConfig.builder();
        level.ifPresent(word -> thinking.thinkingLevel(new ThinkingLevel(word)));
        request.thinkingTokens().ifPresent(thinking::thinkingBudget);
        return Optional.of(thinking.build());
    }

    /** Returns what will not be honoured. */
    List<OptionWarning> warnings() {
        List<OptionWarning> warnings = new ArrayList<>(options.unknown(OPTIONS));
        GeminiOptions.unpromised(request.seed()).ifPresent(warnings::add);
        return warnings;
    }

    private RuntimeException invalid(String problem) {
        return GeminiFailures.invalid(profile.id(), problem);
    }
}
