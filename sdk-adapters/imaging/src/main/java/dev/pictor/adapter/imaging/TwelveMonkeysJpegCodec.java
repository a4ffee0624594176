package dev.pictor.adapter.imaging;

import static dev.pictor.image.ImageRejectedException.Reason.BROKEN_PIXELS;
import static dev.pictor.image.ImageRejectedException.Reason.UNSUPPORTED;

import dev.pictor.image.BareImage;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageCodec;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImageHeader;
import dev.pictor.image.ImageHeader.Coding;
import dev.pictor.image.ImageHeader.ColorModel;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.ImageWarning;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelLayout;
import dev.pictor.image.PixelSink;
import dev.pictor.image.PixelSize;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Reads JPEGs in lossless mode (SOF3), grey and colour with 8 bits a sample, through TwelveMonkeys {@code imageio-jpeg}.
 * The JDK's reader refuses those; all others are left to it. Restarts are read in grey pictures that predict from the
 * left; others with restarts are refused, for TwelveMonkeys gets them wrong. Writes nothing. Immutable and thread-safe.
 *
 * <p>Decoding holds the whole picture in the heap: 5 bytes a pixel for grey, 15 for colour. So pictures above 16,777,216
 * pixels (16 Mpx), which take 240 MiB in colour, are refused, whatever {@link dev.pictor.image.ImageLimits} say. Where the
 * data break off or are damaged, TwelveMonkeys gives black pixels and does not tell.
 */
public final class TwelveMonkeysJpegCodec implements ImageCodec {

    private static final int MAX_PIXELS = 16 << 20;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int START_OF_SCAN = 0xDA;
    private static final Set<ColorModel> MODELS = Set.of(ColorModel.GREY, ColorModel.RGB, ColorModel.YCBCR);

    /** Creates a codec. */
    public TwelveMonkeysJpegCodec() {}

    @Override
    public boolean decodes(ImageHeader header) {
        return header.format() == ImageFormat.JPEG
                && header.coding() == Coding.JPEG_LOSSLESS
                && header.bitDepth() == 8
                && MODELS.contains(header.colorModel());
    }

    /**
     * Returns nothing.
     *
     * @return the empty set
     */
    @Override
    public Set<ImageFormat> encodes() {
        return Set.of();
    }

    /**
     * {@inheritDoc}
     *
     * @throws ImageRejectedException {@code BROKEN_PIXELS} if TwelveMonkeys throws anything; {@code UNSUPPORTED} if the
     *     picture has more than 16,777,216 pixels, or its samples have a form that is not read
     */
    @Override
    public void decode(BareImage image, PixelSink sink) {
        ImageHeader header = image.header();
        if (!decodes(header)) {
            throw unsupported(header.coding() + ", " + header.colorModel() + ", " + header.bitDepth() + " bits");
        }
        PixelSize size = header.size();
        if (size.pixels() > MAX_PIXELS) {
            throw new ImageRejectedException(
                    UNSUPPORTED, "lossless JPEG is read up to " + MAX_PIXELS + " pixels, the picture is " + size);
        }
        refuseRestarts(image.asByteBuffer(), header.colorModel());
        Raster raster = read(image.asByteBuffer(), size, sink);
        int bands = raster.getNumBands();
        PixelLayout layout = bands == 1 ? PixelLayout.GREY : PixelLayout.RGB;
        if (bands != (header.colorModel() == ColorModel.GREY ? 1 : 3)) {
            throw unsupported(bands + " samples a pixel for " + header.colorModel());
        }
        sink.begin(size, layout);
        int[] samples = new int[size.width() * bands];
        byte[] row = new byte[samples.length];
        for (int y = 0; y < size.height(); y++) {
            raster.getPixels(0, y, size.width(), 1, samples);
            for (int i = 0; i < samples.length; i++) {
                row[i] = (byte) samples[i];
            }
            if (header.colorModel() == ColorModel.YCBCR) {
                toRgb(row);
            }
            sink.row(row, 0);
        }
    }

    /**
     * Refuses what TwelveMonkeys gives wrong colours for without a word: after a restart it goes on predicting from the
     * rows before, but for grey samples predicted from their left.
     */
    private static void refuseRestarts(ByteBuffer jpeg, ColorModel colorModel) {
        boolean restarts = false;
        int at = 2;
        while (at + 4 <= jpeg.limit()) { // a bare JPEG has segments without gaps up to the data of its first scan
            int marker = Byte.toUnsignedInt(jpeg.get(at + 1));
            int data = at + 4;
            int end = at + 2 + Short.toUnsignedInt(jpeg.getShort(at + 2));
            if (end > jpeg.limit()) {
                return; // for TwelveMonkeys to stumble over
            }
            if (marker == RESTART_INTERVAL) {
                restarts = jpeg.getShort(data) != 0;
            } else if (marker == START_OF_SCAN) {
                int predictor = jpeg.get(end - 3);
                if (restarts && (colorModel != ColorModel.GREY || predictor != 1)) {
                    throw unsupported("restarts, " + colorModel + ", predictor " + predictor);
                }
                return;
            }
            at = end;
        }
    }

    /** Reads the stored samples: TwelveMonkeys neither turns colour differences into colours nor applies profiles here. */
    static Raster read(ByteBuffer jpeg, PixelSize size, PixelSink sink) {
        ImageReader reader = null;
        try {
            reader = TwelveMonkeysReaders.create();
            reader.addIIOReadWarningListener(firstWarning(sink));
            reader.setInput(new BufferInputStream(jpeg), true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width != size.width() || height != size.height()) {
                throw new ImageRejectedException(
                        BROKEN_PIXELS, "the JPEG frame is " + width + "x" + height + ", its header says " + size);
            }
            return reader.readRaster(0, null);
        } catch (IOException | RuntimeException e) {
            if (e instanceof ImageRejectedException rejected) {
                throw rejected;
            }
            throw new ImageRejectedException(
                    BROKEN_PIXELS, "broken lossless JPEG picture: TwelveMonkeys cannot read it", e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    /** Hands on that there was a warning, once: how many there are is up to whoever made the file. */
    static IIOReadWarningListener firstWarning(PixelSink sink) {
        AtomicBoolean warned = new AtomicBoolean();
        return (source, warning) -> {
            if (!warned.getAndSet(true)) {
                sink.warn(new ImageWarning(
                        ImageWarning.Kind.DAMAGED,
                        "the lossless JPEG breaks the format's rules: some pixels may be wrong"));
            }
        };
    }

    /** By the formula of JFIF, in fixed point with 16 bits. */
    private static void toRgb(byte[] row) {
        for (int i = 0; i < row.length; i += 3) {
            int y = (Byte.toUnsignedInt(row[i]) << 16) + (1 << 15);
            int cb = Byte.toUnsignedInt(row[i + 1]) - 128;
            int cr = Byte.toUnsignedInt(row[i + 2]) - 128;
            row[i] = clamped(y + 91_881 * cr);
            row[i + 1] = clamped(y - 22_554 * cb - 46_802 * cr);
            row[i + 2] = clamped(y + 116_130 * cb);
        }
    }

    private static byte clamped(int fixed) {
        return (byte) Math.max(0, Math.min(255, fixed >> 16));
    }

    private static ImageRejectedException unsupported(String what) {
        return new ImageRejectedException(UNSUPPORTED, "TwelveMonkeys is not asked for this JPEG: " + what);
    }

    /**
     * Refuses: this codec writes nothing.
     *
     * @throws IllegalArgumentException always
     */
    @Override
    public byte[] encode(Picture picture, Encoding encoding) {
        throw new IllegalArgumentException("this codec writes no " + encoding.format());
    }
}
