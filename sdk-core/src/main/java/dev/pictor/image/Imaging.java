package dev.pictor.image;

import java.util.List;

/**
 * Decodes, resizes and encodes pictures. Immutable and thread-safe; everything works on the caller's thread.
 *
 * <p>With nothing but the JDK it reads and writes JPEG and PNG. WebP takes the codec of {@code sdk-adapter-imaging}.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Imaging {

    private static final Imaging DEFAULTS = builder().build();

    private final List<ImageCodec> codecs;
    private final ImageLimits limits;

    Imaging(ImagingBuilder builder) {
        this.codecs = builder.codecs();
        this.limits = builder.limits();
    }

    /**
     * Returns imaging with the JDK's codecs and the default limits.
     *
     * @return always the same
     */
    public static Imaging ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder.
     *
     * @return a new builder with the JDK's codecs and the default limits
     */
    public static ImagingBuilder builder() {
        return new ImagingBuilder();
    }

    /**
     * Decodes a picture to upright sRGB.
     *
     * @param image an encoded picture
     * @return the picture, its header and what was put up with
     * @throws ImageRejectedException if it passes a limit, no codec reads it, or it has no usable pixels
     */
    public DecodedPicture decode(ImageBytes image) {
        PictureRows rows = new PictureRows(image.header().orientation());
        List<ImageWarning> warnings = new Decoding(image, limits, codecs).into(rows);
        return new DecodedPicture(rows.picture(), image.header(), warnings);
    }

    /**
     * Encodes a picture.
     *
     * @param picture what to encode
     * @param encoding how
     * @return the encoded picture
     * @throws ImageRejectedException if no codec writes the format
     */
    public ImageBytes encode(Picture picture, Encoding encoding) {
        throw notYet();
    }

    /**
     * Makes one rendition of a picture.
     *
     * @param image an encoded picture
     * @param preset size and encoding
     * @return the result
     * @throws ImageRejectedException as {@link #decode} and {@link #encode}
     */
    public Rendition render(ImageBytes image, ImagePreset preset) {
        return render(image, List.of(preset)).get(0);
    }

    /**
     * Makes several renditions of a picture from one decoding, which holds only a few rows of it at a time.
     *
     * @param image an encoded picture
     * @param presets sizes and encodings
     * @return the results, in the order of the presets
     * @throws ImageRejectedException as {@link #decode} and {@link #encode}
     */
    public List<Rendition> render(ImageBytes image, List<ImagePreset> presets) {
        throw notYet();
    }

    private UnsupportedOperationException notYet() {
        return new UnsupportedOperationException("not wired yet: " + codecs + limits);
    }
}
