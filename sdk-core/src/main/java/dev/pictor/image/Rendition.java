package dev.pictor.image;

import java.util.List;

/**
 * What a preset made of a picture. Immutable.
 *
 * @param preset the preset
 * @param image the encoded result
 * @param warnings what was put up with to decode the source; at most 16, none for a sound picture
 */
public record Rendition(ImagePreset preset, ImageBytes image, List<ImageWarning> warnings) {

    /** Copies the list. */
    public Rendition {
        warnings = List.copyOf(warnings);
    }
}
