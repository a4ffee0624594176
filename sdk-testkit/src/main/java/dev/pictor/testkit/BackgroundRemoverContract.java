package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.CallContext;
import dev.pictor.model.ModelProfile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link BackgroundRemover} passes, offline. Extend it and give the remover; for one over a network
 * extend {@code dev.pictor.testkit.wire.WireBackgroundRemoverContract}, which has more. Not thread-safe.
 */
public abstract class BackgroundRemoverContract
        extends AdapterContract<BackgroundRemovalRequest, BackgroundRemovalResult> {

    private static final String UNKNOWN = "pictorContractNoSuchOption";
    private static final int OPAQUE = 0xFF;
    /** 128x128: a dark disc of 80 pixels in the middle of nothing but light grey. */
    private static final ImageBytes DISC = ImageBytes.wrap(Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAIAAAACACAIAAABMXPacAAABfUlEQVR42u3dwZHDMAwEQYTj54Xg/ONBAA7hXtRSQE"
                    + "85AW3/XBJZrWhlAgAABACAAAAQAAACAEAAAAgAAAEAIAAABACAAADQeoDv3+ffH4CnF3+1R03d/S0StWH6mxlqz/R3"
                    + "MtS26W9jqJ3T38NQy9ePG9Ty6eMMZf2sQVk/a1DWzxqU9bMGZf2sQVk/a1DWzxoAGA3w9vUfMCjrZw0ADAWYtP5RAw"
                    + "ATAeatf84AwDiAqesfMgAwC2D2+icMAAAAYP2gAQAAAAAAAGD9kAEAAAAAAAAAAAAAAAAAAAAAAMAbAfwZBwAAAAAA"
                    + "AHgtxXtBAABsBWgv5wLYDtA+0ACwHaB9pAdgO0D7UBvAdoB2WEccoB1XA2A7QDuyLA7QDu2LA7RjK+MA7eDWOEA7uj"
                    + "gO0A7vjgO04+vjALcxBEdwhcniK0ziDDc8u2usADzLcNvzusoQwGGJyx/QdbYAdgcAAAABACAAAAQAgAAAEAAAAgBA"
                    + "AAAIAAABACAAAHSgH3JekZcIXVzIAAAAAElFTkSuQmCC"));

    /** For subclasses. */
    protected BackgroundRemoverContract() {}

    /**
     * Returns the remover under test.
     *
     * @return the same remover throughout a test; the subclass closes it
     */
    protected abstract BackgroundRemover remover();

    /**
     * Returns a request that the remover serves without a warning. Default: a dark disc before plain light grey, 128x128
     * pixels, PNG.
     *
     * @return a picture whose corners are background and whose middle is not
     */
    @Override
    protected BackgroundRemovalRequest request() {
        return BackgroundRemovalRequest.builder(DISC).build();
    }

    @Override
    final ModelProfile profile() {
        return remover().profile();
    }

    @Override
    final BackgroundRemovalResult call(BackgroundRemovalRequest request, CallContext call) throws InterruptedException {
        return remover().remove(request, call);
    }

    @Test
    void leavesWhatThePictureShowsWhereItWas() throws InterruptedException {
        BackgroundRemovalResult result = ask(request());
        ImageBytes cut = result.image();
        assertThat(result.warnings()).isEmpty();
        assertThat(result.servedBy()).isNotBlank();
        assertThat(cut.size()).isEqualTo(request().image().header().uprightSize());
        assertThat(cut.header().hasAlpha()).as("has an alpha channel").isTrue();
        if (cut.format() == ImageFormat.PNG) { // the JDK reads no WebP
            BufferedImage pixels = decode(cut);
            int right = pixels.getWidth() - 1;
            int bottom = pixels.getHeight() - 1;
            assertThat(List.of(
                            alpha(pixels, 0, 0),
                            alpha(pixels, right, 0),
                            alpha(pixels, 0, bottom),
                            alpha(pixels, right, bottom)))
                    .as("alpha in the corners")
                    .containsOnly(0);
            assertThat(alpha(pixels, right / 2, bottom / 2))
                    .as("alpha in the middle")
                    .isEqualTo(OPAQUE);
        }
    }

    private static BufferedImage decode(ImageBytes image) {
        try {
            return ImageIO.read(new ByteArrayInputStream(image.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("not a whole picture", e);
        }
    }

    private static int alpha(BufferedImage pixels, int x, int y) {
        return pixels.getRGB(x, y) >>> 24;
    }

    @Test
    void countsOnePicture() throws InterruptedException {
        assertThat(ask(request()).usage().images()).isEqualTo(1);
    }

    @Test
    void warnsOfAnOptionThatItDoesNotKnow() throws InterruptedException {
        BackgroundRemovalResult result =
                ask(request().toBuilder().putOptions(UNKNOWN, 7).build());
        assertThat(options(result.warnings())).containsExactly(UNKNOWN);
    }

    @Test
    void knowsBeforeTheCallWhatItWillNotHonour() throws InterruptedException {
        for (BackgroundRemovalRequest request :
                List.of(request(), request().toBuilder().putOptions(UNKNOWN, 7).build())) {
            assertThat(ask(request).warnings())
                    .containsExactlyInAnyOrderElementsOf(remover().unsupported(request));
        }
    }
}
