package dev.pictor.adapter.gemini;

import static java.util.Comparator.comparingDouble;

import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ImageConfig;
import com.google.genai.types.Part;
import com.google.genai.types.SafetySetting;
import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An {@link ImageRequest} in Gemini's words, with what Gemini has no words for. Not thread-safe. */
final class GeminiRequest {

    /** Ratios of pictures of one nominal ratio differ by up to 3 % between sizes (16:9 is drawn as 1376x768). */
    private static final double SAME_RATIO = 0.05;

    private static final AspectRatio ULTRA_WIDE = new AspectRatio(21, 9);

    private final ImageRequest request;
    private final ModelProfile profile;
    private final List<OptionWarning> warnings = new ArrayList<>();

    GeminiRequest(ImageRequest request, ModelProfile profile) {
        this.request = request;
        this.profile = profile;
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
    }

    Content content() {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.fromText(request.prompt()));
        for (ImageBytes reference : request.references()) {
            parts.add(Part.fromBytes(reference.toByteArray(), reference.format().mediaType()));
        }
        return Content.builder().role("user").parts(parts).build();
    }

    GenerateContentConfig config(HttpOptions http) {
        GenerateContentConfig.Builder config =
                GenerateContentConfig.builder().httpOptions(http).responseModalities("TEXT", "IMAGE");
        imageConfig().ifPresent(config::imageConfig);
        if (request.seed().isPresent()) {
            seed(request.seed().getAsLong(), config);
        }
        request.options().forEach((name, value) -> {
            switch (name) {
                case "temperature" -> config.temperature(number(name, value));
                case "topP" -> config.topP(number(name, value));
                case "safetySettings" -> config.safetySettings(safetySettings(value));
                default -> warn(name, "Gemini's adapter knows no option of this name and left it out");
            }
        });
        return config.build();
    }

    /** Returns what was not honoured, now that the picture is known. */
    List<OptionWarning> warnings(ImageBytes drawn) {
        request.size().filter(asked -> !asked.equals(drawn.size())).ifPresent(asked -> {
            warn("size", "Gemini draws by ratio and size class: asked " + asked + ", drew " + drawn.size());
        });
        request.aspectRatio()
                .filter(asked -> asked.distance(AspectRatio.of(drawn.size())) > SAME_RATIO)
                .ifPresent(asked -> warn("aspectRatio", "asked " + asked + ", drew " + drawn.size()));
        return warnings;
    }

    private Optional<ImageConfig> imageConfig() {
        Optional<AspectRatio> ratio = request.size()
                .map(AspectRatio::of)
                .or(request::aspectRatio)
                .flatMap(asked -> profile.aspectRatios().stream().min(comparingDouble(asked::distance)));
        List<String> classes = GeminiModels.imageSizes(profile.id());
        Optional<String> sizeClass = request.size()
                .filter(size -> classes.size() > 1)
                .flatMap(size -> classes.stream().min(comparingDouble(name -> distance(size, name))));
        if (ratio.isEmpty() && sizeClass.isEmpty()) {
            return Optional.empty();
        }
        ImageConfig.Builder config = ImageConfig.builder();
        ratio.ifPresent(nearest -> config.aspectRatio(wireName(nearest)));
        sizeClass.ifPresent(config::imageSize);
        return Optional.of(config.build());
    }

    /** Ratios are kept in lowest terms, 21:9 is not. */
    private static String wireName(AspectRatio ratio) {
        return ratio.equals(ULTRA_WIDE) ? "21:9" : ratio.toString();
    }

    /** Returns how far a size is from a class by area: every picture of class 1K has about 1024 x 1024 pixels. */
    private static double distance(PixelSize size, String sizeClass) {
        double side = sizeClass.endsWith("K")
                ? 1024 * Double.parseDouble(sizeClass.substring(0, sizeClass.length() - 1))
                : Double.parseDouble(sizeClass);
        return Math.abs(Math.log(size.pixels() / (side * side)));
    }

    private void seed(long seed, GenerateContentConfig.Builder config) {
        if (seed == (int) seed) {
            config.seed((int) seed);
            warn("seed", "sent, but Gemini does not promise the same picture for the same seed");
        } else {
            warn("seed", "left out: Gemini takes 32 bits, was " + seed);
        }
    }

    private float number(String name, Object value) {
        if (value instanceof Number number) {
            return number.floatValue();
        }
        throw invalid("needs a number for option " + name);
    }

    private List<SafetySetting> safetySettings(Object value) {
        List<SafetySetting> settings = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> map
                        && map.get("category") instanceof String category
                        && map.get("threshold") instanceof String threshold) {
                    settings.add(SafetySetting.builder()
                            .category(category)
                            .threshold(threshold)
                            .build());
                } else {
                    throw invalid("needs a category and a threshold in each entry of option safetySettings");
                }
            }
            return settings;
        }
        throw invalid("needs a list for option safetySettings");
    }

    private void warn(String option, String message) {
        warnings.add(new OptionWarning(option, message));
    }

    private ModelException invalid(String problem) {
        return GeminiFailures.failure(profile.id(), Reason.INVALID_REQUEST, Billed.NOT_SENT, problem);
    }
}
