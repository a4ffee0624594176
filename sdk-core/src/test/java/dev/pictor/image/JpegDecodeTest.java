package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.ImageRejectedException.Reason;
import dev.pictor.image.ImageWarning.Kind;
import dev.pictor.image.color.RgbColor;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JpegDecodeTest {

    private static final byte[] SEQUENTIAL = resource("shapes-420.jpg");
    private static final byte[] PROGRESSIVE = resource("shapes-progressive-444.jpg");

    private static byte[] resource(String name) {
        try (InputStream in = JpegDecodeTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static DecodedPicture decode(byte[] jpeg) {
        return Imaging.ofDefaults().decode(ImageBytes.of(jpeg));
    }

    private static List<Kind> warnings(byte[] jpeg) {
        return decode(jpeg).warnings().stream().map(ImageWarning::kind).toList();
    }

    private static byte[] with(byte[] jpeg, int at, String digits) {
        byte[] more = HexFormat.of().parseHex(digits.replace(" ", ""));
        byte[] result = Arrays.copyOf(jpeg, jpeg.length + more.length);
        System.arraycopy(more, 0, result, at, more.length);
        System.arraycopy(jpeg, at, result, at + more.length, jpeg.length - at);
        return result;
    }

    private static void assertNear(RgbColor actual, RgbColor expected, int levels) {
        assertThat(List.of(actual.red(), actual.green(), actual.blue()))
                .zipSatisfy(
                        List.of(expected.red(), expected.green(), expected.blue()),
                        (is, wanted) -> assertThat(is).isCloseTo(wanted, within(levels)));
    }

    @Test
    void givesTheColoursThatWereWritten() {
        for (byte[] jpeg : List.of(SEQUENTIAL, PROGRESSIVE)) {
            DecodedPicture decoded = decode(jpeg);

            assertThat(decoded.warnings()).isEmpty();
            assertThat(decoded.picture().size()).isEqualTo(new PixelSize(96, 64));
            assertThat(decoded.picture().hasAlpha()).isFalse();
            assertNear(decoded.picture().color(30, 30), new RgbColor(240, 30, 60), 16);
            assertNear(decoded.picture().color(70, 35), new RgbColor(20, 90, 200), 8);
        }
    }

    @Test
    void givesTheSamePixelsOnEveryJvm() {
        assertThat(List.of(decode(SEQUENTIAL), decode(PROGRESSIVE)))
                .extracting(decoded -> decoded.picture().digest().hex())
                .containsExactly(
                        "b01c9c5ee472d321dd4a2e5bd51650accad77ab9964fc773bfa94b0e8e136cb8",
                        "664e199e390523158ed125c20f8f92836454ec33767ca4ae60c1ccf460300242");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void turnsPicturesUpright(Orientation orientation) {
        BufferedImage drawing = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 48; x++) {
                drawing.setRGB(x, y, (x < 24 ? 0xC00000 : 0x00C000) | (y < 16 ? 0 : 0x0000C0));
            }
        }
        byte[] jpeg = with(
                written(drawing.getRaster()),
                2,
                "FFE1 0022 457869660000 4D4D002A 00000008 0001 0112 0003 00000001 000" + orientation.exif()
                        + "0000 00000000");

        Picture picture = decode(jpeg).picture();

        assertThat(picture.size()).isEqualTo(orientation.upright(new PixelSize(48, 32)));
        RgbColor topLeft = new RgbColor(0xC0, 0, 0);
        RgbColor topRight = new RgbColor(0, 0xC0, 0);
        RgbColor bottomLeft = new RgbColor(0xC0, 0, 0xC0);
        RgbColor bottomRight = new RgbColor(0, 0xC0, 0xC0);
        // by the table of EXIF: which stored corner is seen at top left, top right, bottom left, bottom right
        List<RgbColor> corners = switch (orientation) {
            case UPRIGHT -> List.of(topLeft, topRight, bottomLeft, bottomRight);
            case MIRRORED -> List.of(topRight, topLeft, bottomRight, bottomLeft);
            case UPSIDE_DOWN -> List.of(bottomRight, bottomLeft, topRight, topLeft);
            case FLIPPED -> List.of(bottomLeft, bottomRight, topLeft, topRight);
            case TRANSPOSED -> List.of(topLeft, bottomLeft, topRight, bottomRight);
            case TURN_RIGHT -> List.of(bottomLeft, topLeft, bottomRight, topRight);
            case TRANSVERSED -> List.of(bottomRight, topRight, bottomLeft, topLeft);
            case TURN_LEFT -> List.of(topRight, bottomRight, topLeft, bottomLeft);
        };
        int right = picture.width() - 4;
        int bottom = picture.height() - 4;
        assertNear(picture.color(4, 4), corners.get(0), 12);
        assertNear(picture.color(right, 4), corners.get(1), 12);
        assertNear(picture.color(4, bottom), corners.get(2), 12);
        assertNear(picture.color(right, bottom), corners.get(3), 12);
    }

    @Nested
    class FourChannels {

        private final WritableRaster inks = Raster.createInterleavedRaster(0, 16, 16, 4, null);

        FourChannels() {
            for (int y = 0; y < 16; y++) {
                for (int x = 0; x < 16; x++) {
                    inks.setPixel(x, y, new int[] {0, 200, 255, 51});
                }
            }
        }

        @Test
        void areInksOfCoatedPrintAndTold() {
            DecodedPicture decoded = decode(written(inks));

            assertThat(decoded.header().colorModel()).isEqualTo(ImageHeader.ColorModel.CMYK);
            assertThat(decoded.warnings()).extracting(ImageWarning::kind).containsExactly(Kind.CMYK_WITHOUT_PROFILE);
            assertNear(decoded.picture().color(8, 8), new RgbColor(198, 67, 34), 3);
        }

        @Test
        void ofAdobeAreInverted() {
            byte[] jpeg = with(written(inks), 2, "FFEE 000E 41646F6265 0064 0000 0000 00");

            assertNear(decode(jpeg).picture().color(8, 8), new RgbColor(20, 50, 74), 3);
        }

        @Test
        void ofAdobeWithTransformAreLumaDifferencesAndBlack() {
            WritableRaster ycck = Raster.createInterleavedRaster(0, 16, 16, 4, null);
            for (int y = 0; y < 16; y++) {
                for (int x = 0; x < 16; x++) {
                    ycck.setPixel(x, y, new int[] {90, 128, 128, 255}); // cyan, magenta and yellow of 90 each
                }
            }
            byte[] jpeg = with(written(ycck), 2, "FFEE 000E 41646F6265 0064 0000 0000 02");

            assertNear(decode(jpeg).picture().color(8, 8), new RgbColor(166, 150, 143), 3);
        }
    }

    @Nested
    class OddFiles {

        private final Picture sound = decode(SEQUENTIAL).picture();

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "a comment of length 0|FFFE 0000",
                    "fill bytes|FFFFFFFFFF",
                    "junk between segments|0102030405",
                    "a profile cut in parts that do not add up|FFE2 0013 4943435F50524F46494C4500 02 05 000000",
                    "an Adobe segment that is too short|FFEE 0004 4164",
                    "a second JFIF segment of nonsense|FFE0 0008 4A464946 00FF",
                    "an application segment nobody knows|FFEB 0006 DEADBEEF"
                })
        void giveTheSamePixelsAsSoundOnes(String name, String digits) {
            assertThat(decode(with(SEQUENTIAL, 2, digits)).picture()).isEqualTo(sound);
        }

        @Test
        void withAnotherPictureBehindGiveTheFirst() {
            byte[] two = Arrays.copyOf(SEQUENTIAL, SEQUENTIAL.length + PROGRESSIVE.length);
            System.arraycopy(PROGRESSIVE, 0, two, SEQUENTIAL.length, PROGRESSIVE.length);

            assertThat(decode(two).picture()).isEqualTo(sound);
            assertThat(warnings(two)).isEmpty();
        }

        @Test
        void withoutHuffmanTablesAreReadByTheStandardOnes() {
            byte[] jdk = Pictures.encoded("jpg", 64, 48); // the JDK writes the standard tables
            byte[] without = jdk;
            for (int at = segment(without, 0xC4); at >= 0; at = segment(without, 0xC4)) {
                int length = 2 + ((without[at + 2] & 0xFF) << 8 | (without[at + 3] & 0xFF));
                byte[] cut = Arrays.copyOf(without, without.length - length);
                System.arraycopy(without, at + length, cut, at, without.length - at - length);
                without = cut;
            }

            assertThat(without.length).isLessThan(jdk.length - 400);
            assertThat(decode(without).picture()).isEqualTo(decode(jdk).picture());
        }

        private int segment(byte[] jpeg, int marker) {
            for (int at = 2; (jpeg[at + 1] & 0xFF) != 0xDA; ) {
                if ((jpeg[at + 1] & 0xFF) == marker) {
                    return at;
                }
                at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
            }
            return -1;
        }
    }

    @Nested
    class Truncated {

        @Test
        void filesWithoutAnEndAreWhole() {
            byte[] cut = Arrays.copyOf(SEQUENTIAL, SEQUENTIAL.length - 2);

            assertThat(warnings(cut)).containsExactly(Kind.TRUNCATED);
            assertThat(decode(cut).picture()).isEqualTo(decode(SEQUENTIAL).picture());
        }

        @Test
        void filesKeepTheRowsTheyHave() {
            DecodedPicture cut = decode(Arrays.copyOf(SEQUENTIAL, SEQUENTIAL.length * 2 / 3));
            Picture whole = decode(SEQUENTIAL).picture();

            assertThat(cut.warnings()).extracting(ImageWarning::kind).contains(Kind.TRUNCATED);
            assertThat(cut.picture().color(40, 2)).isEqualTo(whole.color(40, 2));
            assertThat(cut.picture()).isNotEqualTo(whole);
        }

        @Test
        void progressiveFilesAreCoarserEverywhere() {
            DecodedPicture cut = decode(Arrays.copyOf(PROGRESSIVE, PROGRESSIVE.length / 2));

            assertThat(cut.warnings()).extracting(ImageWarning::kind).contains(Kind.TRUNCATED);
            assertNear(cut.picture().color(70, 35), new RgbColor(20, 90, 200), 40);
        }

        @Test
        void filesWithoutPictureDataAreRefused() {
            byte[] headerOnly = HexFormat.of().parseHex("FFD8FFC0001108001400" + "1E03012200021101031101FFD9");

            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> decode(headerOnly))
                    .withMessage("broken JPEG: there is no picture data")
                    .matches(e -> e.reason() == Reason.BROKEN_PIXELS);
        }
    }

    @Test
    void keepsThePassesBeforeTheOneThatIsBroken() {
        byte[] broken = PROGRESSIVE.clone();
        int last = 0;
        for (int at = 2; at < broken.length - 1; at++) {
            if ((broken[at] & 0xFF) == 0xFF && (broken[at + 1] & 0xFF) == 0xDA) {
                last = at;
            }
        }
        int components = broken[last + 4];
        broken[last + 5 + 2 * components] = (byte) 200; // where the scan's coefficients begin: there are 64

        DecodedPicture decoded = decode(broken);

        assertThat(decoded.warnings()).extracting(ImageWarning::kind).contains(Kind.DAMAGED);
        assertNear(decoded.picture().color(70, 35), new RgbColor(20, 90, 200), 40);
    }

    @Test
    void stopsInPassesThatAreNotWantedToo() {
        JdkJpegDecoder decoder = new JdkJpegDecoder(BareImage.of(ImageBytes.of(PROGRESSIVE)), new PixelSink() {
            @Override
            public void begin(PixelSize size, PixelLayout layout) {
                throw new AssertionError("the last pass was reached");
            }

            @Override
            public void row(byte[] samples, int offset) {
                throw new AssertionError("the last pass was reached");
            }

            @Override
            public void warn(ImageWarning warning) {
                throw new AssertionError(warning.message());
            }
        });
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(decoder::decode);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void refusesMoreScansThanTheLimit() {
        ImageLimits limits = ImageLimits.builder().maxScans(5).build();

        assertThatExceptionOfType(ImageRejectedException.class)
                .isThrownBy(() -> Imaging.builder().limits(limits).build().decode(ImageBytes.of(PROGRESSIVE)))
                .withMessageStartingWith("JPEG of 96x64 has 6 scans or more; the limits are 5 scans")
                .matches(e -> e.reason() == Reason.TOO_MANY_SCANS);
    }

    @Test
    void stopsWhenInterruptedAndKeepsTheFlag() {
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> decode(SEQUENTIAL));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(decode(SEQUENTIAL).warnings()).isEmpty();
    }

    private static byte[] written(Raster raster) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            if (raster.getNumBands() == 4) {
                writer.write(new IIOImage(raster, null, null));
            } else {
                BufferedImage image =
                        new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_RGB);
                image.setData(raster);
                writer.write(image);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}
