package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.image.ImageRejectedException.Reason;
import dev.pictor.image.ImageWarning.Kind;
import dev.pictor.image.color.RgbColor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PngDecodeTest {

    private static final int WIDTH = 19;
    private static final int HEIGHT = 13;

    private static DecodedPicture decode(byte[] png) {
        return Imaging.ofDefaults().decode(ImageBytes.of(png));
    }

    private static List<Kind> warnings(byte[] png) {
        return decode(png).warnings().stream().map(ImageWarning::kind).toList();
    }

    /** Something that differs in every row, column and channel. */
    private static int sample(int x, int y, int channel, int bitDepth) {
        return (x * 7 + y * 31 + channel * 101 + x * y) & ((1 << bitDepth) - 1);
    }

    static Stream<Arguments> everyKind() {
        int[][] kinds = {
            {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16},
            {6, 8}, {6, 16}
        };
        return Arrays.stream(kinds)
                .flatMap(
                        kind -> Stream.of(Arguments.of(kind[0], kind[1], false), Arguments.of(kind[0], kind[1], true)));
    }

    @ParameterizedTest(name = "colour type {0}, {1} bits, interlaced {2}")
    @MethodSource("everyKind")
    void everyColourTypeAndBitDepthComesOutAsWritten(int colorType, int bitDepth, boolean interlaced) {
        PngWriter writer = new PngWriter(WIDTH, HEIGHT, bitDepth, colorType, interlaced);
        byte[] palette = new byte[3 << Math.min(8, bitDepth)];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = (byte) (i * 37 + 11);
        }
        if (colorType == 3) {
            writer.chunk("PLTE", palette);
        }
        byte[] png =
                writer.data((x, y, channel) -> sample(x, y, channel, bitDepth)).end();

        DecodedPicture decoded = decode(png);

        assertThat(decoded.warnings()).isEmpty();
        assertThat(decoded.header().bitDepth()).isEqualTo(bitDepth);
        assertThat(decoded.header().isInterlaced()).isEqualTo(interlaced);
        Picture picture = decoded.picture();
        assertThat(picture.hasAlpha()).isEqualTo(colorType >= 4);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int[] raw = new int[4];
                for (int channel = 0; channel < 4; channel++) {
                    raw[channel] = (int) Math.round(sample(x, y, channel, bitDepth) * 255.0 / ((1 << bitDepth) - 1));
                }
                int index = sample(x, y, 0, bitDepth);
                RgbColor expected = switch (colorType) {
                    case 0, 4 -> new RgbColor(raw[0], raw[0], raw[0]);
                    case 3 ->
                        new RgbColor(
                                palette[3 * index] & 0xFF,
                                palette[3 * index + 1] & 0xFF,
                                palette[3 * index + 2] & 0xFF);
                    default -> new RgbColor(raw[0], raw[1], raw[2]);
                };
                int alpha = colorType == 4 ? raw[1] : colorType == 6 ? raw[3] : 255;
                assertThat(picture.color(x, y)).as("%d,%d", x, y).isEqualTo(expected);
                assertThat(picture.alpha(x, y)).as("alpha of %d,%d", x, y).isEqualTo(alpha);
            }
        }
    }

    @Nested
    class Transparency {

        @Test
        void ofAGreyIsThatGreyAndNoOther() {
            byte[] png = new PngWriter(3, 1, 16, 0, false)
                    .chunk("tRNS", new byte[] {0x12, 0x34})
                    .data((x, y, channel) -> 0x1233 + x)
                    .end();

            Picture picture = decode(png).picture();

            assertThat(List.of(picture.alpha(0, 0), picture.alpha(1, 0), picture.alpha(2, 0)))
                    .containsExactly(255, 0, 255);
        }

        @Test
        void ofAColourIsThatColourAndNoOther() {
            byte[] png = new PngWriter(2, 1, 8, 2, false)
                    .chunk("tRNS", new byte[] {0, 1, 0, 2, 0, 3})
                    .data((x, y, channel) -> x == 0 ? channel + 1 : 1)
                    .end();

            Picture picture = decode(png).picture();

            assertThat(List.of(picture.alpha(0, 0), picture.alpha(1, 0))).containsExactly(0, 255);
        }

        @Test
        void ofAPaletteIsByEntryAndOpaqueBeyond() {
            byte[] png = new PngWriter(3, 1, 8, 3, false)
                    .chunk("PLTE", new byte[9])
                    .chunk("tRNS", new byte[] {0, 100})
                    .data((x, y, channel) -> x)
                    .end();

            Picture picture = decode(png).picture();

            assertThat(List.of(picture.alpha(0, 0), picture.alpha(1, 0), picture.alpha(2, 0)))
                    .containsExactly(0, 100, 255);
        }
    }

    @Nested
    class Damage {

        private final PngWriter writer = new PngWriter(16, 16, 8, 2, false);
        private final byte[] rows = writer.filtered((x, y, channel) -> x * 10 + y);

        @Test
        void aMissingEndIsAWarning() {
            byte[] png = writer.chunk("IDAT", PngWriter.deflated(rows)).bytes();

            assertThat(warnings(png)).containsExactly(Kind.TRUNCATED);
            assertThat(decode(png).picture().color(15, 15)).isEqualTo(new RgbColor(165, 165, 165));
        }

        @Test
        void missingRowsAreWhiteAndTold() {
            byte[] png = writer.chunk("IDAT", PngWriter.deflated(Arrays.copyOf(rows, 49 * 10 + 5)))
                    .end();

            DecodedPicture decoded = decode(png);

            assertThat(decoded.warnings()).extracting(ImageWarning::kind).containsOnly(Kind.TRUNCATED);
            assertThat(decoded.warnings()).extracting(ImageWarning::message).contains("10 of 16 rows are there");
            assertThat(decoded.picture().color(15, 9)).isEqualTo(new RgbColor(159, 159, 159));
            assertThat(decoded.picture().color(0, 10)).isEqualTo(RgbColor.WHITE);
        }

        @Test
        void interlacedPicturesThatAreCutAreCoarseWithoutHoles() {
            PngWriter interlaced = new PngWriter(64, 64, 8, 0, true);
            byte[] all = interlaced.filtered((x, y, channel) -> 200 + x / 8);
            byte[] png = interlaced
                    .chunk("IDAT", PngWriter.deflated(Arrays.copyOf(all, all.length / 2)))
                    .end();

            DecodedPicture decoded = decode(png);

            assertThat(decoded.warnings()).extracting(ImageWarning::kind).containsExactly(Kind.TRUNCATED);
            for (int y = 0; y < 64; y++) {
                for (int x = 0; x < 64; x++) {
                    assertThat(decoded.picture().color(x, y).red()).isEqualTo(200 + x / 8);
                }
            }
        }

        @Test
        void aCutIsToldOnce() {
            byte[] png = writer.chunk("IDAT", PngWriter.deflated(Arrays.copyOf(rows, 49 * 10)))
                    .end();

            assertThat(warnings(png)).containsExactly(Kind.TRUNCATED);
        }

        @Test
        void aWrongChecksumOfDataIsAWarning() {
            byte[] png = writer.chunk("IDAT", PngWriter.deflated(rows), 1).end();

            assertThat(warnings(png)).containsExactly(Kind.DAMAGED);
        }

        @Test
        void anUnknownFilterEndsTheRows() {
            rows[49 * 4] = 9;
            byte[] png = writer.chunk("IDAT", PngWriter.deflated(rows)).end();

            assertThat(warnings(png)).containsExactly(Kind.DAMAGED, Kind.TRUNCATED);
        }

        @Test
        void pixelsBeyondThePaletteAreBlackAndTold() {
            byte[] png = new PngWriter(2, 1, 8, 3, false)
                    .chunk("PLTE", new byte[] {1, 2, 3})
                    .data((x, y, channel) -> 200 * x)
                    .end();

            assertThat(warnings(png)).containsExactly(Kind.DAMAGED);
            assertThat(decode(png).picture().color(1, 0)).isEqualTo(RgbColor.BLACK);
        }

        @Test
        void dataInManyChunksAreOneStream() {
            byte[] zlib = PngWriter.deflated(rows);
            for (byte one : zlib) {
                writer.chunk("IDAT", new byte[] {one});
            }

            assertThat(warnings(writer.end())).isEmpty();
        }

        @Test
        void noDataNoPaletteAndNoRowAreRefused() {
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> decode(writer.end()))
                    .withMessage("broken PNG: there is no picture data")
                    .matches(e -> e.reason() == Reason.BROKEN_PIXELS);
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> decode(new PngWriter(1, 1, 8, 3, false)
                            .data((x, y, channel) -> 0)
                            .end()))
                    .withMessage("broken PNG: there is no palette");
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> decode(new PngWriter(1, 1, 8, 0, false)
                            .chunk("IDAT", new byte[] {1, 2, 3, 4})
                            .end()))
                    .withMessage("no row of the picture can be decoded");
        }
    }
}
