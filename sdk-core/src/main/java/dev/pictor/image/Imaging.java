package dev.pictor.image;

import dev.pictor.image.Encoding.Metadata;
import dev.pictor.image.ImageRejectedException.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes, resizes and encodes pictures. Immutable and thread-safe; everything works on the caller's thread.
 *
 * <p>With nothing but the JDK it reads and writes JPEG and PNG. WebP takes the codec of {@code sdk-adapter-imaging}.
 */
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
     * Decodes a picture straight to another size, holding only a few rows of it at the size it has.
     *
     * @param image an encoded picture
     * @param resize to what size, and how
     * @return the smaller picture, its header and what was put up with
     * @throws ImageRejectedException as {@link #decode(ImageBytes)}
     */
    public DecodedPicture decode(ImageBytes image, Resize resize) {
        Orientation orientation = image.header().orientation();
        ResampledRows rows = new ResampledRows(orientation, List.of(resize));
        List<ImageWarning> warnings = new Decoding(image, limits, codecs).into(rows);
        return new DecodedPicture(Turned.upright(rows.finish().get(0), orientation), image.header(), warnings);
    }

    /**
     * Encodes a picture, without metadata.
     *
     * @param picture what to encode
     * @param encoding how
     * @return the encoded picture
     * @throws ImageRejectedException if no codec writes the format
     * @throws TargetSizeException if it has more bytes than the encoding allows even at the lowest quality
     */
    public ImageBytes encode(Picture picture, Encoding encoding) {
        return encode(picture, encoding, SourceMetadata.none());
    }

    /**
     * Makes one rendition of a picture.
     *
     * @param image an encoded picture
     * @param preset size and encoding
     * @return the result
     * @throws ImageRejectedException as {@link #decode(ImageBytes)} and {@link #encode}
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
     * @throws ImageRejectedException as {@link #decode(ImageBytes)} and {@link #encode}
     */
    public List<Rendition> render(ImageBytes image, List<ImagePreset> presets) {
        Orientation orientation = image.header().orientation();
        ResampledRows rows = new ResampledRows(
                orientation, presets.stream().map(ImagePreset::resize).toList());
        List<ImageWarning> warnings = new Decoding(image, limits, codecs).into(rows);
        List<Picture> pictures = rows.finish();
        List<Rendition> renditions = new ArrayList<>();
        for (int i = 0; i < presets.size(); i++) {
            Encoding encoding = presets.get(i).encoding();
            SourceMetadata metadata =
                    encoding.metadata() == Metadata.KEEP ? SourceMetadata.of(image) : SourceMetadata.none();
            Picture upright = Turned.upright(pictures.get(i), orientation);
            renditions.add(new Rendition(presets.get(i), encode(upright, encoding, metadata), warnings));
        }
        return renditions;
    }

    private ImageBytes encode(Picture picture, Encoding encoding, SourceMetadata metadata) {
        ImageCodec codec = encoder(encoding.format());
        Picture ready = encoding.format() == ImageFormat.JPEG ? picture.over(encoding.background()) : picture;
        byte[] bytes = TargetSize.keptTo(encoding, quality -> {
            Encoding tried = encoding.toBuilder().quality(quality).build();
            return metadata.into(encoding.format(), codec.encode(ready, tried));
        });
        return ImageBytes.wrap(bytes, limits);
    }

    private ImageCodec encoder(ImageFormat format) {
        for (ImageCodec codec : codecs) {
            if (codec.encodes().contains(format)) {
                return codec;
            }
        }
        throw new ImageRejectedException(
                Reason.NO_CODEC, "no codec encodes " + format + "; sdk-adapter-imaging brings more");
    }
}
