package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.Encoding.Subsampling;
import dev.pictor.image.color.RgbColor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkEncoderTest {

    /** Slopes in all channels with a little grain: something an encoder can be good or bad at. */
    private static Picture slopes(int width, int height, boolean alpha) {
        Random random = new Random(5);
        int channels = alpha ? 4 : 3;
        byte[] samples = new byte[width * height * channels];
        for (int i = 0; i < samples.length; i++) {
            int x = i / channels % width;
            int y = i / channels / width;
            int slope = i % channels == 0 ? x * 255 / width : i % channels == 1 ? y * 255 / height : (x + y) & 0xFF;
            samples[i] = (byte) Math.max(0, Math.min(255, slope + random.nextInt(5) - 2));
        }
        return Picture.wrap(new PixelSize(width, height), alpha, samples);
    }

    /** Returns what the JDK reads, as samples. */
    private static Picture read(byte[] encoded, boolean alpha) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(encoded));
        assertThat(image.getColorModel().hasAlpha()).isEqualTo(alpha);
        int channels = alpha ? 4 : 3;
        byte[] samples = new byte[image.getWidth() * image.getHeight() * channels];
        for (int i = 0; i < samples.length; i += channels) {
            int pixel = image.getRGB(i / channels % image.getWidth(), i / channels / image.getWidth());
            samples[i] = (byte) (pixel >> 16);
            samples[i + 1] = (byte) (pixel >> 8);
            samples[i + 2] = (byte) pixel;
            if (alpha) {
                samples[i + 3] = (byte) (pixel >>> 24);
            }
        }
        return Picture.wrap(new PixelSize(image.getWidth(), image.getHeight()), alpha, samples);
    }

    private static double psnr(Picture a, Picture b) {
        double sum = 0;
        for (int i = 0; i < a.samples().length; i++) {
            int difference = Byte.toUnsignedInt(a.samples()[i]) - Byte.toUnsignedInt(b.samples()[i]);
            sum += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255.0 * a.samples().length / sum);
    }

    @Nested
    class Jpeg {

        /** A segment between SOI and the last SOS: marker, and payload without its length. */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Segment(int marker, byte[] payload) {}

        private static List<Segment> segments(byte[] jpeg) {
            ByteBuffer in = ByteBuffer.wrap(jpeg);
            assertThat(in.getShort()).isEqualTo((short) 0xFFD8);
            List<Segment> segments = new ArrayList<>();
            while (true) {
                int marker = Short.toUnsignedInt(in.getShort());
                if (marker == 0xFFD9) {
                    assertThat(in.hasRemaining()).isFalse();
                    return segments;
                }
                byte[] payload = new byte[in.getShort() - 2];
                in.get(payload);
                segments.add(new Segment(marker, payload));
                if (marker == 0xFFDA) { // entropy-coded data: on to the next marker
                    while (jpeg[in.position()] != (byte) 0xFF || jpeg[in.position() + 1] == 0) {
                        in.position(in.position() + 1);
                    }
                }
            }
        }

        private static String frame(byte[] jpeg) {
            Segment frame = segments(jpeg).stream()
                    .filter(segment -> segment.marker() >= 0xFFC0 && segment.marker() <= 0xFFC2)
                    .findFirst()
                    .orElseThrow();
            StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%X", frame.marker()));
            for (int component = 0; component < frame.payload()[5]; component++) {
                text.append(String.format(Locale.ROOT, " %02X", frame.payload()[7 + component * 3]));
            }
            return text.toString();
        }

        @ParameterizedTest
        @CsvSource({
            "85, AUTO, false, FFC0 22 11 11",
            "89, AUTO, false, FFC0 22 11 11",
            "90, AUTO, false, FFC0 11 11 11",
            "95, YUV_420, false, FFC0 22 11 11",
            "50, YUV_444, false, FFC0 11 11 11",
            "85, AUTO, true, FFC2 22 11 11",
            "85, YUV_444, true, FFC2 11 11 11",
        })
        void hasTheModeAndTheSamplingAskedFor(int quality, Subsampling subsampling, boolean progressive, String frame)
                throws IOException {
            Picture picture = slopes(51, 37, false);
            Encoding encoding = Encoding.jpeg(quality).toBuilder()
                    .subsampling(subsampling)
                    .isProgressive(progressive)
                    .build();

            byte[] jpeg = JdkEncoder.jpeg(picture, encoding);

            assertThat(frame(jpeg)).isEqualTo(frame);
            assertThat(read(jpeg, false).size()).isEqualTo(picture.size());
            assertThat(segments(jpeg).stream().filter(segment -> segment.marker() == 0xFFDA))
                    .hasSize(progressive ? 10 : 1);
        }

        @Test
        void comesBackAsItWentIn() throws IOException {
            Picture picture = slopes(203, 151, false);

            assertThat(psnr(picture, read(JdkEncoder.jpeg(picture, Encoding.jpeg(100)), false)))
                    .isGreaterThan(45);
            assertThat(psnr(picture, read(JdkEncoder.jpeg(picture, Encoding.jpeg(85)), false)))
                    .isGreaterThan(30);
        }

        @Test
        void keepsPureColoursWhereAllColourDifferencesAreKept() throws IOException {
            byte[] samples = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, (byte) 255, (byte) 255, (byte) 255};
            Picture picture = Picture.wrap(new PixelSize(2, 2), false, samples);

            Picture back = read(JdkEncoder.jpeg(picture, Encoding.jpeg(100)), false);

            for (int i = 0; i < samples.length; i++) {
                assertThat(Byte.toUnsignedInt(back.samples()[i]))
                        .isBetween(Math.max(0, Byte.toUnsignedInt(samples[i]) - 3), Byte.toUnsignedInt(samples[i]) + 3);
            }
        }

        /** Table K.1 of ITU-T T.81, scaled as libjpeg does it: the meaning of quality everywhere in the field. */
        @ParameterizedTest
        @CsvSource({"100, 1, 1", "85, 5, 3", "75, 8, 6", "50, 16, 11", "30, 27, 18", "1, 255, 255"})
        void scalesTheStandardTablesByQuality(int quality, int first, int second) {
            byte[] jpeg = JdkEncoder.jpeg(slopes(16, 16, false), Encoding.jpeg(quality));

            byte[] tables = segments(jpeg).stream()
                    .filter(segment -> segment.marker() == 0xFFDB)
                    .findFirst()
                    .orElseThrow()
                    .payload();
            assertThat(Byte.toUnsignedInt(tables[1])).isEqualTo(first);
            assertThat(Byte.toUnsignedInt(tables[2])).isEqualTo(second);
        }

        @Test
        void holdsAJfifHeaderAndNoOtherMetadata() {
            List<Segment> segments = segments(JdkEncoder.jpeg(slopes(16, 16, false), Encoding.jpeg(85)));

            assertThat(segments).extracting(Segment::marker).containsOnly(0xFFE0, 0xFFDB, 0xFFC0, 0xFFC4, 0xFFDA);
            assertThat(segments.get(0).marker()).isEqualTo(0xFFE0);
            assertThat(segments.get(0).payload()).hasSize(14).startsWith("JFIF\0".getBytes(StandardCharsets.US_ASCII));
        }

        @Test
        void hasHuffmanTablesOfItsOwnIfItIsSmall() {
            assertThat(bytesOfTables(1024)).isLessThan(100);
            assertThat(bytesOfTables(1025)).isEqualTo(416); // the standard ones
        }

        private int bytesOfTables(int side) {
            Picture black = Picture.wrap(new PixelSize(side, 1024), false, new byte[side * 1024 * 3]);
            return segments(JdkEncoder.jpeg(black, Encoding.jpeg(85))).stream()
                    .filter(segment -> segment.marker() == 0xFFC4)
                    .mapToInt(segment -> segment.payload().length)
                    .sum();
        }

        @Test
        void isRefusedForAlphaAndForSidesThatTheFormatDoesNotHold() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JdkEncoder.jpeg(slopes(2, 2, true), Encoding.jpeg(85)))
                    .withMessage("a JPEG has no alpha: put RGBA 2x2 over a background before");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> JdkEncoder.jpeg(slopes(65_501, 1, false), Encoding.jpeg(85)))
                    .withMessage("a JPEG has at most 65500 px a side, was 65501x1");
            assertThat(frame(JdkEncoder.jpeg(slopes(65_500, 1, false), Encoding.jpeg(85))))
                    .startsWith("FFC0");
        }
    }

    @Nested
    class Png {

        @ParameterizedTest
        @CsvSource({"1, 1, false", "1, 1, true", "53, 31, false", "53, 31, true"})
        void keepsEverySample(int width, int height, boolean alpha) throws IOException {
            Picture picture = slopes(width, height, alpha);

            byte[] png = JdkEncoder.png(picture);

            assertThat(read(png, alpha)).isEqualTo(picture);
            assertThat(png[24]).as("bit depth").isEqualTo((byte) 8);
            assertThat(png[25]).as("colour type").isEqualTo((byte) (alpha ? 6 : 2));
        }

        @Test
        void keepsTheColourOfTransparentPixels() throws IOException {
            Picture picture = Picture.wrap(new PixelSize(2, 1), true, new byte[] {9, 8, 7, 0, 6, 5, 4, 1});

            assertThat(read(JdkEncoder.png(picture), true)).isEqualTo(picture);
        }

        @Test
        void holdsNothingButPixels() {
            ByteBuffer in = ByteBuffer.wrap(JdkEncoder.png(slopes(300, 200, true)), 8, 0);
            in.limit(in.capacity());
            List<String> types = new ArrayList<>();
            while (in.hasRemaining()) {
                int length = in.getInt();
                byte[] type = new byte[4];
                in.get(type);
                types.add(new String(type, StandardCharsets.US_ASCII));
                in.position(in.position() + length + 4);
            }
            assertThat(types).startsWith("IHDR").endsWith("IEND").containsOnly("IHDR", "IDAT", "IEND");
        }
    }

    @Nested
    class Registry {

        /** Claims the names of both formats, and writes nothing. */
        private static final class Intruder extends ImageWriterSpi {

            @Override
            public String[] getFormatNames() {
                return new String[] {"jpeg", "png"};
            }

            @Override
            public boolean canEncodeImage(javax.imageio.ImageTypeSpecifier type) {
                return false; // so that other tests that run meanwhile are not led to it
            }

            @Override
            public ImageWriter createWriterInstance(Object extension) {
                throw new IllegalStateException("the intruder was asked");
            }

            @Override
            public String getDescription(Locale locale) {
                return "intruder";
            }
        }

        @Test
        void doesNotLeadToOtherPlugIns() {
            IIORegistry registry = IIORegistry.getDefaultInstance();
            Intruder intruder = new Intruder();
            registry.registerServiceProvider(intruder);
            try {
                registry.getServiceProviders(ImageWriterSpi.class, spi -> !spi.equals(intruder), false)
                        .forEachRemaining(spi -> registry.setOrdering(ImageWriterSpi.class, intruder, spi));
                assertThat(registry.getServiceProviders(ImageWriterSpi.class, true)
                                .next())
                        .isSameAs(intruder);

                assertThat(JdkEncoder.jpeg(slopes(8, 8, false), Encoding.jpeg(85)))
                        .isNotEmpty();
                assertThat(JdkEncoder.png(slopes(8, 8, false))).isNotEmpty();
            } finally {
                registry.deregisterServiceProvider(intruder);
            }
        }
    }

    @Nested
    class Over {

        @Test
        void roundsEveryMixtureToTheNearest() {
            for (int background : new int[] {0, 1, 100, 254, 255}) {
                byte[] samples = new byte[256 * 256 * 4];
                for (int i = 0; i < 256 * 256; i++) {
                    samples[i * 4] = (byte) (i >> 8);
                    samples[i * 4 + 3] = (byte) i;
                }
                Picture flat =
                        Picture.wrap(new PixelSize(256, 256), true, samples).over(new RgbColor(background, 0, 0));
                for (int i = 0; i < 256 * 256; i++) {
                    double opacity = (i & 0xFF) / 255.0;
                    long exact = Math.round((i >> 8) * opacity + background * (1 - opacity));
                    assertThat(Byte.toUnsignedLong(flat.samples()[i * 3])).isEqualTo(exact);
                }
            }
        }

        @Test
        void mixesEachChannelAndDropsAlpha() {
            Picture picture = Picture.wrap(new PixelSize(1, 1), true, new byte[] {10, 20, 30, (byte) 128});

            Picture flat = picture.over(new RgbColor(200, 100, 0));

            assertThat(flat.hasAlpha()).isFalse();
            assertThat(flat.color(0, 0)).isEqualTo(new RgbColor(105, 60, 15));
            assertThat(flat.over(RgbColor.BLACK)).isSameAs(flat);
        }
    }
}
