package dev.pictor.adapter.local;

import dev.pictor.adapter.local.ServerProfile.MaskForm;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import java.util.Set;

/** Makes pictures what a server reads. Immutable. */
final class SentPictures {

    private static final int JPEG_QUALITY = 92;
    private static final int HALF = 128;

    private final String modelId;
    private final Imaging imaging;
    private final ServerProfile server;

    SentPictures(String modelId, LocalServer server) {
        this.modelId = modelId;
        this.imaging = server.imaging();
        this.server = server.profile();
    }

    /** Returns a picture in a format that the server reads: itself where that can be. */
    ImageBytes of(ImageBytes image) {
        Set<ImageFormat> formats = server.pictureFormats();
        if (formats.contains(image.format())) {
            return image;
        }
        try {
            Picture picture = imaging.decode(image).picture();
            return imaging.encode(picture, picture.hasAlpha() ? Encoding.png() : Encoding.jpeg(JPEG_QUALITY));
        } catch (ImageRejectedException e) {
            throw ServerErrors.refused(
                    modelId,
                    "cannot be sent a picture: " + server.title() + " reads no " + image.format()
                            + ", and it could not be converted",
                    e);
        }
    }

    /** Returns a mask in the form that the server reads. It comes transparent where the model is to draw. */
    ImageBytes mask(ImageBytes mask) {
        if (server.maskForm() != MaskForm.WHITE) {
            return mask;
        }
        Picture picture;
        try {
            picture = imaging.decode(mask).picture();
        } catch (ImageRejectedException e) {
            throw ServerErrors.refused(modelId, "cannot be sent the mask: it could not be decoded", e);
        }
        byte[] samples = new byte[Math.toIntExact(picture.size().pixels() * 3)];
        int at = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                byte drawn = (byte) (picture.alpha(x, y) < HALF ? 255 : 0);
                samples[at++] = drawn;
                samples[at++] = drawn;
                samples[at++] = drawn;
            }
        }
        return imaging.encode(Picture.wrap(picture.size(), false, samples), Encoding.png());
    }
}
