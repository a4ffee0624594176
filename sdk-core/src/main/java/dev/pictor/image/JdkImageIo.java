package dev.pictor.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Finds the JDK's own readers, whatever plug-ins a host program has on its class path and in whatever order. Loads nothing
 * before it is first asked, and changes no setting of ImageIO.
 */
final class JdkImageIo {

    private JdkImageIo() {}

    static ImageReader newJpegReader() {
        Iterator<ImageReaderSpi> all =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (all.hasNext()) {
            ImageReaderSpi spi = all.next();
            if (isOfTheJdk(spi) && reads(spi, "jpeg")) {
                try {
                    return spi.createReaderInstance();
                } catch (IOException e) {
                    throw new UncheckedIOException("the JDK's JPEG reader cannot be made", e);
                }
            }
        }
        throw new IllegalStateException("this JDK has no JPEG reader");
    }

    private static boolean isOfTheJdk(Object spi) {
        return "java.desktop".equals(spi.getClass().getModule().getName());
    }

    private static boolean reads(ImageReaderSpi spi, String format) {
        for (String name : spi.getFormatNames()) {
            if (name.toLowerCase(Locale.ROOT).equals(format)) {
                return true;
            }
        }
        return false;
    }
}
