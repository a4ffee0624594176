package dev.pictor.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;

@Timeout(30)
class SourceMetadataTest {

    private static final String XMP = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6" tiff:Make="Grün"/>
            </rdf:RDF></x:xmpmeta><?xpacket end="w"?>""";

    private static byte[] xmp() {
        return XMP.getBytes(UTF_8);
    }

    private static byte[] uprightXmp() {
        return XMP.replace("Orientation=\"6\"", "Orientation=\"1\"").getBytes(UTF_8);
    }

    // Offsets of the block below.
    private static final int FIRST = 8;
    private static final int ORIENTATION_VALUE = FIRST + 2 + 12 + 8;
    private static final int NEXT_LINK = FIRST + 2 + 4 * 12;
    private static final int EXIF = NEXT_LINK + 4;
    private static final int COLOR_SPACE_VALUE = EXIF + 2 + 8;
    private static final int GPS = EXIF + 2 + 12 + 4;
    private static final int THUMBNAIL = GPS + 2 + 12 + 4;
    private static final int TEXT = THUMBNAIL + 2 + 12 + 4;

    /** A description, an orientation of 6, uncalibrated colour, a place, and a thumbnail with an orientation of 8. */
    private static byte[] exif(ByteOrder order) {
        ByteBuffer out = ByteBuffer.allocate(TEXT + 10).order(order);
        out.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(US_ASCII));
        out.putShort((short) 42).putInt(FIRST);
        out.putShort((short) 4);
        entry(out, 0x010E, 2, 10).putInt(TEXT);
        entry(out, 0x0112, 3, 1).putShort((short) 6).putShort((short) 0);
        entry(out, 0x8769, 4, 1).putInt(EXIF);
        entry(out, 0x8825, 4, 1).putInt(GPS);
        out.putInt(THUMBNAIL);
        entry(out.putShort((short) 1), 0xA001, 3, 1).putShort((short) 0xFFFF).putShort((short) 0);
        out.putInt(0);
        entry(out.putShort((short) 1), 0x0001, 2, 2).put("N\0\0\0".getBytes(US_ASCII));
        out.putInt(0);
        entry(out.putShort((short) 1), 0x0112, 3, 1).putShort((short) 8).putShort((short) 0);
        out.putInt(0);
        return out.put("brass lamp".getBytes(US_ASCII)).array();
    }

    private static ByteBuffer entry(ByteBuffer out, int tag, int type, int count) {
        return out.putShort((short) tag).putShort((short) type).putInt(count);
    }

    private static byte[] uprightExif(ByteOrder order) {
        byte[] exif = exif(order);
        ByteBuffer.wrap(exif)
                .order(order)
                .putShort(ORIENTATION_VALUE, (short) 1)
                .putShort(COLOR_SPACE_VALUE, (short) 1);
        return exif;
    }

    private static byte[] exif() {
        return exif(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] uprightExif() {
        return uprightExif(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** Files of each format put together by hand, with metadata in the places that the formats give it. */
    private static ImageBytes file(ImageFormat format, byte[] exif, byte[] xmp) {
        return ImageBytes.wrap(
                switch (format) {
                    case JPEG -> {
                        byte[] plain = Pictures.encoded("jpg", 9, 7);
                        yield join(
                                Arrays.copyOf(plain, 20),
                                segment(join("Exif\0\0".getBytes(US_ASCII), exif)),
                                segment(join("http://ns.adobe.com/xap/1.0/\0".getBytes(US_ASCII), xmp)),
                                Arrays.copyOfRange(plain, 20, plain.length));
                    }
                    case PNG -> {
                        byte[] plain = Pictures.encoded("png", 9, 7);
                        yield join(
                                Arrays.copyOf(plain, 33),
                                chunk("iTXt", join("XML:com.adobe.xmp\0\0\0\0\0".getBytes(US_ASCII), xmp)),
                                chunk("eXIf", exif),
                                Arrays.copyOfRange(plain, 33, plain.length));
                    }
                    case WEBP ->
                        riff(
                                riffChunk("VP8X", hex("0C000000 3F0000 2F0000")),
                                riffChunk("VP8 ", hex("300100 9D012A 4000 3000 00000000 01")),
                                riffChunk("EXIF", exif),
                                riffChunk("XMP ", xmp));
                });
    }

    private static byte[] segment(byte[] payload) {
        return join(
                ByteBuffer.allocate(4)
                        .putShort((short) 0xFFE1)
                        .putShort((short) (payload.length + 2))
                        .array(),
                payload);
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] named = join(type.getBytes(US_ASCII), content);
        CRC32 crc = new CRC32();
        crc.update(named);
        return join(
                ByteBuffer.allocate(4).putInt(content.length).array(),
                named,
                ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static byte[] riffChunk(String type, byte[] content) {
        ByteBuffer length =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(content.length);
        return join(type.getBytes(US_ASCII), length.array(), content, new byte[content.length % 2]);
    }

    private static byte[] riff(byte[]... chunks) {
        byte[] all = join(chunks);
        ByteBuffer length =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(all.length + 4);
        return join("RIFF".getBytes(US_ASCII), length.array(), "WEBP".getBytes(US_ASCII), all);
    }

    /** Returns the chunks of a WebP file in their order, after checking length and padding. */
    private static Map<String, byte[]> webpChunks(byte[] webp) {
        ByteBuffer in = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(in.getInt(4)).isEqualTo(webp.length - 8).isEven();
        in.position(12);
        Map<String, byte[]> chunks = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            byte[] type = new byte[4];
            in.get(type);
            byte[] content = new byte[in.getInt()];
            in.get(content);
            if (content.length % 2 == 1) {
                assertThat(in.get()).isZero();
            }
            assertThat(chunks.put(new String(type, US_ASCII), content)).isNull();
        }
        return chunks;
    }

    private static IIOMetadataNode jdkMetadata(byte[] encoded, String format) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.setInput(in);
            assertThat(reader.read(0).getWidth()).isEqualTo(9);
            IIOMetadata metadata = reader.getImageMetadata(0);
            return (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
        } finally {
            reader.dispose();
        }
    }

    private static List<byte[]> contents(IIOMetadataNode tree, String node) {
        List<byte[]> contents = new ArrayList<>();
        NodeList found = tree.getElementsByTagName(node);
        for (int i = 0; i < found.getLength(); i++) {
            contents.add((byte[]) ((IIOMetadataNode) found.item(i)).getUserObject());
        }
        return contents;
    }

    @Nested
    class RoundTrips {

        @ParameterizedTest
        @EnumSource
        void readWhatEachFormatHolds(ImageFormat format) {
            SourceMetadata metadata = SourceMetadata.of(file(format, exif(), xmp()));

            assertThat(metadata.exif()).hasValue(uprightExif());
            assertThat(metadata.xmp()).hasValue(uprightXmp());
        }

        @ParameterizedTest
        @EnumSource
        void readBackWhatWasPutIn(ImageFormat format) {
            byte[] plain = format == ImageFormat.WEBP
                    ? riff(riffChunk("VP8 ", hex("300100 9D012A 4000 3000 00000000 01")))
                    : Pictures.encoded(format.extension(), 9, 7);
            SourceMetadata metadata = SourceMetadata.of(file(ImageFormat.PNG, exif(), xmp()));

            ImageBytes with = ImageBytes.wrap(metadata.into(format, plain));

            assertThat(SourceMetadata.of(with).exif()).hasValue(uprightExif());
            assertThat(SourceMetadata.of(with).xmp()).hasValue(uprightXmp());
            assertThat(with.size()).isEqualTo(ImageBytes.wrap(plain).size());
            assertThat(with.header().uprightSize()).isEqualTo(with.size());
        }

        @Test
        void toJpegAreReadByTheJdkBehindTheJfifHeader() throws IOException {
            byte[] plain = Pictures.encoded("jpg", 9, 7);

            byte[] with =
                    SourceMetadata.of(file(ImageFormat.WEBP, exif(), xmp())).into(ImageFormat.JPEG, plain);

            assertThat(contents(jdkMetadata(with, "jpeg"), "unknown"))
                    .containsExactly(
                            join("Exif\0\0".getBytes(US_ASCII), uprightExif()),
                            join("http://ns.adobe.com/xap/1.0/\0".getBytes(US_ASCII), uprightXmp()));
            assertThat(Arrays.copyOf(with, 20)).isEqualTo(Arrays.copyOf(plain, 20));
            assertThat(with).endsWith(Arrays.copyOfRange(plain, 20, plain.length));
        }

        @Test
        void toPngAreReadByTheJdk() throws IOException {
            byte[] with = SourceMetadata.of(file(ImageFormat.JPEG, exif(), xmp()))
                    .into(ImageFormat.PNG, Pictures.encoded("png", 9, 7));

            IIOMetadataNode tree = jdkMetadata(with, "png");
            IIOMetadataNode text =
                    (IIOMetadataNode) tree.getElementsByTagName("iTXtEntry").item(0);
            assertThat(text.getAttribute("keyword")).isEqualTo("XML:com.adobe.xmp");
            assertThat(text.getAttribute("text")).isEqualTo(new String(uprightXmp(), UTF_8));
            assertThat(Optional.of(new String(with, ISO_8859_1)))
                    .hasValueSatisfying(
                            all -> assertThat(all).contains(new String(chunk("eXIf", uprightExif()), ISO_8859_1)));
        }

        @Test
        void toSimpleWebpMakeItAnExtendedOne() {
            byte[] lossy = hex("300100 9D012A 4000 3000 00000000 01");

            byte[] with = SourceMetadata.of(file(ImageFormat.PNG, exif(), xmp()))
                    .into(ImageFormat.WEBP, riff(riffChunk("VP8 ", lossy)));

            Map<String, byte[]> chunks = webpChunks(with);
            assertThat(chunks.keySet()).containsExactly("VP8X", "VP8 ", "EXIF", "XMP ");
            assertThat(chunks.get("VP8X")).isEqualTo(hex("0C000000 3F0000 2F0000"));
            assertThat(chunks.get("VP8 ")).isEqualTo(lossy);
            assertThat(chunks.get("EXIF")).isEqualTo(uprightExif());
            assertThat(chunks.get("XMP ")).isEqualTo(uprightXmp());
        }

        @Test
        void toLosslessWebpKeepItsAlphaAndSize() {
            // 640x480, then the bit that tells of alpha
            byte[] with = SourceMetadata.of(file(ImageFormat.PNG, exif(), new byte[0]))
                    .into(ImageFormat.WEBP, riff(riffChunk("VP8L", hex("2F 7FC27710 00000000"))));

            Map<String, byte[]> chunks = webpChunks(with);
            assertThat(chunks.keySet()).containsExactly("VP8X", "VP8L", "EXIF");
            assertThat(chunks.get("VP8X")).isEqualTo(hex("18000000 7F0200 DF0100"));
        }

        @Test
        void toExtendedWebpKeepOrderAndFlags() {
            byte[] with = SourceMetadata.of(file(ImageFormat.PNG, exif(), xmp()))
                    .into(
                            ImageFormat.WEBP,
                            riff(
                                    riffChunk("VP8X", hex("10000000 3F0000 2F0000")),
                                    riffChunk("ALPH", hex("000102")),
                                    riffChunk("VP8 ", hex("300100 9D012A 4000 3000 00000000"))));

            Map<String, byte[]> chunks = webpChunks(with);
            assertThat(chunks.keySet()).containsExactly("VP8X", "ALPH", "VP8 ", "EXIF", "XMP ");
            assertThat(chunks.get("VP8X")).isEqualTo(hex("1C000000 3F0000 2F0000"));
            assertThat(chunks.get("ALPH")).isEqualTo(hex("000102"));
        }

        @Test
        void ofNothingChangeNothing() {
            byte[] plain = Pictures.encoded("png", 9, 7);

            assertThat(SourceMetadata.none().into(ImageFormat.PNG, plain)).isSameAs(plain);
            assertThat(SourceMetadata.of(ImageBytes.wrap(plain)).into(ImageFormat.PNG, plain))
                    .isSameAs(plain);
        }

        @Test
        void refuseBytesOfAnotherFormat() {
            SourceMetadata metadata = SourceMetadata.of(file(ImageFormat.PNG, exif(), xmp()));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> metadata.into(ImageFormat.JPEG, Pictures.encoded("png", 9, 7)))
                    .withMessage("the encoded picture must be JPEG, was PNG");
        }
    }

    @Nested
    class Bounds {

        @Test
        void leaveOutWhatIsTooLarge() {
            byte[] large = Arrays.copyOf(xmp(), SourceMetadata.MAX_BYTES + 1);
            Arrays.fill(large, xmp().length, large.length, (byte) ' ');
            byte[] justFits = Arrays.copyOf(large, SourceMetadata.MAX_BYTES);

            assertThat(SourceMetadata.of(file(ImageFormat.PNG, exif(), large)).xmp())
                    .isEmpty();
            assertThat(SourceMetadata.of(file(ImageFormat.WEBP, exif(), large)).xmp())
                    .isEmpty();
            assertThat(SourceMetadata.of(file(ImageFormat.PNG, exif(), justFits))
                            .xmp())
                    .isPresent();
        }

        @Test
        void leaveOutOfJpegWhatDoesNotFitIntoASegment() {
            byte[] plain = Pictures.encoded("jpg", 9, 7);
            int most = 65_533 - 6;

            byte[] fits = SourceMetadata.of(file(ImageFormat.PNG, Arrays.copyOf(exif(), most), new byte[0]))
                    .into(ImageFormat.JPEG, plain);
            byte[] doesNot = SourceMetadata.of(file(ImageFormat.PNG, Arrays.copyOf(exif(), most + 1), new byte[0]))
                    .into(ImageFormat.JPEG, plain);

            assertThat(SourceMetadata.of(ImageBytes.wrap(fits)).exif())
                    .hasValueSatisfying(exif -> assertThat(exif).hasSize(most));
            assertThat(doesNot).isEqualTo(plain);
        }

        @Test
        void leaveOutChunksWithAWrongChecksum() {
            byte[] png = file(ImageFormat.PNG, exif(), xmp()).toByteArray();
            int text = new String(png, ISO_8859_1).indexOf("Orientation");
            png[text] = 'o';

            assertThat(SourceMetadata.of(ImageBytes.wrap(png)).xmp()).isEmpty();
            assertThat(SourceMetadata.of(ImageBytes.wrap(png)).exif()).isPresent();
        }

        @Test
        void takeTheMarkOfJpegFromOtherFormats() {
            byte[] marked = join("Exif\0\0".getBytes(US_ASCII), exif());

            assertThat(SourceMetadata.of(file(ImageFormat.WEBP, marked, xmp())).exif())
                    .hasValue(uprightExif());
        }

        static Stream<Arguments> seeds() {
            return Stream.of(ImageFormat.values())
                    .flatMap(format -> java.util.stream.IntStream.range(0, 100).mapToObj(i -> Arguments.of(format, i)));
        }

        @ParameterizedTest(name = "{0}, seed {1}")
        @MethodSource("seeds")
        void mutatedFilesAreReadOrLeftOutAndNothingElse(ImageFormat format, int seed) {
            Random random = new Random(seed);
            byte[] bytes = file(format, exif(ByteOrder.BIG_ENDIAN), xmp()).toByteArray();
            int from = 12;
            for (int i = 0; i < 1 + random.nextInt(12); i++) {
                bytes[from + random.nextInt(Math.min(bytes.length, 900) - from)] = (byte) random.nextInt(256);
            }
            ImageBytes image;
            try {
                image = ImageBytes.wrap(
                        random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            } catch (ImageRejectedException e) {
                assertThat(e.reason()).isNotNull();
                return;
            }
            SourceMetadata metadata = SourceMetadata.of(image);
            byte[] plain = Pictures.encoded("png", 9, 7);
            byte[] with = metadata.into(ImageFormat.PNG, plain);
            assertThat(ImageHeader.read(ByteBuffer.wrap(with)).orientation()).isEqualTo(Orientation.UPRIGHT);
        }
    }

    @Nested
    class Exif {

        @ParameterizedTest
        @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
        void isMadeUprightAndSrgbAndLeftAloneOtherwise(String name) {
            ByteOrder order = name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;

            assertThat(ExifBlock.ofUprightSrgb(exif(order))).hasValue(uprightExif(order));
        }

        static Stream<Arguments> broken() {
            return Stream.of(
                    broken("no byte order", tiff -> tiff.putShort(0, (short) 0x4D49)),
                    broken("no TIFF", tiff -> tiff.putShort(2, (short) 43)),
                    broken("first directory outside", tiff -> tiff.putInt(4, 10_000)),
                    broken("first directory at a negative place", tiff -> tiff.putInt(4, -4)),
                    broken("first directory in the header", tiff -> tiff.putInt(4, 0)),
                    broken("more entries than bytes", tiff -> tiff.putShort(FIRST, (short) 0xFFFF)),
                    broken("a value outside", tiff -> tiff.putInt(FIRST + 2 + 8, TEXT + 1)),
                    broken("a value of 4 Gi numbers", tiff -> tiff.putInt(FIRST + 2 + 4, -1)),
                    broken("a value of no known type", tiff -> tiff.putShort(FIRST + 2 + 2, (short) 99)),
                    broken("two orientations in one", tiff -> tiff.putInt(ORIENTATION_VALUE - 4, 2)),
                    broken("an orientation in words", tiff -> tiff.putShort(ORIENTATION_VALUE - 6, (short) 2)),
                    broken("thumbnail that leads to the picture", tiff -> tiff.putInt(NEXT_LINK, FIRST)),
                    broken("EXIF directory that is the picture's", tiff -> tiff.putInt(FIRST + 2 + 2 * 12 + 8, FIRST)),
                    broken("GPS directory outside", tiff -> tiff.putInt(FIRST + 2 + 3 * 12 + 8, TEXT + 9)));
        }

        private static Arguments broken(String name, Consumer<ByteBuffer> damage) {
            return Arguments.of(name, damage);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("broken")
        void isLeftOutWhenItIsBroken(String name, Consumer<ByteBuffer> damage) {
            byte[] exif = exif(ByteOrder.BIG_ENDIAN);
            damage.accept(ByteBuffer.wrap(exif));

            assertThat(ExifBlock.ofUprightSrgb(exif)).isEmpty();
        }

        @Test
        void isLeftOutWhenItLeadsThroughTooManyDirectories() {
            assertThat(ExifBlock.ofUprightSrgb(chained(16))).isPresent();
            assertThat(ExifBlock.ofUprightSrgb(chained(17))).isEmpty();
        }

        /** Directories of one entry, each of which leads to the next. */
        private static byte[] chained(int directories) {
            ByteBuffer out = ByteBuffer.allocate(8 + directories * 18);
            out.put("MM\0*".getBytes(US_ASCII)).putInt(8);
            for (int i = 1; i <= directories; i++) {
                entry(out.putShort((short) 1), i == directories ? 0x0100 : 0x8769, 4, 1)
                        .putInt(8 + i * 18);
                out.putInt(0);
            }
            return out.array();
        }

        @Test
        void cutOffAnywhereIsLeftOutOrStillSound() {
            for (int length = 0; length < exif().length; length++) {
                assertThat(ExifBlock.ofUprightSrgb(Arrays.copyOf(exif(), length)))
                        .as("first %d bytes", length)
                        .isEmpty();
            }
        }
    }

    @Nested
    class Xmp {

        private static Optional<String> upright(String packet) {
            return XmpPacket.ofUpright(packet.getBytes(UTF_8)).map(bytes -> new String(bytes, UTF_8));
        }

        @Test
        void isMadeUprightHoweverItIsWritten() {
            assertThat(upright("<a tiff:Orientation = '8'/>")).hasValue("<a tiff:Orientation = '1'/>");
            assertThat(upright("<tiff:Orientation>3</tiff:Orientation>ü"))
                    .hasValue("<tiff:Orientation>1</tiff:Orientation>ü");
            assertThat(upright("<a tiff:Orientation=\"1\"/><a tiff:Orientation=\"6\"/>"))
                    .hasValue("<a tiff:Orientation=\"1\"/><a tiff:Orientation=\"1\"/>");
            assertThat(upright("<a dc:title=\"6\"/>")).hasValue("<a dc:title=\"6\"/>");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " \n",
                    "<a tiff:Orientation=\"66\"/>",
                    "<a tiff:Orientation=\"&#54;\"/>",
                    "<tiff:Orientation><!-- -->6</tiff:Orientation>",
                    "<a xmlns:t=\"http://ns.adobe.com/tiff/1.0/\" t:Orientation=\"6\"/>",
                    "<Orientation xmlns=\"http://ns.adobe.com/tiff/1.0/\">6</Orientation>",
                    "<\0a\0/\0>"
                })
        void isLeftOutWhereThatIsNotCertain(String packet) {
            assertThat(upright(packet)).isEmpty();
        }

        @Test
        void takesTimeInProportionToItsLength() {
            for (String part : List.of(
                    "tiff:Orientation ", "tiff:Orientation=\" ", "xmlns:tiff=", "<tiff:Orientation > ", " ", "a")) {
                String packet = part.repeat(SourceMetadata.MAX_BYTES / part.length());
                assertThat(upright(packet).isPresent()).isEqualTo(part.equals("xmlns:tiff=") || part.equals("a"));
            }
            String spaces = "tiff:Orientation=\"6" + " ".repeat(1_000_000) + "\"";
            assertThat(upright(spaces)).hasValue(spaces.replace('6', '1'));
        }
    }
}
