package dev.pictor.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import org.immutables.value.Value;

/** A named way to make a picture fit a use: a size and an encoding. Immutable; as JSON it can be kept in a file. */
@Value.Immutable
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonDeserialize(builder = ImagePresetBuilder.class)
public abstract class ImagePreset {

    /** For dense lists: within 64x64, WebP. */
    public static final ImagePreset MICRO = of("micro", Resize.fit(64, 64), Encoding.webp(75));

    /** For lists and galleries: within 200x200, WebP. */
    public static final ImagePreset THUMBNAIL = of("thumbnail", Resize.fit(200, 200), Encoding.webp(80));

    /** For a quick look: within 600x600, WebP. */
    public static final ImagePreset PREVIEW = of("preview", Resize.fit(600, 600), Encoding.webp(80));

    /** For vision models: within 800x800, JPEG at 75. */
    public static final ImagePreset AI_ANALYSIS = of("aiAnalysis", Resize.fit(800, 800), Encoding.jpeg(75));

    /** For pages: within 1200x1200, JPEG at 85. */
    public static final ImagePreset STANDARD = of("standard", Resize.fit(1200, 1200), Encoding.jpeg(85));

    /** For close looks: within 1800x1800, JPEG at 90. */
    public static final ImagePreset HIGH_QUALITY = of("highQuality", Resize.fit(1800, 1800), Encoding.jpeg(90));

    /** For posts: 1080x1080, cut to a square, JPEG at 85. */
    public static final ImagePreset SOCIAL = of("social", Resize.fill(1080, 1080), Encoding.jpeg(85));

    ImagePreset() {}

    /**
     * Returns a preset.
     *
     * @param name what to call it
     * @param resize the size
     * @param encoding the encoding
     * @return the preset
     */
    public static ImagePreset of(String name, Resize resize, Encoding encoding) {
        return new ImagePresetBuilder()
                .name(name)
                .resize(resize)
                .encoding(encoding)
                .build();
    }

    /**
     * Returns the presets that come with Pictor.
     *
     * @return from the smallest box to the largest
     */
    public static List<ImagePreset> all() {
        return List.of(MICRO, THUMBNAIL, PREVIEW, AI_ANALYSIS, SOCIAL, STANDARD, HIGH_QUALITY);
    }

    /**
     * What it is called.
     *
     * @return such as {@code thumbnail}
     */
    @JsonProperty("name")
    public abstract String name();

    /**
     * The size.
     *
     * @return how a picture is resized
     */
    @JsonProperty("resize")
    public abstract Resize resize();

    /**
     * The encoding.
     *
     * @return how a picture becomes bytes
     */
    @JsonProperty("encoding")
    public abstract Encoding encoding();
}
