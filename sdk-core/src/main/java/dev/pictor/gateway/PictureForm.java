package dev.pictor.gateway;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The outer form that a request asks a picture to have: its size, else its proportions, and its file format. Immutable.
 *
 * @param formatOption the option that asks for the format, empty if none does
 */
record PictureForm(
        Optional<PixelSize> size,
        Optional<AspectRatio> ratio,
        Optional<String> formatOption,
        Optional<ImageFormat> format) {

    /** Models draw in steps of 16 or 64 pixels, so that 4:3 may be 1184x864. */
    private static final double NEAR_ENOUGH = 0.05;

    /** What vendors call it. */
    private static final List<String> FORMAT_OPTIONS =
            List.of("output_format", "outputFormat", "outputMimeType", "output_mime_type", "image_format");

    static final PictureForm NONE =
            new PictureForm(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static PictureForm of(ImageCall call) {
        ImageRequest request = call.request();
        Optional<AspectRatio> ratio = request.size().isPresent() ? Optional.empty() : request.aspectRatio();
        Optional<String> option = FORMAT_OPTIONS.stream()
                .filter(request.options()::containsKey)
                .filter(call::honours)
                .findFirst();
        return new PictureForm(
                request.size(),
                ratio,
                option,
                option.flatMap(name -> format(String.valueOf(request.options().get(name)))));
    }

    /** A name that is no format of pictures, such as {@code auto}, asks for none. */
    private static Optional<ImageFormat> format(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "png", "image/png" -> Optional.of(ImageFormat.PNG);
            case "jpeg", "jpg", "image/jpeg", "image/jpg" -> Optional.of(ImageFormat.JPEG);
            case "webp", "image/webp" -> Optional.of(ImageFormat.WEBP);
            default -> Optional.empty();
        };
    }

    /** Returns what of a picture is otherwise than asked for. */
    List<OptionWarning> otherwise(ImageBytes image) {
        List<OptionWarning> found = new ArrayList<>();
        size.filter(asked -> !asked.equals(image.size()))
                .ifPresent(asked -> found.add(warning("size", asked, image.size())));
        ratio.filter(asked -> asked.distance(AspectRatio.of(image.size())) > NEAR_ENOUGH)
                .ifPresent(asked -> found.add(warning("aspectRatio", asked, image.size())));
        format.filter(asked -> asked != image.format())
                .ifPresent(asked -> found.add(warning(
                        formatOption.orElseThrow(),
                        asked.mediaType(),
                        image.format().mediaType())));
        return found;
    }

    private static OptionWarning warning(String option, Object asked, Object got) {
        return new OptionWarning(option, "asked for " + asked + ", got " + got);
    }
}
