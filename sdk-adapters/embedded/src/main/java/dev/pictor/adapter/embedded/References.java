package dev.pictor.adapter.embedded;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Imaging;
import dev.pictor.image.Resize;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;

/** Reads the pictures that a request brings along, and hangs them into the one that is painted. */
final class References {

    private References() {}

    /**
     * Decodes a picture, upright and no larger than asked for.
     *
     * @param what its name in the message of a failure
     * @throws ModelException if it cannot be decoded; nothing has been sent
     */
    static BufferedImage decode(String modelId, String what, ImageBytes bytes, int longSidePx) {
        try {
            return Imaging.ofDefaults()
                    .decode(bytes, Resize.fit(longSidePx, longSidePx))
                    .picture()
                    .toBufferedImage();
        } catch (ImageRejectedException e) {
            throw new ModelException(
                    ModelFailure.builder(
                                    modelId,
                                    Reason.INVALID_REQUEST,
                                    Billed.NOT_SENT,
                                    modelId + " cannot decode the " + what + " (" + bytes
                                            + "); send an intact PNG or JPEG")
                            .build(),
                    e);
        }
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
