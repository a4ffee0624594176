package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.ImageWarning.Kind;
import dev.pictor.image.color.RgbColor;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IccProfileTest {

    private static byte[] ofTheJdk(int space) {
        return ICC_Profile.getInstance(space).getData();
    }

    /** Decodes a PNG of one colour that has a profile. */
    private static DecodedPicture decode(int colorType, byte[] profile, int... color) {
        byte[] zlib = PngWriter.deflated(profile);
        byte[] chunk = new byte[zlib.length + 3];
        chunk[0] = 'x';
        System.arraycopy(zlib, 0, chunk, 3, zlib.length);
        return Imaging.ofDefaults()
                .decode(ImageBytes.of(new PngWriter(2, 2, 8, colorType, false)
                        .chunk("iCCP", chunk)
                        .data((x, y, channel) -> color[channel])
                        .end()));
    }

    private static RgbColor converted(int colorType, byte[] profile, int... color) {
        DecodedPicture decoded = decode(colorType, profile, color);
        assertThat(decoded.warnings()).isEmpty();
        return decoded.picture().color(1, 1);
    }

    @Nested
    class OfCurvesAndAMatrix {

        @Test
        void convertsLinearLight() {
            byte[] linear = ofTheJdk(ColorSpace.CS_LINEAR_RGB);

            assertThat(converted(2, linear, 255, 255, 255)).isEqualTo(RgbColor.WHITE);
            assertThat(converted(2, linear, 0, 0, 0)).isEqualTo(RgbColor.BLACK);
            assertThat(converted(2, linear, 55, 55, 55).red()).isCloseTo(128, within(1)); // light of 0.2159
        }

        @Test
        void leavesSrgbAlone() {
            byte[] srgb = ofTheJdk(ColorSpace.CS_sRGB);

            for (int value = 0; value < 256; value += 5) {
                assertThat(converted(2, srgb, value, 255 - value, 77)).isEqualTo(new RgbColor(value, 255 - value, 77));
            }
        }

        @Test
        void keepsAlpha() {
            DecodedPicture decoded = decode(6, ofTheJdk(ColorSpace.CS_LINEAR_RGB), 55, 55, 55, 9);

            assertThat(decoded.picture().alpha(0, 0)).isEqualTo(9);
        }

        @Test
        void convertsGreyByItsCurve() {
            assertThat(converted(0, ofTheJdk(ColorSpace.CS_GRAY), 55).red()).isCloseTo(128, within(1));
        }

        @Test
        void convertsGreyWhoseCurveIsLightness() {
            byte[] lightness = ofTheJdk(ColorSpace.CS_GRAY); // its curve is a straight line
            ByteBuffer.wrap(lightness).putInt(20, 0x4C616220);

            assertThat(converted(0, lightness, 128).red()).isCloseTo(119, within(1)); // L* of 50.2
            assertThat(converted(0, lightness, 5).red()).isCloseTo(7, within(1)); // L* of 2 is light of 0.0022
        }

        @Test
        void widerColoursAreBroughtIn() {
            // the greens of a space whose green is purer than that of sRGB come out with no red or blue left
            byte[] wide = ofTheJdk(ColorSpace.CS_sRGB);
            setXyz(wide, "gXYZ", 0.2, 0.7, 0.0);

            RgbColor green = converted(2, wide, 0, 200, 0);

            assertThat(green.red()).isZero();
            assertThat(green.blue()).isZero();
            assertThat(green.green()).isGreaterThan(195);
        }

        private void setXyz(byte[] profile, String tag, double x, double y, double z) {
            ByteBuffer in = ByteBuffer.wrap(profile);
            int name = ByteBuffer.wrap(tag.getBytes(StandardCharsets.US_ASCII)).getInt();
            for (int i = 0; i < in.getInt(128); i++) {
                if (in.getInt(132 + 12 * i) == name) {
                    int at = in.getInt(136 + 12 * i);
                    in.putInt(at + 8, (int) (x * 65536)).putInt(at + 12, (int) (y * 65536));
                    in.putInt(at + 16, (int) (z * 65536));
                }
            }
        }
    }

    @Nested
    class OfTables {

        @Test
        void goesToTheColourEngine() {
            byte[] profile = redIsLightness();

            assertThat(converted(2, profile, 255, 10, 200)).isEqualTo(RgbColor.WHITE);
            assertThat(converted(2, profile, 0, 250, 250)).isEqualTo(RgbColor.BLACK);
            RgbColor middle = converted(2, profile, 128, 0, 255); // L* of 50.2 is sRGB 119 or 120
            assertThat(List.of(middle.red(), middle.green(), middle.blue()))
                    .allSatisfy(value -> assertThat(value).isCloseTo(120, within(2)));
        }

        @Test
        void keepsAlpha() {
            assertThat(decode(6, redIsLightness(), 128, 0, 255, 33).picture().alpha(1, 0))
                    .isEqualTo(33);
        }

        /** Makes a profile by ICC.1:2022 10.10: red is lightness, the rest has no say. */
        private byte[] redIsLightness() {
            int tables = 48 + 768 + 24 + 768;
            ByteBuffer out = ByteBuffer.allocate(128 + 4 + 12 + tables);
            out.putInt(0, out.capacity()).putInt(8, 0x02400000);
            put(out, 12, "scnr");
            put(out, 16, "RGB ");
            put(out, 20, "Lab ");
            put(out, 36, "acsp");
            out.putInt(68, 0xF6D6).putInt(72, 0x10000).putInt(76, 0xD32D);
            out.putInt(128, 1).putInt(136, 144).putInt(140, tables);
            put(out, 132, "A2B0");
            put(out, 144, "mft1");
            out.put(152, (byte) 3).put(153, (byte) 3).put(154, (byte) 2);
            for (int i = 0; i < 3; i++) {
                out.putInt(156 + 16 * i, 0x10000);
            }
            for (int i = 0; i < 768; i++) {
                out.put(192 + i, (byte) (i % 256)).put(192 + 768 + 24 + i, (byte) (i % 256));
            }
            for (int corner = 0; corner < 8; corner++) {
                out.put(960 + 3 * corner, (byte) (corner >= 4 ? 255 : 0));
                out.put(961 + 3 * corner, (byte) 128).put(962 + 3 * corner, (byte) 128);
            }
            return out.array();
        }

        private void put(ByteBuffer out, int at, String name) {
            for (int i = 0; i < 4; i++) {
                out.put(at + i, (byte) name.charAt(i));
            }
        }
    }

    @Nested
    class ThatIsBroken {

        private void assertIgnored(int colorType, byte[] profile) {
            DecodedPicture decoded = decode(colorType, profile, 10, 20, 30, 40);

            assertThat(decoded.warnings()).extracting(ImageWarning::kind).containsExactly(Kind.PROFILE_IGNORED);
            assertThat(decoded.picture().color(0, 0).red()).isEqualTo(10);
        }

        @Test
        void isIgnoredAndTold() {
            byte[] sound = ofTheJdk(ColorSpace.CS_LINEAR_RGB);
            byte[] unsigned = sound.clone();
            unsigned[36] = 0;
            byte[] wildTags = sound.clone();
            Arrays.fill(wildTags, 132, 200, (byte) 0x7F);

            assertIgnored(2, unsigned);
            assertIgnored(2, wildTags);
            assertIgnored(2, new byte[200]);
        }

        @Test
        void isIgnoredWhenItIsForOtherColours() {
            assertIgnored(0, ofTheJdk(ColorSpace.CS_LINEAR_RGB));
            assertIgnored(2, ofTheJdk(ColorSpace.CS_GRAY));
        }

        @Test
        void isIgnoredWhenItInflatesBeyondTheBound() {
            byte[] bomb = new byte[IccProfile.MAX_BYTES + 1];
            ByteBuffer.wrap(bomb).putInt(0, bomb.length);

            assertIgnored(2, bomb);
        }

        @Test
        void isIgnoredWhereverItsBytesAreChanged() {
            byte[] sound = ofTheJdk(ColorSpace.CS_LINEAR_RGB);
            java.util.Random random = new java.util.Random(7);
            for (int i = 0; i < 500; i++) {
                byte[] changed = sound.clone();
                for (int n = 0; n < 4; n++) {
                    changed[16 + random.nextInt(sound.length - 16)] = (byte) random.nextInt(256);
                }
                assertThat(decode(2, changed, 10, 20, 30).picture().size())
                        .as("round %d", i)
                        .isEqualTo(new PixelSize(2, 2));
            }
        }
    }
}
