package dev.pictor.image;

import static java.util.Objects.requireNonNull;

import dev.pictor.image.Encoding.Metadata;
import dev.pictor.image.ImageRejectedException.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes, resizes and encodes pictures. Immutable and thread-safe; everything works on the caller's thread. When that is
 * interrupted, work ends with {@link java.util.concurrent.CancellationException}, and the flag stays set.
 *
 * <p>With nothing but the JDK it reads and writes JPEG and PNG. WebP takes the codec of {@code sdk-adapter-imaging}.
 */
public final class Imaging {

    /** RFC 9649, 3.5: 14 bits for a side. */
    private static final int MAX_WEBP_SIDE_PX = 16_383;

    /** At four samples each, what every JVM has as one array. */
    private static final int MOST_PIXELS = (Integer.MAX_VALUE - 8) / 4;

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
        requireNonNull(image, "image");
        ImageHeader header = image.header();
        if (header.size().pixels() > MOST_PIXELS) {
            throw new ImageRejectedException(
                    Reason.TOO_MANY_PIXELS, "picture is " + header.size() + ", an array holds " + MOST_PIXELS + " px");
        }
        PictureRows rows = new PictureRows(header.orientation());
        List<ImageWarning> warnings = new Decoding(image, limits, codecs).into(rows);
        return new DecodedPicture(rows.picture(), header, warnings);
    }

    /**
     * Decodes a picture straight to another size. Of JPEG and PNG only a few rows are held at the size they have. What is
     * held whole: an interlaced PNG, a JPEG in CMYK, a WebP; and outside of the heap, the coefficients of a progressive JPEG
     * (see {@link ImageLimits#maxCoefficientBytes()}).
     *
     * @param image an encoded picture
     * @param resize to what size, and how
     * @return the smaller picture, its header and what was put up with
     * @throws ImageRejectedException as {@link #decode(ImageBytes)}
     * @throws IllegalArgumentException if the size is larger than an array: 536,870,909 px
     */
    public DecodedPicture decode(ImageBytes image, Resize resize) {
        requireNonNull(image, "image");
        requireNonNull(resize, "resize");
        ResampledRows rows = new ResampledRows(image.header(), List.of(resize));
        List<ImageWarning> warnings = new Decoding(image, limits, codecs).into(rows);
        return new DecodedPicture(rows.finish().get(0), image.header(), warnings);
    }

    /**
     * Encodes a picture, without metadata.
     *
     * @param picture what to encode
     * @param encoding how
     * @return the encoded picture
     * @throws ImageRejectedException if no codec writes the format
     * @throws TargetSizeException if it has more bytes than the encoding allows even at the lowest quality
     * @throws IllegalArgumentException if a side is longer than the format allows: 65,500 px for JPEG, 16,383 px for WebP
     */
    public ImageBytes encode(Picture picture, Encoding encoding) {
        requireNonNull(picture, "picture");
        requireNonNull(encoding, "encoding");
        return encode(picture, encoding, SourceMetadata.none());
    }

    /**
     * Makes one rendition of a picture.
     *
     * @param image an encoded picture
     * @param preset size and encoding
     * @return the result
     * @throws ImageRejectedException as {@link #decode(ImageBytes)} and {@link #encode}
     * @throws TargetSizeException as {@link #encode}
     * @throws IllegalArgumentException as {@link #decode(ImageBytes, Resize)} and {@link #encode}
     */
    public Rendition render(ImageBytes image, ImagePreset preset) {
        return render(image, List.of(preset)).get(0);
    }

    /**
     * Makes several renditions of a picture from one decoding, which holds as little as {@link #decode(ImageBytes, Resize)}.
     *
     * @param image an encoded picture
     * @param presets sizes and encodings
     * @return the results, in the order of the presets
     * @throws ImageRejectedException as {@link #decode(ImageBytes)} and {@link #encode}
     * @throws TargetSizeException as {@link #encode}
     * @throws IllegalArgumentException as {@link #decode(ImageBytes, Resize)} and {@link #encode}
     */
    public List<Rendition> render(ImageBytes image, List<ImagePreset> presets) {
        requireNonNull(image, "image");
        ResampledRows rows = new ResampledRows(
                image.header(), presets.stream().map(ImagePreset::resize).toList());
        List<ImageWarning> warnings = new Decoding(image, limits, codecs).into(rows);
        List<Picture> pictures = rows.finish();
        List<Rendition> renditions = new ArrayList<>();
        for (int i = 0; i < presets.size(); i++) {
            Encoding encoding = presets.get(i).encoding();
            SourceMetadata metadata =
                    encoding.metadata() == Metadata.KEEP ? SourceMetadata.of(image) : SourceMetadata.none();
            renditions.add(new Rendition(presets.get(i), encode(pictures.get(i), encoding, metadata), warnings));
        }
        return renditions;
    }

    private ImageBytes encode(Picture picture, Encoding encoding, SourceMetadata metadata) {
        checkSide(picture, encoding.format());
        ImageCodec codec = encoder(encoding.format());
        Picture ready = encoding.format() == ImageFormat.JPEG ? picture.over(encoding.background()) : picture;
        byte[] bytes = TargetSize.keptTo(encoding, quality -> {
            SrgbSink.checkInterrupt();
            Encoding tried = encoding.toBuilder().quality(quality).build();
            return metadata.into(encoding.format(), codec.encode(ready, tried));
        });
        return ImageBytes.ofOwn(bytes);
    }

    private static void checkSide(Picture picture, ImageFormat format) {
        int most = switch (format) {
            case PNG -> Integer.MAX_VALUE;
            case JPEG -> JdkEncoder.MAX_JPEG_SIDE_PX;
            case WEBP -> MAX_WEBP_SIDE_PX;
        };
        if (picture.size().longSide() > most) {
            throw new IllegalArgumentException(
                    "a " + format + " has at most " + most + " px a side, was " + picture.size());
        }
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
