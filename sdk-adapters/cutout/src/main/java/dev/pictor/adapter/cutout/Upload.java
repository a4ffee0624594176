package dev.pictor.adapter.cutout;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImageHeader;
import dev.pictor.image.ImageHeader.ColorModel;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Imaging;
import dev.pictor.image.Orientation;
import dev.pictor.image.Picture;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Makes of a picture what a service takes: upright, one frame, no CMYK, within its limits. Immutable. */
record Upload(String modelId, ServiceTerms terms, Imaging imaging) {

    private static final int JPEG_QUALITY = 95;

    /**
     * Returns what is sent: the same bytes if the service takes them, else a JPEG of quality 95 of a JPEG, and a PNG of
     * everything else.
     *
     * @throws ModelException if the picture is too large for the service or cannot be decoded
     * @throws InterruptedException if the thread was interrupted
     */
    ImageBytes prepare(ImageBytes image) throws InterruptedException {
        if (image.size().pixels() > terms.maxPixels()) {
            throw refused(
                    "the picture is " + image.size() + ", " + terms.name() + " takes " + terms.maxPixels() + " pixels",
                    null);
        }
        ImageBytes sent = isTaken(image.header()) ? image : converted(image);
        if (sent.byteCount() > terms.maxBytes()) {
            throw refused(
                    "the file has " + sent.byteCount() + " bytes, " + terms.name() + " takes " + terms.maxBytes()
                            + "; send a JPEG, or a smaller picture",
                    null);
        }
        return sent;
    }

    private boolean isTaken(ImageHeader header) {
        return header.orientation() == Orientation.UPRIGHT
                && header.frames() == 1
                && header.colorModel() != ColorModel.CMYK
                && header.colorModel() != ColorModel.YCCK
                && !(terms.srgbOnly() && header.hasProfile());
    }

    private ImageBytes converted(ImageBytes image) throws InterruptedException {
        try {
            Picture picture = imaging.decode(image).picture();
            return imaging.encode(
                    picture, image.format() == ImageFormat.JPEG ? Encoding.jpeg(JPEG_QUALITY) : Encoding.png());
        } catch (ImageRejectedException e) {
            throw refused(
                    "the picture has to be converted for " + terms.name() + " and cannot be: " + e.getMessage(), e);
        } catch (CancellationException e) {
            throw Stopping.interrupted(modelId, e);
        }
    }

    private ModelException refused(String why, @Nullable Exception cause) {
        return new ModelException(
                ModelFailure.builder(
                                modelId, Reason.INVALID_REQUEST, Billed.NOT_SENT, modelId + " was not asked: " + why)
                        .build(),
                cause);
    }
}
