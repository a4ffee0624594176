package dev.pictor.adapter.cutout;

import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fields of a form: the usual ones, and over them the caller's options.
 *
 * @param fields what is sent beside the picture, by name
 * @param warnings what the answer will not be, because of the request alone
 * @param opaque whether the options ask for a picture without transparency
 */
record ServiceForm(Map<String, String> fields, List<OptionWarning> warnings, boolean opaque) {

    private static final Set<String> BACKGROUNDS = Set.of("bg_color", "bg_image_url");
    private static final Set<String> MOVES = Set.of("crop", "scale", "position");
    private static final Set<String> SOLID_FORMATS = Set.of("jpg", "jpeg");

    /**
     * Returns the form of a request.
     *
     * @throws ModelException if an option is of a kind that no form has, or asks for what is no picture
     */
    static ServiceForm of(
            String modelId, ServiceTerms terms, Map<String, String> usual, BackgroundRemovalRequest request) {
        Map<String, String> fields = new TreeMap<>(usual);
        List<OptionWarning> warnings = new ArrayList<>();
        new TreeMap<>(request.options()).forEach((name, value) -> {
            if (terms.options().contains(name)) {
                fields.put(name, text(modelId, name, value));
            } else {
                warnings.add(new OptionWarning(name, "not sent: " + terms.name() + " has no such option"));
            }
        });
        String format = fields.getOrDefault("format", "png").toLowerCase(Locale.ROOT);
        if (format.equals("zip")) {
            throw refused(modelId, "option format must name a picture, was zip");
        }
        boolean opaque = SOLID_FORMATS.contains(format);
        if (opaque) {
            warnings.add(new OptionWarning("format", "a " + format + " has no transparency, so it is no cut-out"));
        }
        if ("alpha".equals(fields.get("channels"))) {
            opaque = true;
            warnings.add(new OptionWarning("channels", "the mask comes instead of the cut-out"));
        }
        for (String background : BACKGROUNDS) {
            if (!fields.getOrDefault(background, "").isBlank()) {
                opaque = true;
                warnings.add(new OptionWarning(background, "with a new background the picture is no cut-out"));
            }
        }
        sizeWarning(terms, fields, format, request.image().size()).ifPresent(warnings::add);
        return new ServiceForm(Map.copyOf(fields), List.copyOf(warnings), opaque);
    }

    private static Optional<OptionWarning> sizeWarning(
            ServiceTerms terms, Map<String, String> fields, String format, PixelSize given) {
        for (String name : MOVES) {
            String value = fields.getOrDefault(name, "");
            if (!value.isBlank() && !value.equals("false") && !value.equals("original")) {
                return Optional.of(new OptionWarning(
                        "size", "option " + name + " moves the product, so the cut-out does not lie over the picture"));
            }
        }
        long most = terms.sizes().getOrDefault(fields.getOrDefault("size", ""), Long.MAX_VALUE);
        if (terms.equals(ServiceTerms.REMOVE_BG) && format.equals("png")) {
            most = Math.min(most, ServiceTerms.REMOVE_BG_PNG_PIXELS);
        }
        return given.pixels() <= most
                ? Optional.empty()
                : Optional.of(new OptionWarning(
                        "size",
                        String.format(
                                Locale.ROOT,
                                "comes back smaller than it is: %s gives at most %.2f megapixels so",
                                terms.name(),
                                most / 1e6)));
    }

    private static String text(String modelId, String name, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw refused(modelId, "option " + name + " must be a text, a number or true or false");
    }

    private static ModelException refused(String modelId, String why) {
        return new ModelException(
                ModelFailure.builder(modelId, Reason.INVALID_REQUEST, Billed.NOT_SENT, modelId + ": " + why)
                        .build());
    }
}
