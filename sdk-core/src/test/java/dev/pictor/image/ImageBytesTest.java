package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.image.ImageRejectedException.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageBytesTest {

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** The beginnings of files, by the layouts that the formats' specifications give. */
    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("PNG", Pictures.encoded("png", 37, 21), ImageFormat.PNG, new PixelSize(37, 21)),
                Arguments.of("JPEG", Pictures.encoded("jpg", 37, 21), ImageFormat.JPEG, new PixelSize(37, 21)),
                Arguments.of(
                        "lossy WebP, 64x48",
                        hex("52494646 24000000 57454250 56503820 18000000 300100 9D012A 4000 3000 00000000"),
                        ImageFormat.WEBP,
                        new PixelSize(64, 48)),
                Arguments.of(
                        "lossless WebP, 640x480: 14 bits of width-1, then 14 bits of height-1",
                        hex("52494646 24000000 57454250 5650384C 18000000 2F 7FC27700 00000000"),
                        ImageFormat.WEBP,
                        new PixelSize(640, 480)),
                Arguments.of(
                        "extended WebP, 16384x300: 24 bits each, minus one",
                        hex(
                                "52494646 24000000 57454250 56503858 0A000000 10000000 FF3F00 2B0100 5650384C 05000000 2F FFFF4A 10 00"),
                        ImageFormat.WEBP,
                        new PixelSize(16_384, 300)),
                Arguments.of(
                        "progressive JPEG behind an APP1 segment, fill bytes and a restart marker",
                        hex("FFD8 FFE1 0006 45786966 FFFFFF D0 FFC2 0011 08 00F0 0140 03 012200 021101 031101"),
                        ImageFormat.JPEG,
                        new PixelSize(320, 240)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void tellsFormatAndSizeFromTheFirstBytes(String name, byte[] bytes, ImageFormat format, PixelSize size) {
        ImageLimits wide = ImageLimits.builder().maxSidePx(100_000).build();

        ImageBytes image = ImageBytes.wrap(bytes, wide);

        assertThat(image.format()).isEqualTo(format);
        assertThat(image.size()).isEqualTo(size);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void refusesEveryBeginningThatEndsTooEarlyWithATypedError(
            String name, byte[] bytes, ImageFormat format, PixelSize size) {
        ImageLimits wide = ImageLimits.builder().maxSidePx(100_000).build();
        int refused = 0;
        for (int length = 0; length < Math.min(bytes.length, 64); length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            try {
                assertThat(ImageBytes.wrap(cut, wide).size()).isEqualTo(size);
            } catch (ImageRejectedException e) {
                assertThat(e.reason()).isIn(Reason.EMPTY, Reason.NOT_AN_IMAGE, Reason.BROKEN_HEADER);
                assertThat(e.isRetryable()).isFalse();
                refused++;
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(10);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mutatedHeadersAreReadOrRefusedAndNothingElse(long seed) {
        Random random = new Random(seed);
        byte[][] samples = headers().map(row -> (byte[]) row.get()[1]).toArray(byte[][]::new);
        byte[] bytes = samples[random.nextInt(samples.length)].clone();
        IntStream.range(0, 1 + random.nextInt(6))
                .forEach(i -> bytes[random.nextInt(Math.min(bytes.length, 40))] = (byte) random.nextInt(256));
        try {
            assertThat(ImageBytes.wrap(bytes).size().pixels()).isPositive();
        } catch (ImageRejectedException e) {
            assertThat(e.reason()).as("seed %d", seed).isNotNull();
        }
    }

    @Nested
    class Refusals {

        private Reason reason(byte[] bytes, ImageLimits limits) {
            return catchThrowableOfType(ImageRejectedException.class, () -> ImageBytes.wrap(bytes, limits))
                    .reason();
        }

        @Test
        void nameTheReason() {
            ImageLimits defaults = ImageLimits.ofDefaults();
            byte[] huge = hex("89504E470D0A1A0A 0000000D 49484452 0000C350 0000C350 0800000000 6EC46216");

            assertThat(reason("<svg/>".getBytes(StandardCharsets.UTF_8), defaults))
                    .isEqualTo(Reason.UNSUPPORTED);
            assertThat(reason("no picture".getBytes(StandardCharsets.UTF_8), defaults))
                    .isEqualTo(Reason.NOT_AN_IMAGE);
            assertThat(reason(new byte[0], defaults)).isEqualTo(Reason.EMPTY);
            assertThat(reason(hex("FFD8 FFDA 0000"), defaults)).isEqualTo(Reason.BROKEN_HEADER);
            assertThat(reason(hex("89504E470D0A1A0A 0000000D 49484452 00000000 00000001"), defaults))
                    .isEqualTo(Reason.BROKEN_HEADER);
            assertThat(reason(huge, defaults)).isEqualTo(Reason.TOO_MANY_PIXELS);
            assertThat(reason(
                            Pictures.encoded("png", 9, 9),
                            ImageLimits.builder().maxPixels(80).build()))
                    .isEqualTo(Reason.TOO_MANY_PIXELS);
            assertThat(reason(
                            Pictures.encoded("png", 9, 9),
                            ImageLimits.builder().maxBytes(10).build()))
                    .isEqualTo(Reason.TOO_MANY_BYTES);
        }

        @Test
        void giveTheValueAndTheLimit() {
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.wrap(
                            Pictures.encoded("png", 9, 5),
                            ImageLimits.builder().maxSidePx(8).build()))
                    .withMessage("picture is 9x5, the limits are 8 px a side and 67108864 px in all");
        }

        @Test
        void ofALargeFileComeBeforeItIsRead(@TempDir Path folder) throws IOException {
            Path file = folder.resolve("large.png");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(1L << 40);
            }

            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.read(file))
                    .withMessage("picture has 1099511627776 bytes, the limit is 67108864");
        }

        @Test
        void ofAMissingFileNameIt(@TempDir Path folder) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> ImageBytes.read(folder.resolve("none.png")))
                    .withMessageContaining("none.png");
        }
    }

    @Nested
    class Values {

        @Test
        void areEqualWhenTheirBytesAre() {
            byte[] bytes = Pictures.encoded("png", 4, 4);

            assertThat(ImageBytes.of(bytes)).isEqualTo(ImageBytes.of(bytes)).hasSameHashCodeAs(ImageBytes.of(bytes));
            assertThat(ImageBytes.of(bytes)).isNotEqualTo(Pictures.png(4, 5));
        }

        @Test
        void keepTheirBytesFromBeingChanged() {
            byte[] bytes = Pictures.encoded("png", 4, 4);
            ImageBytes image = ImageBytes.of(bytes);
            Sha256 before = image.sha256();

            bytes[20] ^= 1;
            image.toByteArray()[20] ^= 1;

            assertThat(Sha256.of(image.toByteArray())).isEqualTo(before);
            assertThat(image.asByteBuffer().isReadOnly()).isTrue();
        }

        @Test
        void readAndWriteFiles(@TempDir Path folder) {
            Path file = folder.resolve("a.png");
            Pictures.png(4, 4).writeTo(file);

            assertThat(ImageBytes.read(file)).isEqualTo(Pictures.png(4, 4));
        }

        @Test
        void digestAsTheStandardSays() {
            assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)).hex())
                    .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            ByteBuffer buffer = ByteBuffer.wrap(new byte[5]).position(2);
            assertThat(Sha256.of(buffer)).isEqualTo(Sha256.of(new byte[3]));
            assertThat(buffer.position()).isEqualTo(2);
            assertThatIllegalArgumentException().isThrownBy(() -> new Sha256("../../etc/passwd"));
        }

        @Test
        void parseSizesAndRatios() {
            assertThat(PixelSize.parse("1024x768")).hasToString("1024x768");
            assertThat(AspectRatio.parse("1920:1080")).hasToString("16:9");
            assertThat(AspectRatio.parse("9:16").sizeWithin(1024)).isEqualTo(new PixelSize(576, 1024));
            assertThat(new AspectRatio(16, 9).distance(new AspectRatio(4, 3))).isBetween(0.33, 0.34);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PixelSize.parse("0x1"))
                    .withMessage("size must be at least 1x1, was 0x1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AspectRatio.parse("wide"))
                    .withMessage("aspect ratio must look like 16:9, was \"wide\"");
        }
    }
}
