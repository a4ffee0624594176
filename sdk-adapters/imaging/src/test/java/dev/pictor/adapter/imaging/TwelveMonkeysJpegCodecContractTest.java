package dev.pictor.adapter.imaging;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageCodec;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.testkit.CodecSample;
import dev.pictor.testkit.ImageCodecContract;
import java.util.ArrayList;
import java.util.List;

class TwelveMonkeysJpegCodecContractTest extends ImageCodecContract {

    @Override
    protected ImageCodec codec() {
        return new TwelveMonkeysJpegCodec();
    }

    @Override
    protected List<CodecSample> samples() {
        List<CodecSample> samples = new ArrayList<>();
        for (int predictor = 1; predictor <= 7; predictor++) {
            samples.add(predictor % 2 == 0 ? grey(predictor) : color(predictor));
        }
        return samples;
    }

    private static CodecSample color(int predictor) {
        Picture picture = Scenes.rings(false);
        return new CodecSample(
                "colour, predictor " + predictor,
                ImageBytes.wrap(LosslessJpeg.of(Scenes.SIZE, 3)
                        .predictor(predictor)
                        .adobeTransform(0)
                        .encode(Scenes.numbers(picture))),
                picture,
                0);
    }

    private static CodecSample grey(int predictor) {
        PixelSize size = new PixelSize(31, 17);
        int[] samples = new int[(int) size.pixels()];
        byte[] rgb = new byte[samples.length * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i * i / 11 & 0xFF;
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) samples[i];
            }
        }
        return new CodecSample(
                "grey, predictor " + predictor,
                ImageBytes.wrap(LosslessJpeg.of(size, 1).predictor(predictor).encode(samples)),
                Picture.wrap(size, false, rgb),
                0);
    }
}
