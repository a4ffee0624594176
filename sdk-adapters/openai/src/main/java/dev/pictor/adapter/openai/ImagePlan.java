package dev.pictor.adapter.openai;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.PixelSize;
import dev.pictor.model.Continuation;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a request goes to OpenAI and under which name, what is left out, and what makes it impossible. Limits are those
 * of openai-java 4.100.0, read on 2026-11-20. Immutable.
 */
final class ImagePlan {

    private static final int MAX_REFERENCE_BYTES = 50 << 20;
    private static final int MAX_MASK_BYTES = 4 << 20;
    private static final int MAX_IDENTIFIER_CHARS = 64;
    private static final double SAME_RATIO = 0.01;
    private static final Pattern RESPONSE_ID = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    /** Parameters whose values are words. */
    private static final Set<String> WORDS =
            Set.of("quality", "background", "moderation", "output_format", "input_fidelity", "complexity");

    private final ImageRequest request;
    private final ModelProfile profile;
    private final ModelParameters parameters;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final List<OptionWarning> warnings = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Optional<PixelSize> size;

    ImagePlan(ImageRequest request, ModelProfile profile) {
        this.request = request;
        this.profile = profile;
        this.parameters = ModelParameters.of(profile);
        this.size = planSize();
        size.ifPresent(planned -> fields.put("size", planned.toString()));
        request.seed().ifPresent(seed -> warn("seed", "left out: OpenAI's image models take none"));
        request.options().forEach(this::plan);
        checkTogether();
        checkPictures();
        checkConversation();
    }

    ImageRequest request() {
        return request;
    }

    /** Returns size and options by OpenAI's names: words, and whole numbers. */
    Map<String, Object> fields() {
        return fields;
    }

    List<OptionWarning> warnings() {
        return warnings;
    }

    /**
     * Returns the warnings of an answer.
     *
     * @param drawn the size of its first picture
     */
    List<OptionWarning> warnings(PixelSize drawn) {
        String option = request.size().isPresent() ? "size" : "aspectRatio";
        boolean other = size.isPresent() && !size.get().equals(drawn);
        if (!other || warnings.stream().anyMatch(warning -> warning.option().equals(option))) {
            return warnings;
        }
        List<OptionWarning> all = new ArrayList<>(warnings);
        all.add(new OptionWarning(option, "asked for " + size.get() + ", drew " + drawn));
        return all;
    }

    /** Returns whether this is a turn of a conversation, which the vendor keeps. */
    boolean isConversation() {
        return request.continuable() || request.continuation().isPresent();
    }

    /** Returns the name of the answer that this goes on from. */
    Optional<String> previousResponse() {
        return request.continuation()
                .map(Continuation::asByteBuffer)
                .map(bytes -> StandardCharsets.UTF_8.decode(bytes).toString());
    }

    /** Throws if the request cannot be served as it is. */
    void check() throws ModelException {
        if (!problems.isEmpty()) {
            throw OpenAiFailures.invalid(profile.id(), problems.get(0));
        }
    }

    private Optional<PixelSize> planSize() {
        ImageSizes sizes = new ImageSizes(profile);
        if (request.size().isPresent()) {
            PixelSize asked = request.size().get();
            Optional<PixelSize> nearest = sizes.nearest(asked);
            if (nearest.isEmpty()) {
                return Optional.of(asked); // nothing is known of its sizes: the vendor decides
            }
            if (!nearest.get().equals(asked)) {
                warn("size", "asked for " + nearest.get() + ": the nearest to " + asked + " that the model draws");
            }
            return nearest;
        }
        return request.aspectRatio().flatMap(ratio -> {
            Optional<PixelSize> nearest = sizes.nearest(ratio);
            if (nearest.isEmpty()) {
                warn("aspectRatio", "left out: nothing is known of the sizes that the model draws");
            } else if (AspectRatio.of(nearest.get()).distance(ratio) > SAME_RATIO) {
                warn(
                        "aspectRatio",
                        "asked for " + nearest.get() + ": the nearest to " + ratio + " that the model draws");
            }
            return nearest;
        });
    }

    private void plan(String option, Object value) {
        if (WORDS.contains(option)) {
            planWord(option, value);
        } else if (option.equals("output_compression")) {
            if (value instanceof Integer percent && percent >= 0 && percent <= 100) {
                fields.put(option, percent);
            } else {
                problems.add("needs a whole number from 0 to 100 for option output_compression, was " + value);
            }
        } else if (option.equals("safety_identifier") || option.equals("user")) {
            planIdentifier(option, value);
        } else {
            warn(option, "left out: not an option of OpenAI's image models that this adapter knows");
        }
    }

    private void planWord(String option, Object value) {
        if (!(value instanceof String word)) {
            problems.add("needs a text for option " + option + ", was a "
                    + value.getClass().getSimpleName());
        } else if (parameters.take(option, word)) {
            fields.put(option, word);
        } else if (parameters.values(option).isEmpty()) {
            warn(option, "left out: " + profile.id() + " does not take it");
        } else {
            warn(
                    option,
                    "left out: " + profile.id() + " takes " + String.join(", ", parameters.values(option)) + ", was "
                            + shortened(word));
        }
    }

    /** OpenAI has renamed it: the old name is still in many programs. */
    private void planIdentifier(String option, Object value) {
        if (!(value instanceof String text) || text.isEmpty() || text.length() > MAX_IDENTIFIER_CHARS) {
            problems.add("needs a text of 1 to " + MAX_IDENTIFIER_CHARS + " characters for option " + option);
        } else if (option.equals("user") && request.options().containsKey("safety_identifier")) {
            warn(option, "left out: safety_identifier takes its place");
        } else {
            fields.put("safety_identifier", text);
        }
    }

    private void checkTogether() {
        Object format = fields.getOrDefault("output_format", "png");
        if (format.equals("jpeg") && "transparent".equals(fields.get("background"))) {
            problems.add("draws a transparent background as png or webp only, output_format was jpeg");
        }
        if (format.equals("png") && fields.remove("output_compression") != null) {
            warn("output_compression", "left out: for jpeg and webp only");
        }
        if (!request.references().isEmpty() && !isConversation() && fields.remove("moderation") != null) {
            warn("moderation", "left out: for requests without references only");
        }
        boolean reads = !request.references().isEmpty() || isConversation();
        if (!reads && fields.remove("input_fidelity") != null) {
            warn("input_fidelity", "left out: the request has no reference");
        }
    }

    private void checkPictures() {
        int chars = request.prompt().length();
        int mostChars = profile.maxPromptChars().orElse(ImageRequest.MAX_PROMPT_CHARS);
        if (chars > mostChars) {
            problems.add("reads prompts of at most " + mostChars + " characters, prompt had " + chars);
        }
        if (request.count() > profile.maxCount()) {
            problems.add("draws at most " + profile.maxCount() + " pictures a request, count was " + request.count());
        }
        List<ImageBytes> references = request.references();
        if (references.size() > profile.maxReferences()) {
            problems.add("takes at most " + profile.maxReferences() + " references, had " + references.size());
        }
        for (int i = 0; i < references.size(); i++) {
            int bytes = references.get(i).byteCount();
            if (bytes >= MAX_REFERENCE_BYTES) {
                problems.add("takes references of less than 50 MiB, references[" + i + "] had " + bytes + " bytes");
            }
        }
        request.mask().ifPresent(this::checkMask);
    }

    private void checkMask(ImageBytes mask) {
        PixelSize first = request.references().get(0).size();
        if (!profile.supportsMask()) {
            problems.add("takes no mask");
        } else if (mask.format() != ImageFormat.PNG) {
            problems.add("takes a mask as PNG only, mask was " + mask.format().mediaType());
        } else if (mask.byteCount() >= MAX_MASK_BYTES) {
            problems.add("takes a mask of less than 4 MiB, mask had " + mask.byteCount() + " bytes");
        } else if (!mask.size().equals(first)) {
            problems.add("takes a mask of the size of the first reference, mask was " + mask.size() + ", references[0] "
                    + first);
        }
    }

    private void checkConversation() {
        if (!isConversation()) {
            return;
        }
        if (!profile.supportsContinuation()) {
            problems.add("cannot go on from an answer: continuable and continuation must not be set");
        }
        if (request.count() != 1) {
            problems.add(
                    "draws one picture a turn where continuable or continuation is set, count was " + request.count());
        }
        request.continuation().ifPresent(continuation -> {
            if (!continuation.provider().equals(profile.provider())
                    || !RESPONSE_ID.matcher(previousResponse().orElse("")).matches()) {
                problems.add("cannot go on from this continuation: it is of " + continuation.provider()
                        + ", or not made here");
            }
        });
    }

    private void warn(String option, String message) {
        warnings.add(new OptionWarning(option, message));
    }

    private static String shortened(String word) {
        return word.length() <= 40 ? word : word.substring(0, 40) + "..";
    }
}
