package dev.pictor.docs;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageCodec;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.testkit.CodecSample;
import dev.pictor.testkit.ImageCodecContract;
import java.util.List;
import java.util.Random;

/** The proof of the codec of docs/pictures.md. */
// @start region="contract"
class RgbPngCodecTest extends ImageCodecContract {

    @Override
    protected ImageCodec codec() {
        return new RgbPngCodec();
    }

    @Override
    protected List<CodecSample> samples() {
        byte[] noise = new byte[3 * 40 * 30];
        new Random(7).nextBytes(noise);
        Picture picture = Picture.of(new PixelSize(40, 30), false, noise);
        return List.of(new CodecSample("noise", Imaging.ofDefaults().encode(picture, Encoding.png()), picture, 0));
    }
}
// @end
