package dev.pictor.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small pictures for tests. */
public final class Pictures {

    private Pictures() {}

    /** Returns a PNG of one colour that depends on its size. */
    public static ImageBytes png(int width, int height) {
        return ImageBytes.wrap(encoded("png", width, height));
    }

    /** Returns an encoded picture in a format that the JDK writes. */
    public static byte[] encoded(String format, int width, int height) {
        BufferedImage canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            canvas.setRGB(x, 0, (width * 131 + height) & 0xFFFFFF);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(canvas, format, out)) {
                throw new IllegalArgumentException("this JDK writes no " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
