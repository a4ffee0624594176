package dev.pictor.image;

import static dev.pictor.image.ImageRejectedException.Reason.BROKEN_PIXELS;

import dev.pictor.image.ImageWarning.Kind;
import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Decodes a bare JPEG by the JDK's reader.
 *
 * <p>The reader copies each row it has decoded into the raster of the picture it was told to fill. The raster given to it
 * here has no pixels: it hands the row on. So a photo is decoded without being held, and in half of the time.
 */
final class JdkJpegDecoder {

    private final BareImage image;
    private final PixelSink sink;
    private final ImageHeader header;

    private boolean warned;

    JdkJpegDecoder(BareImage image, PixelSink sink) {
        this.image = image;
        this.sink = sink;
        this.header = image.header();
    }

    void decode() {
        switch (header.colorModel()) {
            case CMYK, YCCK -> fourChannels();
            case GREY -> rows(PixelLayout.GREY);
            default -> rows(PixelLayout.RGB);
        }
    }

    /** The JDK decodes a progressive picture whole after each scan; the last time counts. */
    private void rows(PixelLayout layout) {
        int wanted = image.scans();
        int passes = decodePass(layout, wanted);
        while (passes > 0 && passes < wanted) { // the data break before the last scan
            wanted = passes;
            passes = decodePass(layout, wanted);
        }
    }

    /** Decodes, hands on the rows of one pass and returns how many passes came whole, or {@code wanted} if rows did. */
    private int decodePass(PixelLayout layout, int wanted) {
        RowRaster raster = new RowRaster(layout, wanted);
        int space = layout == PixelLayout.GREY ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        try {
            return read(reader -> {
                ImageReadParam param = reader.getDefaultReadParam();
                param.setDestination(new BufferedImage(colors, raster, false, null));
                reader.read(0, param);
                return raster.passes();
            });
        } catch (ImageRejectedException e) {
            if (raster.passes() == 0) {
                throw e;
            }
            warn("the reader gave up");
            return raster.passes();
        }
    }

    private void fourChannels() {
        Raster raster = read(reader -> reader.readRaster(0, null));
        if (raster.getNumBands() != 4 || !(raster.getDataBuffer() instanceof DataBufferByte data)) {
            throw new ImageRejectedException(
                    BROKEN_PIXELS, "the JDK reads " + raster.getNumBands() + " channels of a JPEG with four");
        }
        byte[] samples = data.getData();
        int stride = 4 * header.size().width();
        sink.begin(header.size(), PixelLayout.CMYK);
        for (int y = 0; y < header.size().height(); y++) {
            if (header.colorModel() == ImageHeader.ColorModel.YCCK) {
                yccToCmy(samples, y * stride, stride);
            }
            if (image.isInverted()) {
                for (int i = y * stride; i < (y + 1) * stride; i++) {
                    samples[i] = (byte) ~samples[i];
                }
            }
            sink.row(samples, y * stride);
        }
    }

    /** Turns luma and colour differences into three inks: what ITU-T T.871 makes red, green and blue, inverted. */
    private static void yccToCmy(byte[] samples, int from, int count) {
        for (int i = from; i < from + count; i += 4) {
            int y = samples[i] & 0xFF;
            int cb = (samples[i + 1] & 0xFF) - 128;
            int cr = (samples[i + 2] & 0xFF) - 128;
            samples[i] = inverted(y + 1.402f * cr);
            samples[i + 1] = inverted(y - 0.344136f * cb - 0.714136f * cr);
            samples[i + 2] = inverted(y + 1.772f * cb);
        }
    }

    private static byte inverted(float value) {
        return (byte) (255 - Math.max(0, Math.min(255, Math.round(value))));
    }

    /** What is asked of a reader. */
    private interface Reading<T> {
        T from(ImageReader reader) throws IOException;
    }

    private <T> T read(Reading<T> reading) {
        ImageReader reader = JdkImageIo.newReader("jpeg");
        try (Input input = new Input(image.asByteBuffer())) {
            reader.addIIOReadWarningListener((source, warning) -> warn(warning));
            reader.setInput(input, true, true);
            return reading.from(reader);
        } catch (IOException e) {
            throw new ImageRejectedException(BROKEN_PIXELS, "the JDK cannot decode the JPEG", e);
        } finally {
            reader.dispose();
        }
    }

    private void warn(String warning) {
        if (!warned) {
            warned = true; // a damaged file can lead to thousands
            sink.warn(new ImageWarning(Kind.DAMAGED, "the JPEG's picture data are damaged: " + warning));
        }
    }

    /** A raster without pixels, whose rows go to the sink. */
    private final class RowRaster extends WritableRaster {

        private final PixelLayout layout;
        private final int wanted;
        private int pass;
        private int rows;

        RowRaster(PixelLayout layout, int wanted) {
            super(model(header.size(), layout.channels()), new DataBufferByte(1), new Point());
            this.layout = layout;
            this.wanted = wanted;
        }

        private static SampleModel model(PixelSize size, int channels) {
            int[] offsets = {0, 1, 2};
            return new PixelInterleavedSampleModel(
                    DataBuffer.TYPE_BYTE,
                    size.width(),
                    size.height(),
                    channels,
                    channels * size.width(),
                    Arrays.copyOf(offsets, channels));
        }

        /** Returns how many passes came whole; the one that was wanted counts from its first row on. */
        private int passes() {
            return pass == wanted || rows == getHeight() ? pass : Math.max(0, pass - 1);
        }

        @Override
        public void setRect(int x, int y, Raster row) {
            SrgbSink.checkInterrupt();
            rows++;
            if (y == 0) {
                pass++;
                rows = 1;
                if (pass == wanted) {
                    sink.begin(header.size(), layout);
                }
            }
            if (pass == wanted) {
                sink.row(((DataBufferByte) row.getDataBuffer()).getData(), 0);
            }
        }
    }

    /** The bytes, for a reader. */
    private static final class Input extends ImageInputStreamImpl {

        private final ByteBuffer bytes;

        Input(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            checkClosed();
            bitOffset = 0;
            return streamPos < bytes.limit() ? Byte.toUnsignedInt(bytes.get((int) streamPos++)) : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            checkClosed();
            bitOffset = 0;
            int count = (int) Math.min(length, bytes.limit() - streamPos);
            if (count <= 0) {
                return length == 0 ? 0 : -1;
            }
            bytes.get((int) streamPos, to, offset, count);
            streamPos += count;
            return count;
        }

        @Override
        public long length() {
            return bytes.limit();
        }
    }
}
