package dev.pictor.adapter.gemini;

import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.ImageConfig;
import com.google.genai.types.Part;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An {@link ImageRequest} in Gemini's words, with what Gemini has no words for. Immutable. */
final class GeminiImageRequest {

    private static final Set<String> OPTIONS = Set.of("temperature", "topP", "safetySettings", PictureShape.OPTION);

    private final ImageRequest request;
    private final ModelProfile profile;
    private final PictureShape shape;
    private final GeminiOptions options;

    GeminiImageRequest(ImageRequest request, ModelProfile profile) {
        this.request = request;
        this.profile = profile;
        this.shape = new PictureShape(request, profile);
        this.options = new GeminiOptions(profile.id(), request.options());
    }

    /**
     * Returns the conversation, the request being its last turn.
     *
     * @throws dev.pictor.model.ModelException if the model does not take it
     */
    List<Content> contents() {
        if (request.references().size() > profile.maxReferences()) {
            throw invalid("takes at most " + profile.maxReferences() + " references, was given "
                    + request.references().size());
        }
        if (request.mask().isPresent()) {
            throw invalid("takes no mask; describe in the prompt what to change");
        }
        if (request.count() > profile.maxCount()) {
            throw invalid("draws " + profile.maxCount() + " at a time, was asked for " + request.count());
        }
        if (request.continuation().isPresent() && !profile.supportsContinuation()) {
            throw invalid("does not go on from an earlier answer");
        }
        List<Content> turns = new ArrayList<>();
        request.continuation()
                .ifPresent(kept -> turns.addAll(GeminiContents.read(kept, profile.provider(), profile.id())));
        List<Part> parts = new ArrayList<>();
        parts.add(GeminiContents.text(request.prompt()));
        for (ImageBytes reference : request.references()) {
            parts.add(GeminiContents.picture(reference));
        }
        turns.add(GeminiContents.turn(GeminiContents.USER, parts));
        return turns;
    }

    /**
     * Returns the settings.
     *
     * @throws dev.pictor.model.ModelException if an option has another type than Google's
     */
    GenerateContentConfig.Builder config() {
        GenerateContentConfig.Builder config = GenerateContentConfig.builder().responseModalities("TEXT", "IMAGE");
        Optional<String> ratio = shape.ratio();
        Optional<String> sizeClass = shape.sizeClass();
        if (ratio.isPresent() || sizeClass.isPresent()) {
            ImageConfig.Builder image = ImageConfig.builder();
            ratio.ifPresent(image::aspectRatio);
            sizeClass.ifPresent(image::imageSize);
            config.imageConfig(image.build());
        }
        GeminiOptions.seedOf(request.seed()).ifPresent(config::seed);
        options.number("temperature").ifPresent(config::temperature);
        options.number("topP").ifPresent(config::topP);
        options.safetySettings("safetySettings").ifPresent(config::safetySettings);
        return config;
    }

    /** Returns what will not be honoured, as far as the request alone tells. */
    List<OptionWarning> warnings() {
        List<OptionWarning> warnings = new ArrayList<>(options.unknown(OPTIONS));
        GeminiOptions.unpromised(request.seed()).ifPresent(warnings::add);
        warnings.addAll(shape.warnings());
        if (request.continuable() && !profile.supportsContinuation()) {
            warnings.add(new OptionWarning("continuable", "there is no going on from an answer of this model"));
        }
        return warnings;
    }

    /** Returns what was not honoured, now that the picture is known. One warning an option is enough. */
    List<OptionWarning> warnings(ImageBytes drawn) {
        List<OptionWarning> warnings = warnings();
        shape.warnings(drawn.size()).stream()
                .filter(found ->
                        warnings.stream().noneMatch(known -> known.option().equals(found.option())))
                .forEach(warnings::add);
        return warnings;
    }

    boolean isToBeKept() {
        return request.continuable() && profile.supportsContinuation();
    }

    private RuntimeException invalid(String problem) {
        return GeminiFailures.invalid(profile.id(), problem);
    }
}
