package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.pictor.image.ImageRejectedException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files that would like to become large: all within 1 s and 8 MB of heap, be it as a picture or a refusal. */
class ImageBombTest {

    private static final double MAX_MEGABYTES = Trial.MAX_BYTES / (double) (1 << 20);

    private static final int BOMB_BYTES = 64 << 20;
    private static final byte[] ZEROS = bomb(0);

    private static Trial.Result run(byte[] file) {
        Trial trial = new Trial(ImageLimits.ofDefaults());
        Trial.Result result = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> trial.run(file));
        assertThat(result.fault()).isEmpty();
        assertThat(result.heapMegabytes()).isLessThan(MAX_MEGABYTES);
        assertThat(result.millis()).isLessThan(1000);
        return result;
    }

    private static void assertRefused(byte[] file, Reason reason) {
        assertThat(run(file).refused()).isEqualTo(reason);
    }

    private static void assertTaken(byte[] file) {
        assertThat(run(file).refused()).isNull();
    }

    /** Inflates to as many zeros, but for what the first four bytes tell. */
    private static byte[] bomb(int firstFour) {
        return PngWriter.deflated(
                ByteBuffer.allocate(BOMB_BYTES).putInt(firstFour).array());
    }

    private static byte[] png(UnaryOperator<PngWriter> chunks) {
        return chunks.apply(new PngWriter(16, 16, 8, 2, false))
                .data((x, y, channel) -> x * y)
                .end();
    }

    private static byte[] jpegHeader(int marker, int width, int height) {
        return ByteBuffer.allocate(21)
                .putShort((short) 0xFFD8)
                .putShort((short) (0xFF00 | marker))
                .putShort((short) 11)
                .put((byte) 8)
                .putShort((short) height)
                .putShort((short) width)
                .put(new byte[] {1, 1, 0x11, 0})
                .put(new byte[4])
                .array();
    }

    private static byte[] webp(int declared, byte[] chunk) {
        return ByteBuffer.allocate(12 + chunk.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(FuzzSeeds.text("RIFF"))
                .putInt(declared)
                .put(FuzzSeeds.text("WEBP"))
                .put(chunk)
                .array();
    }

    private static byte[] vp8l(int width, int height) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(FuzzSeeds.text("VP8L"))
                .putInt(16)
                .put((byte) 0x2F)
                .putInt((width - 1) | ((height - 1) << 14))
                .array();
    }

    @ParameterizedTest(name = "{0}x{1}")
    @CsvSource({"50000, 50000", "2147483647, 2147483647", "1, 2147483647", "16385, 1", "8193, 8193"})
    void aPngOfManyPixelsIsRefusedByItsHeader(int width, int height) {
        byte[] png =
                new PngWriter(width, height, 1, 0, false).chunk("IDAT", ZEROS).end();

        assertRefused(png, Reason.TOO_MANY_PIXELS);
    }

    @ParameterizedTest(name = "SOF {0}")
    @ValueSource(ints = {0xC0, 0xC1, 0xC2})
    void aJpegOfManyPixelsIsRefusedByItsHeader(int marker) {
        assertRefused(jpegHeader(marker, 65_500, 65_500), Reason.TOO_MANY_PIXELS);
        assertRefused(jpegHeader(marker, 65_535, 65_535), Reason.TOO_MANY_PIXELS);
    }

    @Test
    void aWebpOfManyPixelsIsRefusedByItsHeader() {
        assertRefused(webp(28, vp8l(16_383, 16_383)), Reason.TOO_MANY_PIXELS);
    }

    @Test
    void aWebpOfALargeCanvasIsRefusedByItsHeader() {
        byte[] vp8x = ByteBuffer.allocate(18)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(FuzzSeeds.text("VP8X"))
                .putInt(10)
                .putInt(2)
                .put(new byte[] {-1, -1, -1, -1, -1, -1})
                .array();
        byte[] frame = ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(FuzzSeeds.text("ANMF"))
                .putInt(40)
                .array();

        assertRefused(webp(70, FuzzSeeds.concat(FuzzSeeds.concat(vp8x, frame), vp8l(1, 1))), Reason.TOO_MANY_PIXELS);
    }

    @Test
    void textIsNeverInflated() {
        assertTaken(png(png -> png.chunk("zTXt", FuzzSeeds.concat(FuzzSeeds.text("Comment\0\0"), ZEROS))));
        assertTaken(
                png(png -> png.chunk("iTXt", FuzzSeeds.concat(FuzzSeeds.text("XML:com.adobe.xmp\0\1\0\0\0"), ZEROS))));
    }

    @Test
    void aProfileIsNotInflatedBeyondItsBound() {
        byte[] lies = bomb(BOMB_BYTES);

        assertTaken(png(png -> png.chunk("iCCP", FuzzSeeds.concat(FuzzSeeds.text("p\0\0"), lies))));
    }

    @Test
    void aProfileThatLiesAboutItsLengthTakesNoMoreThanItsBound() {
        byte[] lies = bomb(IccProfile.MAX_BYTES);

        assertTaken(png(png -> png.chunk("iCCP", FuzzSeeds.concat(FuzzSeeds.text("p\0\0"), lies))));
    }

    @Test
    void pictureDataThatGoOnAreNotInflated() {
        byte[] png = new PngWriter(4, 4, 8, 0, false).chunk("IDAT", ZEROS).end();

        assertTaken(png);
    }

    @Test
    void scansWithoutEndAreCountedBeforeTheyAreDecoded() {
        byte[] jpeg = progressive(2000);

        assertRefused(jpeg, Reason.TOO_MANY_SCANS);
    }

    @Test
    void aFewScansOverManyPixelsAreRefusedToo() {
        byte[] jpeg = progressive(90);
        int frame = indexOf(jpeg, new byte[] {(byte) 0xFF, (byte) 0xC2});
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 4000).putShort(frame + 7, (short) 4000);

        assertRefused(jpeg, Reason.TOO_MANY_SCANS);
    }

    @Test
    void scansWithinTheLimitAreDecoded() {
        assertTaken(progressive(90));
    }

    /** Four million broken scan headers, each of which could be a warning. */
    @Test
    void brokenScanHeadersCountAsScans() {
        byte[] jpeg = seed("jpeg-baseline");
        byte[] headers = new byte[16 << 20];
        for (int i = 0; i < headers.length; i += 4) {
            ByteBuffer.wrap(headers).putInt(i, 0xFFDA0002);
        }
        int scan = lastIndexOf(jpeg, new byte[] {(byte) 0xFF, (byte) 0xDA});
        byte[] bomb = new byte[jpeg.length + headers.length];
        System.arraycopy(jpeg, 0, bomb, 0, scan);
        System.arraycopy(headers, 0, bomb, scan, headers.length);
        System.arraycopy(jpeg, scan, bomb, scan + headers.length, jpeg.length - scan);

        assertThat(assertTimeoutPreemptively(
                                Duration.ofSeconds(10), () -> new Trial(ImageLimits.ofDefaults()).run(bomb))
                        .refused())
                .isEqualTo(Reason.TOO_MANY_SCANS);
    }

    @Test
    void coefficientsOfManyScansAreRefused() {
        byte[] jpeg = progressive(5);
        int frame = indexOf(jpeg, new byte[] {(byte) 0xFF, (byte) 0xC2});
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 16_000).putShort(frame + 7, (short) 4_000);
        ImageLimits limits =
                ImageLimits.builder().maxCoefficientBytes(100_000_000).build();

        assertThat(catchThrowableOfType(
                        ImageRejectedException.class,
                        () -> Imaging.builder().limits(limits).build().decode(ImageBytes.of(jpeg))))
                .hasMessage("JPEG of 4000x16000 in several scans takes 128320128 bytes of coefficients,"
                        + " the limit is 100000000")
                .matches(e -> e.reason() == Reason.TOO_MANY_PIXELS);
    }

    @Test
    void aThousandPartsOfAProfileAreNoProfile() {
        byte[] jpeg = seed("jpeg-baseline");
        byte[] part = HexFormat.of().parseHex("FFE200114943435F50524F46494C4500FFFF00");
        byte[] parts = new byte[part.length * 90_000];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part[i % part.length];
        }

        Trial.Result result = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> new Trial(ImageLimits.ofDefaults()).run(FuzzSeeds.afterSoi(jpeg, parts)));

        assertThat(result.refused()).isNull();
    }

    @Test
    void wrongChecksumsByTheThousandAreOneWarning() {
        PngWriter writer = new PngWriter(4, 4, 8, 0, false);
        for (int i = 0; i < 50_000; i++) {
            writer.chunk("IDAT", new byte[0], 1);
        }
        byte[] png = writer.data((x, y, channel) -> x).end();

        assertThat(Imaging.ofDefaults().decode(ImageBytes.of(png)).warnings()).hasSize(1);
    }

    private static byte[] seed(String name) {
        return FuzzSeeds.all().stream()
                .filter(seed -> seed.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    /** Returns a progressive JPEG whose last scan is there over and over. */
    private static byte[] progressive(int scans) {
        byte[] jpeg = seed("jpeg-grey-progressive");
        int from = lastIndexOf(jpeg, new byte[] {(byte) 0xFF, (byte) 0xDA});
        byte[] scan = FuzzSeeds.slice(jpeg, from, jpeg.length - 2);
        int already = count(jpeg, new byte[] {(byte) 0xFF, (byte) 0xDA});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, jpeg.length - 2);
        for (int i = already; i < scans; i++) {
            out.writeBytes(scan);
        }
        out.write(jpeg, jpeg.length - 2, 2);
        return out.toByteArray();
    }

    private static boolean isAt(byte[] bytes, int at, byte[] part) {
        return Arrays.equals(bytes, at, at + part.length, part, 0, part.length);
    }

    private static int count(byte[] bytes, byte[] part) {
        int count = 0;
        for (int i = 0; i <= bytes.length - part.length; i++) {
            count += isAt(bytes, i, part) ? 1 : 0;
        }
        return count;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (!isAt(bytes, at, part)) {
            at++;
        }
        return at;
    }

    private static int lastIndexOf(byte[] bytes, byte[] part) {
        int at = bytes.length - part.length;
        while (!isAt(bytes, at, part)) {
            at--;
        }
        return at;
    }
}
