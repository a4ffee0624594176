package dev.pictor.image;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a preset made of a picture. Immutable.
 *
 * @param preset the preset
 * @param image the encoded result
 * @param warnings what was put up with to decode the source; at most 16, none for a sound picture
 */
public record Rendition(ImagePreset preset, ImageBytes image, List<ImageWarning> warnings) {

    /** Checks the parts and copies the list. */
    public Rendition {
        requireNonNull(preset, "preset");
        requireNonNull(image, "image");
        warnings = List.copyOf(warnings);
    }
}
