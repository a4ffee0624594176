package dev.pictor.adapter.embedded;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads the pictures that a request brings along, and hangs them into the one that is painted. */
final class References {

    private References() {}

    /**
     * Decodes a picture, to a half, a third and so on of its size where that is still no shorter than asked for.
     *
     * @param what its name in the message of a failure
     * @throws ModelException if the JDK cannot decode it; nothing has been sent
     */
    static BufferedImage decode(String modelId, String what, ImageBytes bytes, int longSidePx) {
        IOException broken;
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException("no decoder for " + bytes.format());
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                ImageReadParam param = reader.getDefaultReadParam();
                int step = Math.max(1, bytes.size().longSide() / longSidePx);
                param.setSourceSubsampling(step, step, 0, 0);
                return reader.read(0, param);
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            broken = e;
        } catch (RuntimeException e) { // the JDK's decoders throw these, too, over broken pictures
            broken = new IOException(e);
        }
        throw new ModelException(
                ModelFailure.builder(
                                modelId,
                                Reason.INVALID_REQUEST,
                                Billed.NOT_SENT,
                                modelId + " cannot decode the " + what + " (" + bytes + "); send an intact PNG or JPEG")
                        .build(),
                broken);
    }

    /** Hangs pictures side by side into a rectangle of the canvas, each whole; with a frame, unless one is cut out. */
    static void hang(Canvas canvas, List<BufferedImage> pictures, double x, double y, double width, double height) {
        double cell = width / pictures.size();
        for (int i = 0; i < pictures.size(); i++) {
            BufferedImage picture = pictures.get(i);
            double scale = Math.min(cell * 0.92 / picture.getWidth(), height / picture.getHeight());
            double w = picture.getWidth() * scale;
            double h = picture.getHeight() * scale;
            double left = x + cell * (i + 0.5) - w / 2;
            double top = y + height - h;
            if (picture.getColorModel().hasAlpha()) {
                shadow(canvas, left + w / 2, top + h, w * 0.5);
            } else {
                double rim = canvas.side * 0.014;
                for (int s = 6; s > 0; s--) {
                    double grow = rim * s * 0.5;
                    canvas.rect(
                            left - grow, top - grow + rim, w + 2 * grow, h + 2 * grow, Tint.fade(Color.BLACK, 0.06));
                }
                canvas.rect(left - rim, top - rim, w + 2 * rim, h + 2 * rim, new Color(0xFBF9F4));
            }
            canvas.graphics.drawImage(picture, new AffineTransform(scale, 0, 0, scale, left, top), null);
        }
    }

    /** Lays a soft shadow on the floor. */
    static void shadow(Canvas canvas, double x, double y, double half) {
        for (int i = 14; i > 0; i--) {
            double grow = 0.7 + 0.05 * i;
            canvas.dot(x + half * 0.08, y, half * grow, half * grow * 0.16, Tint.fade(Color.BLACK, 0.028));
        }
    }
}
