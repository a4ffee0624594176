package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.adapter.cutout.RemoveBgRemover;
import dev.pictor.adapter.cutout.StudioBackgroundRemover;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.TestCallContext;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The code of docs/adapters/cutout.md. */
class CutoutGuideTest {

    /** A dark square on light grey, or on stripes. */
    private static ImageBytes photo(boolean striped) {
        int side = 160;
        byte[] samples = new byte[3 * side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean product = x > 40 && x < 120 && y > 50 && y < 130;
                int back = striped && x / 8 % 2 == 0 ? 120 : 240;
                for (int channel = 0; channel < 3; channel++) {
                    samples[3 * (y * side + x) + channel] = (byte) (product ? 40 + 30 * channel : back);
                }
            }
        }
        return Imaging.ofDefaults().encode(Picture.wrap(new PixelSize(side, side), false, samples), Encoding.png());
    }

    @Test
    void studio() throws InterruptedException {
        ImageBytes photo = photo(false);
        try (TestCallContext call = TestCallContext.unbounded()) {
            // @start region="studio"
            BackgroundRemover studio = StudioBackgroundRemover.create();
            BackgroundRemovalRequest request = BackgroundRemovalRequest.builder(photo)
                    .putOptions("shadow", "keep")
                    .build();
            BackgroundRemovalResult cutOut = studio.remove(request, call);
            // @end
            assertThat(Imaging.ofDefaults().decode(cutOut.image()).picture().alpha(5, 5))
                    .isZero();
        }
    }

    @Test
    void otherwise() throws InterruptedException {
        ImageBytes photo = photo(true);
        BackgroundRemovalRequest request =
                BackgroundRemovalRequest.builder(photo).build();
        byte[] answer = new byte[4 * 160 * 160];
        ImageBytes cut =
                Imaging.ofDefaults().encode(Picture.wrap(new PixelSize(160, 160), true, answer), Encoding.png());
        try (FaultServer service = FaultServer.start();
                TestCallContext call = TestCallContext.unbounded()) {
            service.enqueue(
                    FaultAnswer.bytes(200, "image/png", cut.toByteArray()).header("X-Credits-Charged", "1"));
            String apiKey = "a-key";
            URI address = service.uri();
            BackgroundRemovalResult cutOut;
            // @start region="otherwise"
            try (RemoveBgRemover removeBg =
                    RemoveBgRemover.builder(apiKey).baseUrl(address).build()) {
                try {
                    cutOut = StudioBackgroundRemover.create().remove(request, call); // free, at once
                } catch (ModelException busy) {
                    if (busy.reason() != ModelFailure.Reason.INVALID_REQUEST) {
                        throw busy;
                    }
                    cutOut = removeBg.remove(request, call); // a credit, some seconds
                }
            }
            // @end
            assertThat(cutOut.charged()).hasToString("Optional[credits 1]");
            assertThat(service.requestCount()).isEqualTo(1);
        }
    }
}
