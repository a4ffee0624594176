package dev.pictor.benchmarks;

import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImagePreset;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Resize.Fit;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.geometry.Positions;

/** What a host would do without Pictor: Thumbnailator over ImageIO, with the WebP plug-in. */
final class ThumbnailatorColumn {

    private ThumbnailatorColumn() {}

    /**
     * Makes ImageIO what it is with the JDK's own JPEG codec and the WebP plug-in, without files for what it buffers: the
     * JPEG plug-in that Pictor's adapter brings would stand before the JDK's, and is slower.
     */
    static void prepareImageIo() {
        ImageIO.setUseCache(false);
        IIORegistry registry = IIORegistry.getDefaultInstance();
        for (Class<?> category : List.of(ImageReaderSpi.class, ImageWriterSpi.class)) {
            List<Object> foreign = new ArrayList<>();
            Iterator<?> all = registry.getServiceProviders(category, false);
            all.forEachRemaining(provider -> {
                if (provider.getClass().getName().startsWith("com.twelvemonkeys.")) {
                    foreign.add(provider);
                }
            });
            foreign.forEach(registry::deregisterServiceProvider);
        }
    }

    /** Makes a rendition. */
    static byte[] render(byte[] image, ImagePreset preset) throws IOException {
        PixelSize box = preset.resize().box();
        var thumbnail = Thumbnails.of(new ByteArrayInputStream(image))
                .size(box.width(), box.height())
                .outputFormat(preset.encoding().format() == ImageFormat.WEBP ? "webp" : "jpg")
                .outputQuality(preset.encoding().quality() / 100.0);
        if (preset.resize().fit() == Fit.FILL) {
            thumbnail.crop(Positions.CENTER);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        thumbnail.toOutputStream(out);
        return out.toByteArray();
    }

    /** Resizes a picture into a box. */
    static BufferedImage resized(BufferedImage image, PixelSize box) throws IOException {
        return Thumbnails.of(image).size(box.width(), box.height()).asBufferedImage();
    }
}
