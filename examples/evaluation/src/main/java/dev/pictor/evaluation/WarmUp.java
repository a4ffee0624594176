package dev.pictor.evaluation;

import dev.pictor.adapter.imaging.WebpCodec;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Decodes a small picture of each format, so that loading classes and libraries is not charged to the first file. */
final class WarmUp {

    private static final int SIDE_PX = 64;

    private WarmUp() {}

    static void run(Imaging imaging) {
        for (ImageBytes image : pictures()) {
            if (!imaging.decode(image).picture().size().equals(image.size())) {
                throw new IllegalStateException("the picture for warming up came out at another size: " + image);
            }
        }
    }

    private static List<ImageBytes> pictures() {
        List<ImageBytes> pictures = new ArrayList<>();
        pictures.add(ImageBytes.wrap(jdk("jpeg")));
        pictures.add(ImageBytes.wrap(jdk("png")));
        if (WebpCodec.isAvailable()) {
            PixelSize size = new PixelSize(SIDE_PX, SIDE_PX);
            Picture picture = Picture.wrap(size, false, new byte[SIDE_PX * SIDE_PX * 3]);
            pictures.add(ImageBytes.wrap(new WebpCodec()
                    .encode(picture, Encoding.builder(ImageFormat.WEBP).build())));
        }
        return pictures;
    }

    private static byte[] jdk(String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_INT_RGB), format, out)) {
                throw new IllegalStateException("this JDK writes no " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a " + format, e);
        }
        return out.toByteArray();
    }
}
