package dev.pictor.adapter.imaging;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageCodec;
import dev.pictor.testkit.CodecSample;
import dev.pictor.testkit.ImageCodecContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** The sample files were written by another program than this codec: vips 8.14 with libwebp 1.2. */
class WebpCodecContractTest extends ImageCodecContract {

    /** What libwebp at quality 95 makes of colours that change within blocks of 2x2 pixels. */
    private static final int LOSSY_TOLERANCE = 40;

    @Override
    protected ImageCodec codec() {
        return new WebpCodec();
    }

    @Override
    protected List<CodecSample> samples() {
        return List.of(
                sample("lossless", false, 0),
                sample("lossless-alpha", true, 0),
                sample("lossy", false, LOSSY_TOLERANCE),
                sample("lossy-alpha", true, LOSSY_TOLERANCE));
    }

    private static CodecSample sample(String name, boolean alpha, int tolerance) {
        return new CodecSample(name, file(name), Scenes.rings(alpha), tolerance);
    }

    static ImageBytes file(String name) {
        try (InputStream in = Objects.requireNonNull(WebpCodecContractTest.class.getResourceAsStream(name + ".webp"))) {
            return ImageBytes.wrap(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
