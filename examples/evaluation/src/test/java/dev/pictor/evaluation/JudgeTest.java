package dev.pictor.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.evaluation.Judgement.Verdict;
import dev.pictor.image.BareImage;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageCodec;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImageHeader;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSink;
import dev.pictor.image.PixelSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {

    @TempDir
    Path folder;

    private static Judge judge(Imaging imaging, Duration timeLimit) {
        return new Judge(imaging, ImageLimits.ofDefaults(), timeLimit);
    }

    private static Judge judge() {
        return judge(Imaging.ofDefaults(), Duration.ofSeconds(30));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.bin"), bytes);
    }

    @Test
    void acceptsASoundPicture() throws IOException {
        Judgement judgement = judge().judge(file(Samples.redAndBlue("png", 40, 20)));

        assertThat(judgement.file()).isEqualTo("a.bin");
        assertThat(judgement.verdict()).isEqualTo(Verdict.ACCEPT);
        assertThat(judgement.reason()).isEmpty();
        assertThat(judgement.upright()).contains(new PixelSize(40, 20));
        assertThat(judgement.grid()).map(ColorGrid::toString).contains("ff0000ff00000000ff0000ff".repeat(4));
        assertThat(judgement.millis()).isPositive();
    }

    @Test
    void warnsOfACutPicture() throws IOException {
        Judgement judgement = judge().judge(file(Samples.cut(Samples.redAndBlue("png", 400, 200), 0.9)));

        assertThat(judgement.verdict()).isEqualTo(Verdict.WARN);
        assertThat(judgement.reason()).isEqualTo("TRUNCATED");
    }

    @Test
    void tellsWhyAFileIsRefused() throws IOException {
        Judgement judgement = judge().judge(file(new byte[0]));

        assertThat(judgement.verdict()).isEqualTo(Verdict.REJECT);
        assertThat(judgement.reason()).isEqualTo("EMPTY: there are no bytes");
        assertThat(judgement.upright()).isEmpty();
        assertThat(judgement.grid()).isEmpty();
    }

    @Test
    void heapIsWhatThePictureTakesAtLeast() throws IOException {
        Judgement small = judge().judge(file(Samples.redAndBlue("png", 16, 16)));
        Judgement large = judge().judge(file(Samples.redAndBlue("png", 1024, 1024)));

        assertThat(large.heapMegabytes() - small.heapMegabytes()).isBetween(3.0, 4.0);
    }

    @Test
    void aFileThatIsTooLargeIsNotReadWhole() throws IOException {
        ImageLimits limits = ImageLimits.builder().maxBytes(1000).build();
        Judge judge = new Judge(Imaging.ofDefaults(), limits, Duration.ofSeconds(30));

        Judgement judgement = judge.judge(file(new byte[8 << 20]));

        assertThat(judgement.reason()).startsWith("TOO_MANY_BYTES");
        assertThat(judgement.heapMegabytes()).isLessThan(1);
    }

    @Test
    void anErrorIsACrash() throws IOException {
        Imaging imaging = Imaging.builder()
                .addCodec(new PngCodec(sink -> {
                    throw new StackOverflowError("too deep");
                }))
                .build();

        Judgement judgement = judge(imaging, Duration.ofSeconds(30)).judge(file(Samples.redAndBlue("png", 8, 8)));

        assertThat(judgement.verdict()).isEqualTo(Verdict.CRASH);
        assertThat(judgement.reason()).isEqualTo("java.lang.StackOverflowError: too deep");
    }

    @Test
    void whatIsNotDoneInTimeHangsAndIsInterrupted() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Imaging imaging = Imaging.builder()
                .addCodec(new PngCodec(sink -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                }))
                .build();

        Judgement judgement = judge(imaging, Duration.ofMillis(20)).judge(file(Samples.redAndBlue("png", 8, 8)));

        assertThat(judgement.verdict()).isEqualTo(Verdict.HANG);
        assertThat(judgement.reason()).isEqualTo("not done after 20 ms");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFileThatCannotBeReadIsNoJudgement() {
        Path nothing = folder.resolve("nothing.png");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> judge().judge(nothing))
                .withMessageStartingWith("cannot read " + nothing);
    }

    private record PngCodec(Consumer<PixelSink> decoding) implements ImageCodec {

        @Override
        public boolean decodes(ImageHeader header) {
            return header.format() == ImageFormat.PNG;
        }

        @Override
        public Set<ImageFormat> encodes() {
            return Set.of();
        }

        @Override
        public void decode(BareImage image, PixelSink sink) {
            decoding.accept(sink);
        }

        @Override
        public byte[] encode(Picture picture, Encoding encoding) {
            throw new IllegalStateException("nothing is encoded here");
        }
    }
}
