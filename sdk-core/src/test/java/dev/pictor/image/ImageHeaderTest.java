package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.image.ImageHeader.Coding;
import dev.pictor.image.ImageHeader.ColorModel;
import dev.pictor.image.ImageRejectedException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageHeaderTest {

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static ImageHeader read(byte[] bytes) {
        return ImageHeader.read(ByteBuffer.wrap(bytes));
    }

    private static ImageRejectedException refusal(byte[] bytes) {
        return catchThrowableOfType(ImageRejectedException.class, () -> read(bytes));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "474946383961 0100|GIF|UNSUPPORTED",
                "424D 36000000|BMP|UNSUPPORTED",
                "49492A00 08000000|TIFF|UNSUPPORTED",
                "4D4D002A 00000008|TIFF|UNSUPPORTED",
                "00000100 0100|ICO|UNSUPPORTED",
                "0000001C 66747970 61766966|AVIF|UNSUPPORTED",
                "0000001C 66747970 68656963|HEIC|UNSUPPORTED",
                "00000018 66747970 6D703432|MP4|NOT_AN_IMAGE",
                "0000000C 6A502020 0D0A870A|JPEG 2000|UNSUPPORTED",
                "FF0A FA1F|JPEG XL|UNSUPPORTED",
                "38425053 0001|Photoshop|UNSUPPORTED",
                "255044462D312E37|PDF|NOT_AN_IMAGE",
                "504B0304 1400|ZIP|NOT_AN_IMAGE",
                "52494646 24000000 57415645|RIFF|NOT_AN_IMAGE"
            })
    void namesWhatItDoesNotRead(String digits, String name, Reason reason) {
        ImageRejectedException refusal = refusal(hex(digits));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining(name).hasMessageEndingWith("send PNG, JPEG or WebP");
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "<svg xmlns='http://www.w3.org/2000/svg'/>|SVG|UNSUPPORTED",
                "<?xml version='1.0'?>  <!-- a drawing --> <!DOCTYPE svg PUBLIC ''><svg>|SVG|UNSUPPORTED",
                "  <!DOCTYPE html><title>404</title>|HTML|NOT_AN_IMAGE",
                "<!-- x --><HTML><body>|HTML|NOT_AN_IMAGE",
                "<?xml version='1.0'?><Error>AccessDenied</Error>|XML|NOT_AN_IMAGE",
                "{\"error\": \"quota\"}|JSON|NOT_AN_IMAGE",
                "data:image/png;base64,iVBORw0KGgo=|data URI|NOT_AN_IMAGE",
                "iVBORw0KGgoAAAANSUhEUg|base64|NOT_AN_IMAGE",
                "plain words|nor anything else known|NOT_AN_IMAGE"
            })
    void namesText(String text, String name, Reason reason) {
        ImageRejectedException refusal = refusal(text.getBytes(StandardCharsets.UTF_8));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining(name);
    }

    @Test
    void endlessCommentsDoNotDelayIt() {
        String text = "<!---->".repeat(10_000) + "<b>";

        assertThat(refusal(text.getBytes(StandardCharsets.UTF_8)).reason()).isEqualTo(Reason.NOT_AN_IMAGE);
    }

    @Nested
    class OfPng {

        @Test
        void tellsDepthColoursAlphaFramesOrientationProfileAndMetadata() {
            byte[] exif = hex("4D4D002A 00000008 0001 0112 0003 00000001 00060000 00000000");
            ImageHeader header = read(new PngWriter(30, 20, 16, 2, true)
                    .chunk("acTL", hex("00000007 00000000"))
                    .chunk("iCCP", new byte[10])
                    .chunk("tRNS", new byte[6])
                    .chunk("eXIf", exif)
                    .end());

            assertThat(header.size()).isEqualTo(new PixelSize(30, 20));
            assertThat(header.uprightSize()).isEqualTo(new PixelSize(20, 30));
            assertThat(header.orientation()).isEqualTo(Orientation.TURN_RIGHT);
            assertThat(header.coding()).isEqualTo(Coding.DEFLATE);
            assertThat(header.colorModel()).isEqualTo(ColorModel.RGB);
            assertThat(header.bitDepth()).isEqualTo(16);
            assertThat(header.hasAlpha()).isTrue();
            assertThat(header.frames()).isEqualTo(7);
            assertThat(header.isInterlaced()).isTrue();
            assertThat(header.hasProfile()).isTrue();
            assertThat(header.metadataBytes()).isEqualTo(4 * 12 + 8 + 10 + 6 + exif.length);
        }

        @ParameterizedTest(name = "{0} bits of colour type {1}")
        @CsvSource({"0, 2", "3, 0", "16, 3", "4, 2", "2, 6", "8, 1", "8, 5", "8, 7"})
        void refusesDepthsThatTheColourTypeDoesNotHave(int bitDepth, int colorType) {
            assertThat(refusal(new PngWriter(1, 1, bitDepth, colorType, false).end()))
                    .hasMessage("broken PNG header: colour type " + colorType + " with bit depth " + bitDepth);
        }

        @Test
        void refusesAWrongChecksumOfTheHeader() {
            byte[] png = new PngWriter(1, 1, 8, 0, false).end();
            png[30] ^= 1;

            assertThat(refusal(png)).hasMessage("broken PNG header: the checksum of IHDR is wrong");
        }
    }

    @Nested
    class OfJpeg {

        private static final String FRAME = "FFC0 0011 08 0014 001E 03 012200 021101 031101";

        @Test
        void tellsOrientationFromTheFirstExifSegmentOnly() {
            String first = "FFE1 0022 457869660000 49492A00 08000000 0100 1201 0300 01000000 08000000 00000000";
            String second = first.replace("08000000 00000000", "03000000 00000000");

            ImageHeader header = read(hex("FFD8" + first + second + FRAME + "FFDA"));

            assertThat(header.orientation()).isEqualTo(Orientation.TURN_LEFT);
            assertThat(header.metadataBytes()).isEqualTo(2 * (4 + 0x20));
            assertThat(header.colorModel()).isEqualTo(ColorModel.YCBCR);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "three named R, G, B|FFC0 0011 08 0014 001E 03 521100 471100 421100|RGB",
                    "JFIF before names|FFE0 0007 4A46494600 FFC0 0011 08 0014 001E 03 521100 471100 421100|YCBCR",
                    "Adobe, transform 0|FFEE 000E 41646F6265 0064 0000 0000 00 FFC0 0011 08 0014 001E 03 011100 021100 031100|RGB",
                    "Adobe, transform 1|FFEE 000E 41646F6265 0064 0000 0000 01 FFC0 0011 08 0014 001E 03 521100 471100 421100|YCBCR",
                    "four|FFC0 0014 08 0014 001E 04 011100 021100 031100 041100|CMYK",
                    "four, Adobe, transform 2|FFEE 000E 41646F6265 0064 0000 0000 02 FFC0 0014 08 0014 001E 04 011100 021100 031100 041100|YCCK",
                    "one|FFC0 000B 08 0014 001E 01 011100|GREY"
                })
        void tellsTheColourModelAsLibjpegDoes(String name, String segments, ColorModel expected) {
            assertThat(read(hex("FFD8" + segments + "FFDA")).colorModel()).isEqualTo(expected);
        }

        @ParameterizedTest(name = "{1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "FFC9 0011 08 0014 001E 03 012200 021101 031101|arithmetic coding",
                    "FFC5 0011 08 0014 001E 03 012200 021101 031101|hierarchical mode",
                    "FFC1 0011 0C 0014 001E 03 012200 021101 031101|12 bits a sample",
                    "FFC0 0011 08 0000 001E 03 012200 021101 031101|its height after the picture (DNL)",
                    "FFC0 000E 08 0014 001E 02 012200 021101|2 components"
                })
        void namesWhatItDoesNotRead(String frame, String what) {
            ImageRejectedException refusal = refusal(hex("FFD8" + frame + "FFDA"));

            assertThat(refusal.reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(refusal).hasMessage("JPEG with " + what + " is not read");
        }

        @Test
        void refusesSamplingFactorsThatDoNotExist() {
            assertThat(refusal(hex("FFD8 FFC0 0011 08 0014 001E 03 015200 021101 031101")))
                    .hasMessage("broken JPEG header: sampling factors 5x2");
        }
    }

    @Nested
    class OfWebp {

        private static final String VP8L = "5650384C 06000000 2F 0EC00200 00";

        @Test
        void tellsFramesAndAlphaOfAnAnimation() {
            String frame = "414E4D46 1E000000 000000 000000 0E0000 0B0000 640000 00" + VP8L;
            byte[] webp = hex("52494646 70000000 57454250 56503858 0A000000 02000000 0E0000 0B0000"
                    + "414E494D 06000000 00000000 0000" + frame + frame);

            ImageHeader header = read(webp);

            assertThat(header.size()).isEqualTo(new PixelSize(15, 12));
            assertThat(header.frames()).isEqualTo(2);
            assertThat(header.coding()).isEqualTo(Coding.VP8L);
        }

        @Test
        void refusesAPictureOfAnotherSizeThanItsCanvas() {
            assertThat(refusal(hex("52494646 40000000 57454250 56503858 0A000000 00000000 090000 090000" + VP8L)))
                    .hasMessage("broken WEBP header: a canvas of 10x10 holds a picture of 15x12");
        }

        @Test
        void refusesAFrameBeyondItsCanvas() {
            String frame = "414E4D46 1E000000 020000 000000 0E0000 0B0000 640000 00" + VP8L;

            assertThat(refusal(hex("52494646 40000000 57454250 56503858 0A000000 02000000 0E0000 0B0000" + frame)))
                    .hasMessage("broken WEBP header: a frame of 15x12 at 4,0 passes the canvas of 15x12");
        }
    }

    @Test
    void theFirstOrientationCountsInEveryFormat() {
        byte[] right = hex("4D4D002A 00000008 0001 0112 0003 00000001 00060000 00000000");
        byte[] down = hex("4D4D002A 00000008 0001 0112 0003 00000001 00030000 00000000");
        String chunk = "45584946 1A000000";
        byte[] webp = hex("52494646 70000000 57454250 56503858 0A000000 08000000 0E0000 0B0000"
                + "5650384C 06000000 2F 0EC00200 00"
                + chunk + HexFormat.of().formatHex(right) + chunk
                + HexFormat.of().formatHex(down));

        assertThat(read(new PngWriter(1, 1, 8, 0, false)
                                .chunk("eXIf", right)
                                .chunk("eXIf", down)
                                .end())
                        .orientation())
                .isEqualTo(Orientation.TURN_RIGHT);
        assertThat(read(webp).orientation()).isEqualTo(Orientation.TURN_RIGHT);
    }

    @Test
    void anOrientationWithAWrongChecksumIsNone() {
        byte[] down = hex("4D4D002A 00000008 0001 0112 0003 00000001 00030000 00000000");

        assertThat(read(new PngWriter(1, 1, 8, 0, false).chunk("eXIf", down, 1).end())
                        .orientation())
                .isEqualTo(Orientation.UPRIGHT);
    }

    @Nested
    class LimitsOf {

        @Test
        void partsAreKept() {
            byte[] comments = new byte[4 * 100_001 + 2];
            ByteBuffer jpeg = ByteBuffer.wrap(comments).putShort((short) 0xFFD8);
            while (jpeg.hasRemaining()) {
                jpeg.putInt(0xFFFE0002);
            }
            PngWriter png = new PngWriter(1, 1, 8, 0, false);
            for (int i = 0; i < 100_001; i++) {
                png.chunk("tEXt", new byte[0]);
            }

            assertThat(refusal(comments)).hasMessage("broken JPEG header: more than 100000 segments");
            assertThat(refusal(png.end())).hasMessage("broken PNG header: more than 100000 chunks");
        }

        @Test
        void framesAreKept() {
            byte[] png = new PngWriter(1, 1, 8, 0, false)
                    .chunk("acTL", hex("000003E9 00000000"))
                    .end();

            assertThat(catchThrowableOfType(ImageRejectedException.class, () -> ImageBytes.of(png)))
                    .hasMessage("animation has 1001 frames, the limit is 1000")
                    .matches(e -> e.reason() == Reason.TOO_MANY_FRAMES);
        }

        @Test
        void metadataAreKept() {
            byte[] png = new PngWriter(1, 1, 8, 0, false)
                    .chunk("tEXt", new byte[1001])
                    .end();
            ImageLimits limits = ImageLimits.builder().maxMetadataBytes(1000).build();

            assertThat(catchThrowableOfType(ImageRejectedException.class, () -> ImageBytes.wrap(png, limits)))
                    .hasMessage("picture has 1013 bytes of metadata, the limit is 1000")
                    .matches(e -> e.reason() == Reason.TOO_MUCH_METADATA);
        }
    }

    @ParameterizedTest(name = "EXIF value {0}")
    @CsvSource({"0, 1", "1, 1", "2, 2", "3, 3", "4, 4", "5, 5", "6, 6", "7, 7", "8, 8", "9, 1", "65535, 1"})
    void anOrientationThatDoesNotExistMeansUpright(int value, int expected) {
        ByteBuffer exif = ByteBuffer.wrap(hex("4D4D002A 00000008 0001 0112 0003 00000001 00000000 00000000"));
        exif.putShort(18, (short) value);

        assertThat(Exif.orientation(exif).exif()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "4D4D002A 00000008 FFFF 0100 0003",
        "4D4D002A 7FFFFFFF 0001",
        "4D4D002A FFFFFFFF 0001",
        "4D4D002B 00000008 0001 0112 0003 00000001 00060000",
        "414D002A 00000008 0001 0112 0003 00000001 00060000",
        "4D4D00",
        "4D4D002A 00000008 0001 0112 0002 00000001 00060000"
    })
    void brokenExifMeansUpright(String exif) {
        assertThat(Exif.orientation(ByteBuffer.wrap(hex(exif)))).isEqualTo(Orientation.UPRIGHT);
    }
}
