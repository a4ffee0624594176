package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.image.ImageRejectedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures from streams, files and data URIs. */
class ImageSourcesTest {

    private static final byte[] LAMP = Pictures.encoded("png", 13, 7);

    private static ImageLimits upTo(int maxBytes) {
        return ImageLimits.builder().maxBytes(maxBytes).build();
    }

    /** Gives a few bytes at a time, and counts what is taken and whether it is closed. */
    private static final class Trickle extends InputStream {

        private final InputStream source;
        private int taken;
        private boolean closed;

        Trickle(byte[] bytes) {
            this.source = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            int next = source.read();
            taken += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = source.read(target, offset, Math.min(length, 7));
            taken += Math.max(count, 0);
            return count;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Nested
    class Streams {

        @Test
        void areReadToTheirEndHashedOnTheWayAndLeftOpen() {
            Trickle in = new Trickle(LAMP);

            ImageBytes image = ImageBytes.read(in);

            assertThat(image).isEqualTo(ImageBytes.of(LAMP));
            assertThat(image.sha256()).isEqualTo(Sha256.of(LAMP));
            assertThat(image.toByteArray()).isEqualTo(LAMP);
            assertThat(in.taken).isEqualTo(LAMP.length);
            assertThat(in.closed).isFalse();
        }

        @Test
        void areTakenOneByteBeyondTheLimitAndNoFurther() {
            Trickle in = new Trickle(new byte[1 << 20]);

            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.read(in, upTo(10_000)))
                    .withMessage("picture has more bytes than the limit of 10000")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_BYTES));
            assertThat(in.taken).isEqualTo(10_001);
            assertThat(in.closed).isFalse();
        }

        @Test
        void mayHoldExactlyAsManyBytesAsTheLimit() {
            assertThat(ImageBytes.read(new Trickle(LAMP), upTo(LAMP.length)).byteCount())
                    .isEqualTo(LAMP.length);
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.read(new Trickle(LAMP), upTo(LAMP.length - 1)));
        }

        @Test
        void mayBeReadUnderTheWidestLimitThereIs() {
            assertThat(ImageBytes.read(new Trickle(LAMP), upTo(Integer.MAX_VALUE)))
                    .isEqualTo(ImageBytes.of(LAMP));
        }

        @Test
        void thatBreakKeepTheCause() {
            IOException reset = new IOException("reset");
            InputStream broken = new InputStream() {
                @Override
                public int read() throws IOException {
                    throw reset;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    throw reset;
                }
            };

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> ImageBytes.read(broken))
                    .withMessage("cannot read picture from a stream")
                    .withCause(reset);
        }

        @Test
        void withoutAPictureAreRefused() {
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.read(InputStream.nullInputStream()))
                    .satisfies(e -> assertThat(e.reason()).isIn(Reason.EMPTY, Reason.NOT_AN_IMAGE));
        }
    }

    @Nested
    class Files {

        @Test
        void areReadUnderTheLimitsThatAreGiven(@TempDir Path folder) {
            Path file = folder.resolve("lamp.png");
            ImageBytes.of(LAMP).writeTo(file);

            assertThat(ImageBytes.read(file, upTo(LAMP.length))).isEqualTo(ImageBytes.of(LAMP));
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.read(file, upTo(LAMP.length - 1)))
                    .withMessage("picture has " + LAMP.length + " bytes, the limit is " + (LAMP.length - 1));
        }
    }

    @Nested
    class DataUris {

        private String uri(byte[] bytes) {
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
        }

        @ParameterizedTest
        @CsvSource({"png, image/png", "jpg, image/jpeg"})
        void areWrittenWithTheTypeOfTheBytes(String format, String mediaType) {
            ImageBytes image = ImageBytes.wrap(Pictures.encoded(format, 5, 3));

            assertThat(image.toDataUri())
                    .isEqualTo("data:" + mediaType + ";base64,"
                            + Base64.getEncoder().encodeToString(image.toByteArray()));
            assertThat(ImageBytes.ofDataUri(image.toDataUri())).isEqualTo(image);
        }

        /** PNG lets bytes follow its end, so every remainder of 3 comes up. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5})
        void comeBackAsTheSameBytesWhateverTheirPadding(int more) {
            byte[] bytes = Arrays.copyOf(LAMP, LAMP.length + more);
            Arrays.fill(bytes, LAMP.length, bytes.length, (byte) 0xFF);

            assertThat(ImageBytes.ofDataUri(uri(bytes)).toByteArray()).isEqualTo(bytes);
        }

        @Test
        void areReadInAnyCaseAndTheirTypeIsNotBelieved() {
            String base64 = Base64.getEncoder().encodeToString(LAMP);

            assertThat(ImageBytes.ofDataUri("DATA:Image/JPEG;BASE64," + base64).format())
                    .isEqualTo(ImageFormat.PNG);
            assertThat(ImageBytes.ofDataUri("data:image/x-none+xml;base64," + base64)
                            .format())
                    .isEqualTo(ImageFormat.PNG);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "data:",
                    "data:,lamp",
                    "data:;base64,AAAA",
                    "data:text/plain;base64,AAAA",
                    "data:image/;base64,AAAA",
                    "data:image/png,AAAA",
                    "data:image/png;charset=utf-8;base64,AAAA",
                    "data:image/png;base64;charset=utf-8,AAAA",
                    "data:image/png ;base64,AAAA",
                    " data:image/png;base64,AAAA",
                    "data:image/png;base64AAAA",
                    "iVBORw0KGgo=",
                    "https://example.com/a.png,b"
                })
        void thatBeginDifferentlyAreRefused(String uri) {
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.ofDataUri(uri))
                    .withMessage("data URI must begin like data:image/png;base64, and nothing else before the comma")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_AN_IMAGE));
        }

        @Test
        void withAHeadOfAnyLengthAreRefusedByTheSameWords() {
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.ofDataUri("data:image/" + "a".repeat(1 << 20) + ";base64,AAAA"))
                    .withMessageStartingWith("data URI must begin like")
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
        }

        @ParameterizedTest
        @CsvSource({
            "iVBO Rw0, 4, a space",
            "iVBO%2Bw, 4, a percent sign",
            "iVBO-w0K, 4, a character of the other alphabet",
            "iVB=Rw0K, 3, padding inside",
            "====, 0, padding alone",
            "iVBOé===, 4, a letter outside ASCII"
        })
        void withOtherCharactersAreRefusedAtTheirPlace(String base64, int at, String name) {
            int head = "data:image/png;base64,".length();

            assertThatExceptionOfType(ImageRejectedException.class)
                    .as(name)
                    .isThrownBy(() -> ImageBytes.ofDataUri("data:image/png;base64," + base64))
                    .withMessage("data URI has a character at " + (head + at)
                            + " that is not of base64 (A-Z, a-z, 0-9, + and /)");
        }

        @Test
        void thatAreCutOffOrLackPaddingAreRefused() {
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.ofDataUri("data:image/png;base64,iVBORw0KGgo"))
                    .withMessage(
                            "base64 of a data URI must be padded to a multiple of 4 characters, has 11; it is cut off"
                                    + " or was changed on the way");
        }

        /** The base64 is broken too, so a decoder that had seen it would have complained about that. */
        @Test
        void thatAreTooLargeAreRefusedBeforeTheyAreDecoded() {
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(() -> ImageBytes.ofDataUri("data:image/png;base64," + "!".repeat(4_000), upTo(2_999)))
                    .withMessage("picture has 3000 bytes, the limit is 2999")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_MANY_BYTES));
            assertThat(ImageBytes.ofDataUri(uri(LAMP), upTo(LAMP.length)).byteCount())
                    .isEqualTo(LAMP.length);
        }

        @Test
        void withoutAPictureAreRefusedForWhatTheyHold() {
            assertThatExceptionOfType(ImageRejectedException.class)
                    .isThrownBy(
                            () -> ImageBytes.ofDataUri(uri("<html>no lamp</html>".getBytes(StandardCharsets.UTF_8))))
                    .satisfies(e -> {
                        assertThat(e.reason()).isEqualTo(Reason.NOT_AN_IMAGE);
                        assertThat(e.getMessage()).doesNotContain("no lamp");
                    });
        }
    }
}
