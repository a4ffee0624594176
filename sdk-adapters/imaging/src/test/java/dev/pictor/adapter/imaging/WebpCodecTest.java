package dev.pictor.adapter.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.BareImage;
import dev.pictor.image.DecodedPicture;
import dev.pictor.image.Encoding;
import dev.pictor.image.Encoding.Subsampling;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.ImageRejectedException.Reason;
import dev.pictor.image.ImageWarning;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebpCodecTest {

    private static final Encoding LOSSLESS =
            Encoding.builder(ImageFormat.WEBP).isLossless(true).build();

    private final WebpCodec codec = new WebpCodec();

    @Test
    void isOneOfAllCodecs() {
        assertThat(ImagingCodecs.all()).hasExactlyElementsOfTypes(WebpCodec.class, TwelveMonkeysJpegCodec.class);
    }

    @Nested
    class DataThatBreakOff {

        private final Picture picture = detailed(new PixelSize(50, 200));

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void giveTheRowsBefore(boolean lossless) {
            byte[] whole = codec.encode(picture, lossless ? LOSSLESS : Encoding.webp(90));
            CollectingSink all = decode(whole);

            CollectingSink some = decode(Arrays.copyOf(whole, whole.length / 2));

            assertThat(some.rows).isBetween(40, 160);
            assertThat(some.warnings).isEmpty();
            byte[] samples = some.samples.toByteArray();
            int sound = some.rows - 1; // a lossy picture's last row is smoothed with the one after it
            assertThat(Arrays.copyOf(samples, sound * 150))
                    .isEqualTo(Arrays.copyOf(all.samples.toByteArray(), sound * 150));
        }

        @Test
        void areToldOfOnceToWhoeverAsksForAPicture() {
            byte[] whole = codec.encode(picture, Encoding.webp(90));
            Imaging imaging = Imaging.builder().addCodec(codec).build();

            DecodedPicture cut = imaging.decode(ImageBytes.of(Arrays.copyOf(whole, whole.length / 2)));

            assertThat(cut.picture().size()).isEqualTo(picture.size());
            assertThat(cut.warnings()).singleElement().satisfies(warning -> {
                assertThat(warning.kind()).isEqualTo(ImageWarning.Kind.TRUNCATED);
                assertThat(warning.message()).endsWith(" of 200 rows are there");
            });
        }

        @Test
        void areRefusedWhenNoRowIsWhole() {
            byte[] whole = codec.encode(picture, Encoding.webp(90));

            assertThatThrownBy(() -> decode(Arrays.copyOf(whole, 60)))
                    .isInstanceOfSatisfying(ImageRejectedException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.BROKEN_PIXELS);
                        assertThat(e).hasMessageStartingWith("broken WebP picture: ");
                    });
        }

        @Test
        void areNotSearchedOnceTheThreadIsInterrupted() {
            byte[] whole = codec.encode(picture, Encoding.webp(90));
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length / 2)))
                        .isInstanceOf(CancellationException.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Test
    void refusesAPictureOfAnotherSizeThanItsHeaderSays() {
        BareImage image = BareImage.of(WebpCodecContractTest.file("lossy"));

        assertThatThrownBy(() -> WebpRows.decode(image.asByteBuffer(), new PixelSize(40, 25)))
                .isInstanceOfSatisfying(
                        ImageRejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_PIXELS))
                .hasMessage("broken WebP picture: its frame is 40x26, its header says 40x25");
    }

    @Nested
    class Encodes {

        @Test
        void smallerAtLowerQuality() {
            Picture picture = detailed(new PixelSize(120, 90));

            assertThat(codec.encode(picture, Encoding.webp(20)).length)
                    .isLessThan(codec.encode(picture, Encoding.webp(60)).length)
                    .isLessThan(codec.encode(picture, Encoding.webp(95)).length / 2);
        }

        @Test
        void alphaExactlyAlsoWhenColoursAreLossy() {
            Picture picture = Scenes.rings(true);

            byte[] samples =
                    decode(codec.encode(picture, Encoding.webp(10))).samples.toByteArray();

            for (int i = 3; i < samples.length; i += 4) {
                assertThat(samples[i]).isEqualTo(picture.asByteBuffer().get(i));
            }
        }

        @Test
        void theColourOfTransparentPixelsWhenLossless() {
            Picture picture = Picture.of(new PixelSize(2, 1), true, new byte[] {1, 2, 3, 0, 4, 5, 6, 0});

            assertThat(decode(codec.encode(picture, LOSSLESS)).samples.toByteArray())
                    .containsExactly(1, 2, 3, 0, 4, 5, 6, 0);
        }

        @Test
        void edgesBetweenStrongColoursBetterWhenAskedForAllColourDifferences() {
            Picture stripes = redAndWhite(new PixelSize(64, 48));
            Encoding plain = Encoding.builder(ImageFormat.WEBP)
                    .quality(95)
                    .subsampling(Subsampling.YUV_420)
                    .build();

            double without = meanError(stripes, plain);
            double with = meanError(
                    stripes, plain.toBuilder().subsampling(Subsampling.YUV_444).build());

            assertThat(with).isLessThan(without * 0.9);
            assertThat(meanError(stripes, Encoding.webp(95))).isEqualTo(with);
        }

        private double meanError(Picture picture, Encoding encoding) {
            int[] samples = Scenes.numbers(picture);
            int[] back = Scenes.numbers(
                    decode(codec.encode(picture, encoding)).samples.toByteArray());
            return IntStream.range(0, samples.length)
                    .map(i -> Math.abs(samples[i] - back[i]))
                    .average()
                    .orElseThrow();
        }

        /** Upright stripes 3 px wide, so that every other edge cuts through blocks of 2x2 pixels. */
        private Picture redAndWhite(PixelSize size) {
            byte[] samples = new byte[(int) size.pixels() * 3];
            for (int i = 0; i < samples.length; i++) {
                boolean red = i / 3 % size.width() / 3 % 2 == 0;
                samples[i] = (byte) (i % 3 == 0 || !red ? 255 : 0);
            }
            return Picture.wrap(size, false, samples);
        }

        @Test
        void noSideThatWebpCannotHave() {
            Picture picture = Picture.wrap(new PixelSize(16_384, 1), false, new byte[16_384 * 3]);

            assertThatThrownBy(() -> codec.encode(picture, Encoding.webp(80)))
                    .isInstanceOfSatisfying(
                            ImageRejectedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_PIXELS))
                    .hasMessage("WebP has at most 16383 px a side, the picture is 16384x1");
        }

        @Test
        void theLongestSideThatThereIs() {
            Picture picture = Picture.wrap(new PixelSize(16_383, 1), false, new byte[16_383 * 3]);

            assertThat(decode(codec.encode(picture, LOSSLESS)).rows).isEqualTo(1);
        }

        @Test
        void nothingButWebp() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> codec.encode(Scenes.rings(false), Encoding.png()))
                    .withMessage("format must be WEBP, was PNG");
        }
    }

    @Nested
    class WithoutItsNativeLibrary {

        private final AtomicInteger tries = new AtomicInteger();
        private final WebpLibrary absent = new WebpLibrary(() -> {
            tries.incrementAndGet();
            throw new IllegalStateException("No native library found");
        });

        @Test
        void saysSoForEachPictureAndTriesOnce() {
            WebpCodec lame = new WebpCodec(absent);
            BareImage image = BareImage.of(WebpCodecContractTest.file("lossy"));

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> lame.decode(image, new CollectingSink()))
                        .isInstanceOfSatisfying(
                                ImageRejectedException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.NO_CODEC))
                        .hasMessageStartingWith("WebP needs a native library, which cannot be loaded here (")
                        .hasRootCauseMessage("No native library found");
                assertThatThrownBy(() -> lame.encode(Scenes.rings(false), Encoding.webp(80)))
                        .isInstanceOfSatisfying(
                                ImageRejectedException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.NO_CODEC));
            }
            assertThat(tries).hasValue(1);
        }

        @Test
        void loadsNothingUntilItIsAsked() {
            WebpCodec lame = new WebpCodec(absent);

            assertThat(lame.encodes()).containsExactly(ImageFormat.WEBP);
            assertThat(lame.decodes(
                            BareImage.of(WebpCodecContractTest.file("lossy")).header()))
                    .isTrue();
            assertThat(tries).hasValue(0);
            assertThat(absent.isAvailable()).isFalse();
            assertThat(tries).hasValue(1);
        }
    }

    private CollectingSink decode(byte[] bytes) {
        CollectingSink sink = new CollectingSink();
        codec.decode(BareImage.of(ImageBytes.of(bytes)), sink);
        return sink;
    }

    /** Noise over a slope, so that the data of all rows are about as long. */
    private static Picture detailed(PixelSize size) {
        byte[] samples = new byte[(int) size.pixels() * 3];
        Random random = new Random(7);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i / 3 % size.width() + random.nextInt(90));
        }
        return Picture.wrap(size, false, samples);
    }
}
