package dev.pictor.adapter.cutout;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.testkit.FaultAnswer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Pictures to send and to answer with. */
final class Samples {

    static final PixelSize SIZE = new PixelSize(24, 16);

    private Samples() {}

    static Picture picture(PixelSize size, boolean alpha) {
        int channels = alpha ? 4 : 3;
        byte[] samples = new byte[channels * (int) size.pixels()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * 31 % 251);
        }
        return Picture.wrap(size, alpha, samples);
    }

    static ImageBytes photo() {
        return Imaging.ofDefaults().encode(picture(SIZE, false), Encoding.jpeg(90));
    }

    static ImageBytes cutOut(PixelSize size) {
        return Imaging.ofDefaults().encode(picture(size, true), Encoding.png());
    }

    static BackgroundRemovalRequest request() {
        return BackgroundRemovalRequest.builder(photo()).build();
    }

    static FaultAnswer answer(ImageBytes image) {
        return FaultAnswer.bytes(200, image.format().mediaType(), image.toByteArray());
    }

    /** Puts an EXIF segment that tells the orientation behind the first marker of a JPEG. */
    static ImageBytes turned(ImageBytes jpeg, int orientation) {
        byte[] bytes = jpeg.toByteArray();
        byte[] exif = {
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0, // segment
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8, // header of TIFF, first directory at 8
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0, // one entry: orientation, a short
            0,
            0,
            0,
            0 // no other directory
        };
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes, 0, 2);
        all.writeBytes(exif);
        all.write(bytes, 2, bytes.length - 2);
        return ImageBytes.wrap(all.toByteArray());
    }

    /** Cuts a JPEG off where its pixels begin. */
    static ImageBytes withoutPixels(ImageBytes jpeg) {
        byte[] bytes = jpeg.toByteArray();
        int scan = 0;
        while (bytes[scan] != (byte) 0xFF || bytes[scan + 1] != (byte) 0xDA) {
            scan++;
        }
        return ImageBytes.wrap(Arrays.copyOf(bytes, scan));
    }

    static Stream<Arguments> noCutOuts() {
        byte[] png = cutOut(SIZE).toByteArray();
        byte[] flipped = png.clone();
        flipped[20] ^= 0x55; // in the header, whose check sum tells
        return Stream.of(
                Arguments.of("JSON", FaultAnswer.json(200, "{\"data\":{\"result_b64\":\"\"}}")),
                Arguments.of("HTML", FaultAnswer.html(200)),
                Arguments.of("nothing", FaultAnswer.bytes(200, "image/png", new byte[0])),
                Arguments.of("a JPEG, called a PNG", FaultAnswer.bytes(200, "image/png", photo().toByteArray())),
                Arguments.of("a cut header", FaultAnswer.bytes(200, "image/png", Arrays.copyOf(png, 20))),
                Arguments.of("a wrong check sum", FaultAnswer.bytes(200, "image/png", flipped)),
                Arguments.of("a ZIP", FaultAnswer.bytes(200, "application/zip", new byte[] {'P', 'K', 3, 4, 20, 0})),
                Arguments.of(
                        "an opaque PNG", answer(Imaging.ofDefaults().encode(picture(SIZE, false), Encoding.png()))));
    }
}
