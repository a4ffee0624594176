package dev.pictor.adapter.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.BareImage;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.ImageRejectedException.Reason;
import dev.pictor.image.ImageWarning;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelLayout;
import dev.pictor.image.PixelSize;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TwelveMonkeysJpegCodecTest {

    private static final ImageWarning BREAKS_RULES = new ImageWarning(
            ImageWarning.Kind.DAMAGED, "the lossless JPEG breaks the format's rules: some pixels may be wrong");

    private final TwelveMonkeysJpegCodec codec = new TwelveMonkeysJpegCodec();
    private final Picture rings = Scenes.rings(false);

    @Test
    void deliversGreyAsOneSample() {
        CollectingSink sink = decode(LosslessJpeg.of(new PixelSize(3, 2), 1).encode(10, 20, 30, 40, 50, 60));

        assertThat(sink.layout).isEqualTo(PixelLayout.GREY);
        assertThat(sink.samples.toByteArray()).containsExactly(10, 20, 30, 40, 50, 60);
    }

    /** White, red, green and blue by the formula of JFIF, in luma and colour differences. */
    @Test
    void turnsColourDifferencesIntoColours() {
        CollectingSink sink = decode(LosslessJpeg.of(new PixelSize(4, 1), 3)
                .adobeTransform(1)
                .encode(255, 128, 128, 76, 85, 255, 150, 44, 21, 29, 255, 107));

        assertThat(sink.layout).isEqualTo(PixelLayout.RGB);
        assertThat(Scenes.numbers(sink.samples.toByteArray()))
                .containsExactly(255, 255, 255, 254, 0, 0, 0, 255, 1, 0, 0, 254);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void readsGreyWithRestarts(int rowsBetween) {
        int[] samples = Scenes.numbers(rings);

        CollectingSink sink = decode(LosslessJpeg.of(new PixelSize(60, 52), 1)
                .rowsBetweenRestarts(rowsBetween)
                .encode(samples));

        assertThat(Scenes.numbers(sink.samples.toByteArray())).isEqualTo(samples);
    }

    @ParameterizedTest(name = "{0} samples a pixel, predictor {1}")
    @CsvSource({"3, 1", "3, 4", "1, 2", "1, 7"})
    void refusesRestartsThatItsLibraryGetsWrong(int components, int predictor) {
        int[] samples = new int[12 * components];

        assertThatThrownBy(() -> decode(LosslessJpeg.of(new PixelSize(3, 4), components)
                        .predictor(predictor)
                        .rowsBetweenRestarts(2)
                        .encode(samples)))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
                .hasMessageContaining("restarts")
                .hasMessageEndingWith("predictor " + predictor);
    }

    @Test
    void leavesTheOrderOfImageIosReadersAsItIs() {
        List<Class<?>> before = readers();

        CollectingSink sink = decode(LosslessJpeg.of(new PixelSize(1, 1), 1).encode(7));

        assertThat(sink.rows).isEqualTo(1);
        assertThat(readers()).isEqualTo(before);
    }

    private static List<Class<?>> readers() {
        List<Class<?>> classes = new ArrayList<>();
        IIORegistry.getDefaultInstance()
                .getServiceProviders(ImageReaderSpi.class, true)
                .forEachRemaining(provider -> classes.add(provider.getClass()));
        return classes;
    }

    @Test
    void refusesDataThatItsLibraryStumblesOver() {
        byte[] jpeg = LosslessJpeg.of(new PixelSize(3, 2), 1).encode(10, 20, 30, 40, 50, 60);
        Arrays.fill(jpeg, jpeg.length - 6, jpeg.length - 2, (byte) 0xFB); // codes that the table does not have

        assertThatThrownBy(() -> decode(jpeg))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_PIXELS))
                .hasMessage("broken lossless JPEG picture: TwelveMonkeys cannot read it")
                .hasCauseInstanceOf(Exception.class);
    }

    @Test
    void refusesAPictureOfAnotherSizeThanItsHeaderSays() {
        ByteBuffer jpeg =
                ByteBuffer.wrap(LosslessJpeg.of(new PixelSize(3, 2), 1).encode(10, 20, 30, 40, 50, 60));

        assertThatThrownBy(() -> TwelveMonkeysJpegCodec.read(jpeg, new PixelSize(2, 3), new CollectingSink()))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_PIXELS))
                .hasMessage("the JPEG frame is 3x2, its header says 2x3");
    }

    @Test
    void warnsOfATableOfTheWrongClass() {
        byte[] jpeg = LosslessJpeg.of(new PixelSize(3, 2), 1).encode(10, 20, 30, 40, 50, 60);
        jpeg[19] = 0x10; // AC, which lossless mode does not have
        CollectingSink sink = new CollectingSink();

        Raster raster = TwelveMonkeysJpegCodec.read(ByteBuffer.wrap(jpeg), new PixelSize(3, 2), sink);

        assertThat(raster.getSample(2, 1, 0)).isEqualTo(60);
        assertThat(sink.warnings).containsExactly(BREAKS_RULES);
    }

    @Test
    void warnsOnceOfHoweverManyFaults() throws IOException {
        CollectingSink sink = new CollectingSink();
        IIOReadWarningListener listener = TwelveMonkeysJpegCodec.firstWarning(sink);
        ImageReader reader = TwelveMonkeysReaders.create();

        for (int i = 0; i < 1_000; i++) {
            listener.warningOccurred(reader, "fault " + i);
        }

        assertThat(sink.warnings).containsExactly(BREAKS_RULES);
    }

    @Test
    void refusesMorePixelsThanItsLibraryCanHoldInReason() {
        assertThatThrownBy(() -> decode(sized(4096, 4097, 0)))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
                .hasMessage("lossless JPEG is read up to 16777216 pixels, the picture is 4096x4097");
    }

    /** Refused for what is looked at after its size, so that the test needs no memory for it. */
    @Test
    void takesAsManyPixelsAsItSays() {
        assertThatThrownBy(() -> decode(sized(4096, 4096, 1)))
                .isInstanceOf(ImageRejectedException.class)
                .hasMessageContaining("restarts");
    }

    /** A colour picture whose header tells of another size than its data have. */
    private static byte[] sized(int width, int height, int rowsBetweenRestarts) {
        byte[] jpeg = LosslessJpeg.of(new PixelSize(3, 4), 3)
                .rowsBetweenRestarts(rowsBetweenRestarts)
                .encode(new int[36]);
        ByteBuffer.wrap(jpeg).putShort(7, (short) height).putShort(9, (short) width); // SOF3 is the first segment
        return jpeg;
    }

    @Test
    void refusesAPictureThatItDoesNotClaim() {
        BareImage webp = BareImage.of(WebpCodecContractTest.file("lossy"));

        assertThat(codec.decodes(webp.header())).isFalse();
        assertThatThrownBy(() -> codec.decode(webp, new CollectingSink()))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
    }

    @Test
    void writesNothing() {
        assertThat(codec.encodes()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(rings, Encoding.jpeg(90)))
                .withMessage("this codec writes no JPEG");
    }

    private CollectingSink decode(byte[] bytes) {
        CollectingSink sink = new CollectingSink();
        codec.decode(BareImage.of(ImageBytes.of(bytes)), sink);
        return sink;
    }
}
