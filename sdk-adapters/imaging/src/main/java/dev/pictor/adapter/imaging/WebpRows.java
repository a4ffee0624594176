package dev.pictor.adapter.imaging;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPReadParam;
import com.luciad.imageio.webp.WebPReader;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.PixelLayout;
import dev.pictor.image.PixelSize;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageReader;

/** The rows that can be had of a WebP picture, from the top. Not thread-safe. */
final class WebpRows {

    /** Lossy blocks are 16 rows high, and up to 8 rows of the last are not final before the block below is there. */
    private static final int STEP = 8;

    /** What a search may cost beyond twice the picture: some 70 ms. Small pictures are searched to the end with it. */
    private static final int FREE_PIXELS = 4 << 20;

    private final int width;
    private final int count;
    private final boolean alpha;
    private final int[] pixels;

    private WebpRows(BufferedImage image) {
        this.width = image.getWidth();
        this.count = image.getHeight();
        this.alpha = image.getColorModel().hasAlpha();
        this.pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }

    /**
     * Decodes all rows or, where the data break off, some or all of those before.
     *
     * @param file a bare WebP
     * @param size what its header says
     * @throws ImageRejectedException if there is none, or the picture has another size
     */
    static WebpRows decode(ByteBuffer file, PixelSize size) {
        ImageReader reader = new WebPReader(new WebPImageReaderSpi()); // the type that says what is thrown
        try {
            reader.setInput(new BufferInputStream(file), true, true);
            checkSize(reader, size);
            try {
                return new WebpRows(read(reader, new WebPReadParam()));
            } catch (IOException e) {
                return new WebpRows(mostRows(reader, size).orElseThrow(() -> WebpCodec.broken("no row is whole", e)));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw WebpCodec.broken("libwebp refuses it", e);
        } finally {
            reader.dispose();
        }
    }

    /** Checks what libwebp is about to make room for. */
    private static void checkSize(ImageReader reader, PixelSize size) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width != size.width() || height != size.height()) {
            throw WebpCodec.broken("its frame is " + width + "x" + height + ", its header says " + size, null);
        }
    }

    /**
     * Searches for many rows that can be decoded: libwebp reads no further than it has to. It does so only if the lengths
     * in the file tell what is there, as they do in a bare picture.
     */
    private static Optional<BufferedImage> mostRows(ImageReader reader, PixelSize size) {
        Optional<BufferedImage> best = Optional.empty();
        RowSearch search = new RowSearch((size.height() + STEP - 1) / STEP, FREE_PIXELS / (size.width() * STEP));
        for (int steps = search.next(); steps > 0; steps = search.next()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted while decoding a WebP picture");
            }
            Optional<BufferedImage> rows = top(reader, size.width(), steps * STEP);
            best = rows.isPresent() ? rows : best;
            search.tried(steps, rows.isPresent());
        }
        return best;
    }

    private static Optional<BufferedImage> top(ImageReader reader, int width, int rows) {
        WebPReadParam parameters = new WebPReadParam();
        parameters.setUseCropping(true);
        parameters.setCropWidth(width);
        parameters.setCropHeight(rows);
        try {
            return Optional.of(read(reader, parameters));
        } catch (IOException e) { // the answer that was asked for: not that many rows
            return Optional.empty();
        }
    }

    /**
     * Reads a picture. libwebp says "out of memory" for a broken alpha channel too, and webp-imageio throws an error of its
     * own making for that, without a message; the JVM's always have one.
     */
    private static BufferedImage read(ImageReader reader, WebPReadParam parameters) throws IOException {
        try {
            return reader.read(0, parameters);
        } catch (OutOfMemoryError e) {
            if (e.getMessage() != null) {
                throw e;
            }
            throw WebpCodec.broken("libwebp reads no alpha, or got no memory outside the heap", e);
        }
    }

    /** Returns how many rows there are. */
    int count() {
        return count;
    }

    /** Copies a row, as RGB or RGBA. */
    void copy(int y, PixelLayout layout, byte[] into) {
        int to = 0;
        for (int from = y * width; from < (y + 1) * width; from++) {
            int argb = pixels[from];
            into[to++] = (byte) (argb >> 16);
            into[to++] = (byte) (argb >> 8);
            into[to++] = (byte) argb;
            if (layout.hasAlpha()) {
                into[to++] = (byte) (alpha ? argb >>> 24 : 255);
            }
        }
    }
}
