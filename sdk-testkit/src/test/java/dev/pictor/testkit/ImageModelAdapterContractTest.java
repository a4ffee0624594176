package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.Usage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ImageModelAdapterContractTest {

    private static final PixelSize USUAL = new PixelSize(64, 64);

    @Nested
    class AnHonestPainter extends ImageModelAdapterContract {

        private final ImageModelAdapter painter = new Painter();

        @Override
        protected ImageModelAdapter adapter() {
            return painter;
        }

        @Override
        protected ImageRequest request() {
            return ImageRequest.builder("a brass lamp").build();
        }
    }

    /** Draws whatever it is asked and tells nothing: each rule of the contract finds it out. */
    @Test
    void findsOutAnAdapterThatPaysNoAttention() {
        ImageModelAdapter careless = new Painter() {
            @Override
            public ImageResult generate(ImageRequest request, CallContext call) {
                return ImageResult.builder(" ", List.of(paint(USUAL))).build();
            }
        };
        ImageModelAdapterContract contract = new ImageModelAdapterContract() {
            @Override
            protected ImageModelAdapter adapter() {
                return careless;
            }

            @Override
            protected ImageRequest request() {
                return ImageRequest.builder("a brass lamp").build();
            }
        };
        List<ThrowingCallable> rules = List.of(
                contract::drawsOnePictureOfAKnownFormatAndSaysWhoDrewIt,
                contract::drawsAndCountsAsManyPicturesAsAskedUpToItsLimit,
                contract::refusesMoreReferencesThanItsProfileSays,
                contract::refusesAMaskOrTakesItAsItsProfileSays,
                contract::warnsOfAnOptionThatItDoesNotKnow,
                contract::honoursASeedOrWarnsOfItAsItsProfileSays,
                contract::honoursASizeOrWarnsOfIt,
                contract::honoursEachAspectRatioOrWarnsOfIt,
                contract::doesNothingOnAnInterruptedThread,
                contract::doesNothingForACallThatIsCancelledAlready,
                contract::doesNothingForACallWhoseTimeIsUp);
        for (ThrowingCallable rule : rules) {
            assertThatThrownBy(rule).isInstanceOf(AssertionError.class);
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static ImageBytes paint(PixelSize size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ImageBytes.wrap(out.toByteArray());
    }

    private static class Painter implements ImageModelAdapter {

        private static final ModelProfile PROFILE = ModelProfile.builder("test-painter", "pictor.test")
                .maxCount(3)
                .maxReferences(2)
                .maxSize(new PixelSize(512, 512))
                .addAspectRatios(AspectRatio.SQUARE, new AspectRatio(16, 9))
                .build();

        @Override
        public ModelProfile profile() {
            return PROFILE;
        }

        @Override
        public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (call.isCancelled()) {
                throw failure(Reason.CANCELLED);
            }
            if (request.references().size() > 2 || request.mask().isPresent()) {
                throw failure(Reason.INVALID_REQUEST);
            }
            List<OptionWarning> warnings = new ArrayList<>();
            request.options().keySet().forEach(name -> warnings.add(new OptionWarning(name, "is not known")));
            if (request.seed().isPresent()) {
                warnings.add(new OptionWarning("seed", "is not honoured"));
            }
            PixelSize size = request.size()
                    .or(() -> request.aspectRatio().map(ratio -> ratio.sizeWithin(64)))
                    .orElse(USUAL);
            return ImageResult.builder(PROFILE.id(), Collections.nCopies(request.count(), paint(size)))
                    .usage(Usage.builder().images(request.count()).build())
                    .warnings(warnings)
                    .build();
        }

        private static ModelException failure(Reason reason) {
            return new ModelException(ModelFailure.builder(PROFILE.id(), reason, Billed.NOT_SENT, "no")
                    .build());
        }
    }
}
