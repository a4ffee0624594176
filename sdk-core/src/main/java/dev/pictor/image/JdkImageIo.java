package dev.pictor.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * Finds the JDK's own readers and writers, whatever plug-ins a host program has on its class path and in whatever order.
 * Loads nothing before it is first asked, and changes no setting of ImageIO. Thread-safe.
 */
final class JdkImageIo {

    /** By format name. Kept, since a registry that others write to must not be read often. */
    private static final Map<String, ImageReaderSpi> READERS = new ConcurrentHashMap<>();

    private static final Map<String, ImageWriterSpi> WRITERS = new ConcurrentHashMap<>();

    private JdkImageIo() {}

    /** Returns a new reader, which the caller disposes of. */
    static ImageReader newReader(String format) {
        try {
            return READERS.computeIfAbsent(format, name -> ofJdk(ImageReaderSpi.class, name))
                    .createReaderInstance();
        } catch (IOException e) {
            throw new UncheckedIOException("the JDK gives no reader of " + format, e);
        }
    }

    /** Returns a new writer, which the caller disposes of. */
    static ImageWriter newWriter(String format) {
        try {
            return WRITERS.computeIfAbsent(format, name -> ofJdk(ImageWriterSpi.class, name))
                    .createWriterInstance();
        } catch (IOException e) {
            throw new UncheckedIOException("the JDK gives no writer of " + format, e);
        }
    }

    static <T extends ImageReaderWriterSpi> T ofJdk(Class<T> kind, String format) {
        Iterator<T> own = IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        kind,
                        spi -> spi.getClass().getModule() == ImageIO.class.getModule()
                                && Arrays.asList(((ImageReaderWriterSpi) spi).getFormatNames())
                                        .contains(format),
                        false);
        if (!own.hasNext()) {
            throw new IllegalStateException(
                    "the JDK's own codec of " + format + " was taken out of ImageIO's registry");
        }
        return own.next();
    }
}
