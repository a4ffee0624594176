package dev.pictor.adapter.imaging;

import static dev.pictor.image.ImageRejectedException.Reason.BROKEN_PIXELS;
import static dev.pictor.image.ImageRejectedException.Reason.TOO_MANY_PIXELS;
import static dev.pictor.image.ImageRejectedException.Reason.UNSUPPORTED;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import com.luciad.imageio.webp.WebPWriter;
import dev.pictor.image.BareImage;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageCodec;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImageHeader;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelLayout;
import dev.pictor.image.PixelSink;
import dev.pictor.image.PixelSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOImage;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes WebP, lossy and lossless, with and without alpha, through libwebp 1.6.0 (the native library of
 * {@code com.github.usefulness:webp-imageio}). Immutable and thread-safe.
 *
 * <p>The native library is loaded by the first picture, or by {@link #isAvailable()}, and not before. For that the library
 * unpacks itself, under 1 MB, to a file {@code webp-imageio-*} in {@code java.io.tmpdir}, which is deleted when the JVM
 * ends; a JVM that is killed leaves it there. Where there is no native library (Linux with musl, other systems), decoding
 * and encoding throw {@link ImageRejectedException} with {@code NO_CODEC}.
 *
 * <p><b>Decoding</b> holds the whole picture: 4 bytes a pixel in the heap and, for lossless pictures, as much again outside
 * of it until libwebp is done. If the data break off, rows before that are delivered, without a warning: whoever takes
 * the rows sees that some are missing. To find them the picture is decoded again from the top. That takes no more than the
 * time of two whole pictures and of 4 Mpx (some 70 ms), and no more heap than one whole picture and 16 MiB. So up to about
 * 1 Mpx nearly all rows that are there are found, of larger pictures at least three fifths.
 *
 * <p><b>Encoding</b> holds two copies of the picture's samples in the heap, and libwebp's own outside. Lossy pictures keep
 * alpha exactly, and one colour difference for 2x2 pixels: with {@link Encoding.Subsampling#YUV_444}, or from quality 90
 * with {@link Encoding.Subsampling#AUTO}, those are chosen by libwebp's sharp YUV conversion, which keeps edges between
 * strong colours better and takes longer. Lossless ones keep every sample, also the colour of transparent pixels. A side has
 * at most 16,383 px.
 */
public final class WebpCodec implements ImageCodec {

    private static final int MAX_SIDE_PX = 16_383;

    private final WebpLibrary library;

    /** Creates a codec. Loads nothing. */
    public WebpCodec() {
        this(WebpLibrary.shared());
    }

    WebpCodec(WebpLibrary library) {
        this.library = library;
    }

    /**
     * Tells whether WebP can be read and written here, and loads the native library to find out. The first call takes some
     * milliseconds, later ones none.
     *
     * @return false if there is no native library for this system, or it cannot be unpacked
     */
    public static boolean isAvailable() {
        return WebpLibrary.shared().isAvailable();
    }

    @Override
    public boolean decodes(ImageHeader header) {
        return header.format() == ImageFormat.WEBP;
    }

    /**
     * Returns WebP, whether the native library can be loaded or not.
     *
     * @return WebP alone
     */
    @Override
    public Set<ImageFormat> encodes() {
        return Set.of(ImageFormat.WEBP);
    }

    /**
     * {@inheritDoc}
     *
     * @throws ImageRejectedException {@code NO_CODEC} if there is no native library; {@code BROKEN_PIXELS} if no row can
     *     be had
     */
    @Override
    public void decode(BareImage image, PixelSink sink) {
        library.require();
        PixelSize size = image.header().size();
        WebpRows rows = WebpRows.decode(image.asByteBuffer(), size);
        PixelLayout layout = image.header().hasAlpha() ? PixelLayout.RGBA : PixelLayout.RGB;
        sink.begin(size, layout);
        byte[] row = new byte[size.width() * layout.channels()];
        for (int y = 0; y < rows.count(); y++) {
            rows.copy(y, layout, row);
            sink.row(row, 0);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws ImageRejectedException {@code NO_CODEC} if there is no native library; {@code TOO_MANY_PIXELS} if a side is
     *     longer than 16,383 px; {@code UNSUPPORTED} if libwebp finds no way to write the picture
     * @throws IllegalArgumentException if {@code encoding} is not WebP
     */
    @Override
    public byte[] encode(Picture picture, Encoding encoding) {
        if (encoding.format() != ImageFormat.WEBP) {
            throw new IllegalArgumentException("format must be WEBP, was " + encoding.format());
        }
        if (picture.size().longSide() > MAX_SIDE_PX) {
            throw new ImageRejectedException(
                    TOO_MANY_PIXELS,
                    "WebP has at most " + MAX_SIDE_PX + " px a side, the picture is " + picture.size());
        }
        library.require();
        WebPWriter writer = new WebPWriter(new WebPImageWriterSpi());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(PictureRaster.of(picture), null, null), parameters(encoding));
        } catch (IOException | RuntimeException e) { // libwebp's refusal comes as a NullPointerException
            throw new ImageRejectedException(
                    UNSUPPORTED, "libwebp cannot write a picture of " + picture.size() + " as " + encoding, e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static WebPWriteParam parameters(Encoding encoding) {
        WebPWriteParam parameters = new WebPWriteParam(Locale.ROOT);
        if (encoding.isLossless()) {
            parameters.setCompressionType(CompressionType.Lossless);
            parameters.setExact(true);
        } else {
            parameters.setCompressionType(CompressionType.Lossy);
            parameters.setCompressionQuality(encoding.quality() / 100f);
            parameters.setUseSharpYUV(encoding.keepsColorEdges());
        }
        return parameters;
    }

    /** Used by {@link WebpRows}. */
    static ImageRejectedException broken(String how, @Nullable Throwable cause) {
        return new ImageRejectedException(BROKEN_PIXELS, "broken WebP picture: " + how, cause);
    }
}
