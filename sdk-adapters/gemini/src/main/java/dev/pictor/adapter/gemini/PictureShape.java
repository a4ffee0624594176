package dev.pictor.adapter.gemini;

import static java.util.Comparator.comparingDouble;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The size and proportion of a request by Google's names: a ratio and a class of sizes. Immutable. */
final class PictureShape {

    /** By the vendor's own name: overrules the class that the request's size is nearest to. */
    static final String OPTION = "imageSize";

    /** Ratios of pictures of one nominal ratio differ by up to 3 % between sizes (16:9 is drawn as 1376x768). */
    private static final double SAME_RATIO = 0.05;

    private static final AspectRatio ULTRA_WIDE = new AspectRatio(21, 9);

    private final ImageRequest request;
    private final ModelProfile profile;
    private final Optional<AspectRatio> nearest;

    PictureShape(ImageRequest request, ModelProfile profile) {
        this.request = request;
        this.profile = profile;
        this.nearest = asked().flatMap(ratio -> profile.aspectRatios().stream().min(comparingDouble(ratio::distance)));
    }

    private Optional<AspectRatio> asked() {
        return request.size().map(AspectRatio::of).or(request::aspectRatio);
    }

    /** Returns the wire name of the ratio nearest to what was asked for: ratios are in lowest terms, 21:9 is not. */
    Optional<String> ratio() {
        return nearest.map(ratio -> ratio.equals(ULTRA_WIDE) ? "21:9" : ratio.toString());
    }

    /**
     * Returns the class of sizes: the one that is asked for by name, else the nearest by area, where there is a choice.
     *
     * @throws ModelException if the model has no class of that name
     */
    Optional<String> sizeClass() {
        List<String> classes = profile.sizeClasses();
        Object named = request.options().get(OPTION);
        if (named != null) {
            if (named instanceof String name && (classes.isEmpty() || classes.contains(name))) {
                return Optional.of(name);
            }
            throw GeminiFailures.invalid(
                    profile.id(), "needs one of " + classes + " for option " + OPTION + ", as a text");
        }
        return request.size()
                .filter(size -> classes.size() > 1)
                .flatMap(size -> classes.stream().min(comparingDouble(name -> distance(size, name))));
    }

    /** Returns how far a size is from a class by area: every picture of class 1K has about 1024 x 1024 pixels. */
    private static double distance(PixelSize size, String sizeClass) {
        double side = sizeClass.endsWith("K")
                ? 1024 * Double.parseDouble(sizeClass.substring(0, sizeClass.length() - 1))
                : Double.parseDouble(sizeClass);
        return Math.abs(Math.log(size.pixels() / (side * side)));
    }

    /** Returns what cannot come: a proportion that the model does not have. */
    List<OptionWarning> warnings() {
        Optional<AspectRatio> missed =
                nearest.filter(ratio -> asked().orElseThrow().distance(ratio) > SAME_RATIO);
        return missed.map(ratio -> request.size().isPresent()
                        ? new OptionWarning("size", "draws no " + asked().orElseThrow() + "; " + ratio + " is nearest")
                        : new OptionWarning("aspectRatio", "draws no such proportion; " + ratio + " is nearest"))
                .map(List::of)
                .orElse(List.of());
    }

    /** Returns what did not come, now that the picture is known. */
    List<OptionWarning> warnings(PixelSize drawn) {
        List<OptionWarning> warnings = new ArrayList<>();
        request.size()
                .filter(asked -> !asked.equals(drawn))
                .ifPresent(asked -> warnings.add(new OptionWarning(
                        "size", "Google draws by ratio and size class: asked " + asked + ", drew " + drawn)));
        request.aspectRatio()
                .filter(asked -> asked.distance(AspectRatio.of(drawn)) > SAME_RATIO)
                .ifPresent(
                        asked -> warnings.add(new OptionWarning("aspectRatio", "asked " + asked + ", drew " + drawn)));
        return warnings;
    }
}
