package dev.pictor.adapter.cutout;

import dev.pictor.image.DecodedPicture;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.Imaging;
import dev.pictor.image.Orientation;
import dev.pictor.image.Picture;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Price;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts products out of an even background, such as that of a studio: offline, free, and with the same bytes for the same
 * picture on every JVM. What it cannot tell from the background it does not guess: it refuses, with the figures that it
 * measured. Immutable and thread-safe.
 *
 * <p><b>How.</b> The background is a soft surface through the border, which may fade, darken to the corners, be noisy, and
 * be something else in places. Background is what is reached from the border over pixels of that surface's colour, by
 * distance in Oklab; so parts of the product that look like it stay. What is reached over pixels that darken by small steps
 * in the tint of the background is a shadow. At edges each pixel is unmixed into product and background: alpha is soft, and
 * colours are free of the background.
 *
 * <p><b>Pictures.</b> Of 32 pixels a side to 64 megapixels, upright; PNG of the same size comes back. One that has
 * transparency already comes back as it is, with a warning of {@code image}. Glass comes out as it is seen, with the
 * background in it.
 *
 * <table>
 *   <caption>Options</caption>
 *   <tr><th>name</th><th>default</th><th>may be</th><th>what it does</th></tr>
 *   <tr><td>shadow</td><td>remove</td><td>remove or keep</td><td>kept shadows are black of some alpha</td></tr>
 *   <tr><td>holes</td><td>keep</td><td>keep or cut</td><td>whether areas inside of the product that are as even as the
 *       background and of its colour become transparent, such as within a handle; kept ones give a warning</td></tr>
 *   <tr><td>tolerance</td><td>0.03</td><td>0.01 to 0.1</td><td>how far in Oklab a pixel of the background may be from the
 *       surface; noise raises it to twice that at most</td></tr>
 *   <tr><td>hole_area</td><td>0.0005</td><td>0 to 1</td><td>the smallest hole, by the picture's area; 64 pixels at least
 *   </td></tr>
 *   <tr><td>speck_area</td><td>0.0001</td><td>0 to 0.1</td><td>what is smaller is dust, by the picture's area; less than 24
 *       pixels always are</td></tr>
 *   <tr><td>max_touch</td><td>0.2</td><td>0 to 0.5</td><td>how much of the border the product may touch</td></tr>
 *   <tr><td>min_even</td><td>0.7</td><td>0.5 to 1</td><td>how much of the border must be background</td></tr>
 * </table>
 *
 * <p><b>Refused</b> with {@link Reason#INVALID_REQUEST} and {@link Billed#NOT_SENT}: a busy, textured or noisy background;
 * one that goes over more than 0.3 of lightness; two corners that are not background; more than 48 things on it; a product
 * that touches too much of the border; nothing that stands out; hardly any background; a product that is as the background on
 * more than a quarter of its outline, or whose edges lie in what was taken for background; options out of range; a picture
 * that cannot be read.
 *
 * <p><b>Costs.</b> About 0.12 s for a megapixel on one core, and 0.04 s to write the PNG. Beside the encoded pictures, 10
 * bytes a pixel, of which 3 are the decoded picture and 4 the result, and up to 4 more where regions are very ragged. It
 * works on the caller's thread and stops between rows when that is interrupted, when the call is cancelled
 * ({@link Reason#CANCELLED}) or its time is over ({@link Reason#TIMED_OUT}).
 */
public final class StudioBackgroundRemover implements BackgroundRemover {

    private static final ModelProfile PROFILE =
            CutoutModels.profile("studio-1").toBuilder().price(Price.free()).build();

    private final Imaging imaging;

    private StudioBackgroundRemover(Imaging imaging) {
        this.imaging = imaging;
    }

    /**
     * Returns a remover that reads what the JDK reads: JPEG and PNG.
     *
     * @return always equal ones
     */
    public static StudioBackgroundRemover create() {
        return create(Imaging.ofDefaults());
    }

    /**
     * Returns a remover.
     *
     * @param imaging decodes pictures and encodes PNG
     * @return a new remover
     */
    public static StudioBackgroundRemover create(Imaging imaging) {
        return new StudioBackgroundRemover(imaging);
    }

    @Override
    public ModelProfile profile() {
        return PROFILE;
    }

    @Override
    public List<OptionWarning> unsupported(BackgroundRemovalRequest request) {
        return StudioOptions.unknown(request.options());
    }

    @Override
    public BackgroundRemovalResult remove(BackgroundRemovalRequest request, CallContext call)
            throws InterruptedException {
        Stopping stopping = new Stopping(PROFILE.id(), call);
        stopping.check();
        List<OptionWarning> warnings = new ArrayList<>(unsupported(request));
        try {
            StudioOptions options = StudioOptions.of(request.options());
            DecodedPicture decoded = imaging.decode(request.image());
            ImageBytes image;
            if (isTransparent(decoded.picture())) {
                warnings.add(new OptionWarning("image", "has transparency already, and is as it was"));
                image = request.image().header().orientation() == Orientation.UPRIGHT
                        ? request.image()
                        : imaging.encode(decoded.picture(), Encoding.png());
            } else {
                StudioCut cut = new StudioCut(decoded.picture(), options, stopping);
                image = imaging.encode(cut.cut(), Encoding.png());
                warnings.addAll(cut.warnings());
            }
            stopping.check();
            return BackgroundRemovalResult.builder(PROFILE.id(), image)
                    .warnings(warnings)
                    .build();
        } catch (StudioCut.Refused | IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()), null);
        } catch (ImageRejectedException e) {
            throw refused("the picture cannot be read: " + e.getMessage(), e);
        } catch (CancellationException e) {
            throw Stopping.interrupted(PROFILE.id(), e);
        }
    }

    private static boolean isTransparent(Picture picture) {
        if (!picture.hasAlpha()) {
            return false;
        }
        ByteBuffer samples = picture.asByteBuffer();
        for (int at = 3; at < samples.limit(); at += 4) {
            if (samples.get(at) != -1) {
                return true;
            }
        }
        return false;
    }

    private static ModelException refused(String why, @Nullable Exception cause) {
        return new ModelException(
                ModelFailure.builder(
                                PROFILE.id(),
                                Reason.INVALID_REQUEST,
                                Billed.NOT_SENT,
                                PROFILE.id() + " refuses: " + why)
                        .build(),
                cause);
    }
}
