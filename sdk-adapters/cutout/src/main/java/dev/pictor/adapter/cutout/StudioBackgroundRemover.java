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

/** TODO. */
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
