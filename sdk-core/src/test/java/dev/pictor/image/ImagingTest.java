package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.ImageRejectedException.Reason;
import dev.pictor.image.color.RgbColor;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImagingTest {

    private static final Imaging IMAGING = Imaging.ofDefaults();

    private static final ImagePreset SMALL = ImagePreset.of("small", Resize.fit(40, 40), Encoding.png());

    /** A picture whose red grows to the right and whose green grows downwards. */
    private static Picture slope(int width, int height) {
        byte[] samples = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++) {
            samples[3 * i] = (byte) (255 * (i % width) / Math.max(1, width - 1));
            samples[3 * i + 1] = (byte) (255 * (i / width) / Math.max(1, height - 1));
        }
        return Picture.wrap(new PixelSize(width, height), false, samples);
    }

    private static ImageBytes png(Picture picture) {
        return IMAGING.encode(picture, Encoding.png());
    }

    @Test
    void encodesWhatItDecodes() {
        Picture picture = slope(50, 30);

        assertThat(IMAGING.decode(png(picture)).picture()).isEqualTo(picture);
        assertThat(IMAGING.encode(picture, Encoding.jpeg(90)).format()).isEqualTo(ImageFormat.JPEG);
    }

    @Test
    void decodesStraightToASize() {
        Picture picture = slope(120, 90);

        assertThat(IMAGING.decode(png(picture), Resize.fit(40, 40)).picture())
                .isEqualTo(picture.resized(Resize.fit(40, 40)));
    }

    @Test
    void goesToAwtAndBack() {
        byte[] samples = new byte[5 * 4 * 4];
        new Random(3).nextBytes(samples);
        Picture clear = Picture.wrap(new PixelSize(5, 4), true, samples);

        assertThat(Picture.from(clear.toBufferedImage())).isEqualTo(clear);
        assertThat(Picture.from(slope(7, 3).toBufferedImage())).isEqualTo(slope(7, 3));
    }

    @Nested
    class Rendering {

        @Test
        void givesWhatDecodingAndResizingGive() {
            Picture picture = slope(120, 90);

            Rendition rendition = IMAGING.render(png(picture), SMALL);

            assertThat(rendition.image().size()).isEqualTo(new PixelSize(40, 30));
            assertThat(IMAGING.decode(rendition.image()).picture()).isEqualTo(picture.resized(SMALL.resize()));
            assertThat(rendition.preset()).isEqualTo(SMALL);
        }

        @Test
        void makesSeveralOfOneDecoding() {
            List<BareImage> decoded = new ArrayList<>();
            Imaging counting = Imaging.builder().addCodec(new Spy(decoded)).build();
            List<ImagePreset> presets = List.of(
                    SMALL,
                    ImagePreset.of("square", Resize.fill(16, 16), Encoding.jpeg(80)),
                    ImagePreset.of(
                            "light",
                            Resize.builder(new PixelSize(30, 30))
                                    .isLinearLight(true)
                                    .build(),
                            Encoding.png()),
                    ImagePreset.of("same", Resize.fit(999, 999), Encoding.png()));

            List<Rendition> renditions = counting.render(png(slope(120, 90)), presets);

            assertThat(decoded).hasSize(1);
            assertThat(renditions)
                    .extracting(rendition -> rendition.image().size().toString())
                    .containsExactly("40x30", "16x16", "30x23", "120x90");
            for (Rendition rendition : renditions) {
                assertThat(counting.render(png(slope(120, 90)), rendition.preset())
                                .image())
                        .isEqualTo(rendition.image());
            }
        }

        @ParameterizedTest(name = "{0}")
        @EnumSource
        void turnsTheResultUpright(Orientation orientation) {
            byte[] exif = HexFormat.of().parseHex("4D4D002A000000080001011200030000000100000000" + "00000000");
            exif[19] = (byte) orientation.exif();
            byte[] stored = new PngWriter(120, 90, 8, 2, false)
                    .chunk("eXIf", exif)
                    .data((x, y, channel) -> channel == 0 ? 2 * x : channel == 1 ? 2 * y : 0)
                    .end();
            ImageBytes image = ImageBytes.of(stored);
            ImagePreset part = ImagePreset.of("part", Resize.fill(40, 20), Encoding.png());

            Picture rendered =
                    IMAGING.decode(IMAGING.render(image, part).image()).picture();
            Picture upright = IMAGING.decode(image).picture().resized(part.resize());

            assertThat(rendered.size()).isEqualTo(new PixelSize(40, 20));
            for (int y = 0; y < 20; y++) {
                for (int x = 0; x < 40; x++) {
                    RgbColor one = rendered.color(x, y);
                    RgbColor other = upright.color(x, y);
                    assertThat(Math.abs(one.red() - other.red()) + Math.abs(one.green() - other.green()))
                            .as("%d,%d", x, y)
                            .isLessThanOrEqualTo(2);
                }
            }
        }

        @Test
        void tellsWhatWasPutUpWithToDecode() {
            byte[] cut = new PngWriter(60, 60, 8, 0, false)
                    .data((x, y, channel) -> x)
                    .bytes();

            assertThat(IMAGING.render(ImageBytes.of(cut), SMALL).warnings())
                    .extracting(ImageWarning::kind)
                    .containsExactly(ImageWarning.Kind.TRUNCATED);
        }
    }

    @Nested
    class Encodings {

        @Test
        void ofTransparentPicturesAsJpegShowTheBackground() {
            Picture clear = Picture.wrap(new PixelSize(8, 8), true, new byte[256]);
            Encoding onRed = Encoding.builder(ImageFormat.JPEG)
                    .quality(95)
                    .background(new RgbColor(200, 0, 0))
                    .build();

            RgbColor shown =
                    IMAGING.decode(IMAGING.encode(clear, onRed)).picture().color(4, 4);

            assertThat(shown.red()).isBetween(195, 205);
            assertThat(shown.green()).isLessThan(6);
        }

        @Test
        void keepToTheBytesTheyMayHave() {
            Picture picture = slope(300, 200);
            int full = IMAGING.encode(picture, Encoding.jpeg(95)).byteCount();
            Encoding bounded =
                    Encoding.jpeg(95).toBuilder().maxBytes(full * 2 / 3).build();

            ImageBytes image = IMAGING.encode(picture, bounded);

            assertThat(image.byteCount()).isBetween(full / 3, full * 2 / 3);
            assertThatExceptionOfType(TargetSizeException.class)
                    .isThrownBy(() -> IMAGING.encode(
                            picture, bounded.toBuilder().maxBytes(300).build()));
        }

        @Test
        void ofFormatsWithoutACodecAreRefused() {
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> IMAGING.encode(slope(2, 2), Encoding.webp(80)))
                    .withMessage("no codec encodes WEBP; sdk-adapter-imaging brings more")
                    .matches(e -> e.reason() == Reason.NO_CODEC);
        }
    }

    @Nested
    class SizesThatAreTooLarge {

        @Test
        void areTheCallersMistakeNotThePictures() {
            ImageBytes sound = png(slope(3, 3));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IMAGING.decode(sound, Resize.exact(60_000, 60_000)))
                    .withMessageStartingWith("a picture must have at most");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> slope(3, 3).resized(Resize.exact(1, 2_000_000_000)))
                    .withMessageStartingWith("a picture must have at most");
        }

        @Test
        void forAFormatAreNamed() {
            Picture wide = slope(70_000, 1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IMAGING.encode(wide, Encoding.jpeg(80)))
                    .withMessage("a JPEG has at most 65500 px a side, was 70000x1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IMAGING.encode(wide, Encoding.webp(80)))
                    .withMessage("a WEBP has at most 16383 px a side, was 70000x1");
            assertThat(png(wide).size()).isEqualTo(new PixelSize(70_000, 1));
        }
    }

    @Nested
    class Codecs {

        @Test
        void thatWereAddedComeBeforeTheJdks() {
            List<BareImage> decoded = new ArrayList<>();
            Imaging imaging = Imaging.builder().addCodec(new Spy(decoded)).build();

            assertThat(imaging.decode(png(slope(3, 3))).warnings()).isEmpty();

            assertThat(decoded).hasSize(1);
        }

        @Test
        void thatThrowWhateverTheyLikeAreTypedErrors() {
            Imaging imaging = Imaging.builder().addCodec(new Throwing(0)).build();

            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> imaging.decode(png(slope(3, 3))))
                    .withMessage("the picture cannot be decoded")
                    .withCauseInstanceOf(ArrayStoreException.class)
                    .matches(e -> e.reason() == Reason.BROKEN_PIXELS);
        }

        @Test
        void thatThrowAfterSomeRowsLeaveThoseAndAWarning() {
            Imaging imaging = Imaging.builder().addCodec(new Throwing(2)).build();

            DecodedPicture decoded = imaging.decode(png(slope(3, 3)));

            assertThat(decoded.warnings())
                    .extracting(ImageWarning::message)
                    .containsExactly("the decoder gave up: ArrayStoreException", "2 of 3 rows are there");
            assertThat(decoded.picture().color(0, 2)).isEqualTo(RgbColor.WHITE);
        }

        @Test
        void thatGiveAnotherSizeThanTheHeaderAreRefused() {
            ImageCodec wrong = new Throwing(1) {
                @Override
                public void decode(BareImage image, PixelSink sink) {
                    sink.begin(new PixelSize(16_000, 16_000), PixelLayout.RGB);
                }
            };

            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> Imaging.builder().addCodec(wrong).build().decode(png(slope(3, 3))))
                    .withMessage("the header tells of 3x3 px, the picture has 16000x16000");
        }
    }

    @Test
    void itsOwnLimitsHoldForWhatOthersRead() {
        Imaging strict = Imaging.builder()
                .limits(ImageLimits.builder().maxSidePx(20).build())
                .build();

        assertThatExceptionOfType(ImageRejectedException.class)
                .isThrownBy(() -> strict.decode(png(slope(21, 2))))
                .matches(e -> e.reason() == Reason.TOO_MANY_PIXELS);
    }

    /** The JDK's codec, with a note of what it is asked to decode. */
    private record Spy(List<BareImage> decoded) implements ImageCodec {

        @Override
        public boolean decodes(ImageHeader header) {
            return header.format() == ImageFormat.PNG;
        }

        @Override
        public Set<ImageFormat> encodes() {
            return Set.of();
        }

        @Override
        public void decode(BareImage image, PixelSink sink) {
            decoded.add(image);
            new JdkCodec().decode(image, sink);
        }

        @Override
        public byte[] encode(Picture picture, Encoding encoding) {
            throw new AssertionError("it encodes nothing");
        }
    }

    /** Gives some rows, then throws what no codec should. */
    private static class Throwing implements ImageCodec {

        private final int rows;

        Throwing(int rows) {
            this.rows = rows;
        }

        @Override
        public boolean decodes(ImageHeader header) {
            return true;
        }

        @Override
        public Set<ImageFormat> encodes() {
            return Set.of();
        }

        @Override
        public void decode(BareImage image, PixelSink sink) {
            if (rows > 0) {
                sink.begin(image.header().size(), PixelLayout.GREY);
            }
            for (int i = 0; i < rows; i++) {
                sink.row(new byte[image.header().size().width()], 0);
            }
            throw new ArrayStoreException("whatever");
        }

        @Override
        public byte[] encode(Picture picture, Encoding encoding) {
            throw new AssertionError("it encodes nothing");
        }
    }
}
