package dev.pictor.adapter.imaging;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/** Makes TwelveMonkeys' JPEG readers, without ImageIO's search for plug-ins and whatever their order in it. */
final class TwelveMonkeysReaders {

    private static final String JDK_READER = "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi";

    private TwelveMonkeysReaders() {}

    static ImageReader create() throws IOException {
        return Lazy.PROVIDER.createReaderInstance(null);
    }

    /** The reader wraps the JDK's, which it finds in the registry that it is put into: one of our own. */
    private static ImageReaderSpi provider() {
        ServiceRegistry registry =
                new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
        Iterator<ImageReaderSpi> jdk = IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        ImageReaderSpi.class,
                        provider -> provider.getClass().getName().equals(JDK_READER),
                        false);
        if (!jdk.hasNext()) {
            throw new IllegalStateException("the JDK's JPEG reader " + JDK_READER + " is not registered with ImageIO");
        }
        registry.registerServiceProvider(jdk.next(), ImageReaderSpi.class);
        JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
        registry.registerServiceProvider(provider, ImageReaderSpi.class);
        return provider;
    }

    private static final class Lazy {
        static final ImageReaderSpi PROVIDER = provider();
    }
}
