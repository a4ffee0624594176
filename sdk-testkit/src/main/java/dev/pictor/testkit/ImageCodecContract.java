package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.BareImage;
import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageCodec;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.ImageLimits;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.ImageWarning;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The tests that every {@link ImageCodec} passes. Extend it and give the codec and samples. Not thread-safe. */
public abstract class ImageCodecContract {

    private static final int DAMAGED_PICTURES = 200;
    private static final int QUALITY = 90;

    /** As far as a good encoder is from a smooth picture at that quality, on average over all samples. */
    private static final double LOSSY_MEAN_DIFFERENCE = 4;

    /** What damage does to a header must not make for a slow test. */
    private static final ImageLimits LIMITS =
            ImageLimits.builder().maxPixels(1 << 18).build();

    /** For subclasses. */
    protected ImageCodecContract() {}

    /**
     * Returns the codec under test.
     *
     * @return a codec
     */
    protected abstract ImageCodec codec();

    /**
     * Returns pictures that the codec decodes, all of them sound.
     *
     * @return one of each kind, at least one; empty if the codec only encodes
     */
    protected abstract List<CodecSample> samples();

    @Test
    void deliversEachRowOnceFromTheTop() {
        for (CodecSample sample : samples()) {
            BareImage image = BareImage.of(sample.image());
            assertThat(codec().decodes(image.header())).as("decodes %s", sample).isTrue();

            RecordingPixelSink sink = decoded(image);

            assertThat(sink.size())
                    .as("size of %s", sample)
                    .isEqualTo(image.header().size());
            assertThat(sink.rows())
                    .as("rows of %s", sample)
                    .isEqualTo(image.header().size().height());
            assertThat(sink.warnings()).as("warnings for %s", sample).isEmpty();
            assertThat(largestDifference(sink.picture(), sample.expected()))
                    .as("largest difference of a sample of %s", sample)
                    .isLessThanOrEqualTo(sample.tolerance());
        }
    }

    @Test
    void deliversAlphaIfTheHeaderSpeaksOfIt() {
        for (CodecSample sample : samples()) {
            BareImage image = BareImage.of(sample.image());

            assertThat(decoded(image).layout().hasAlpha())
                    .as("alpha of %s", sample)
                    .isEqualTo(image.header().hasAlpha());
        }
    }

    @Test
    void refusesDamagedDataOrDeliversSomeRowsAndLeavesItToTheSinkToCountThem() {
        for (CodecSample sample : samples()) {
            int reached = 0;
            for (int seed = 0; seed < DAMAGED_PICTURES; seed++) {
                reached += surviveDamage(sample, seed) ? 1 : 0;
            }
            assertThat(reached)
                    .as("damaged pictures of %s that the codec was asked for", sample)
                    .isPositive();
        }
    }

    /** Returns whether the damage let the picture through to the codec. */
    private boolean surviveDamage(CodecSample sample, int seed) {
        BareImage image;
        try {
            image = BareImage.of(ImageBytes.wrap(damaged(sample.image().toByteArray(), seed), LIMITS));
        } catch (ImageRejectedException e) {
            return false; // found out before any codec
        }
        if (!codec().decodes(image.header())) {
            return false;
        }
        RecordingPixelSink sink = RecordingPixelSink.create();
        try {
            codec().decode(image, sink);
        } catch (ImageRejectedException e) {
            assertThat(e.reason())
                    .as("reason for %s, seed %s", sample, seed)
                    .isIn(ImageRejectedException.Reason.BROKEN_PIXELS, ImageRejectedException.Reason.UNSUPPORTED);
            return true;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("damaged " + sample + ", seed " + seed + ": threw " + e, e);
        }
        assertThat(sink.rows()).as("rows of %s, seed %s", sample, seed).isPositive();
        if (sink.rows() < sink.size().height()) { // which the sink sees and tells, so that nobody is told twice
            assertThat(sink.warnings())
                    .as("warnings for %s, seed %s", sample, seed)
                    .extracting(ImageWarning::kind)
                    .doesNotContain(ImageWarning.Kind.TRUNCATED);
        }
        return true;
    }

    private static byte[] damaged(byte[] bytes, int seed) {
        Random random = new Random(seed);
        if (seed % 4 == 0) {
            return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
        }
        int from = seed % 4 == 1 ? 0 : bytes.length / 4; // most damage past the header
        for (int i = random.nextInt(8); i >= 0; i--) {
            bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void stopsAtOnceWhenTheSinkSaysSo() {
        for (CodecSample sample : samples()) {
            BareImage image = BareImage.of(sample.image());
            int height = image.header().size().height();
            for (int rows : List.of(0, height / 2, height - 1)) {
                RecordingPixelSink sink = RecordingPixelSink.stoppingAfter(rows);

                assertThatThrownBy(() -> codec().decode(image, sink))
                        .as("%s, after %s rows", sample, rows)
                        .isInstanceOf(CancellationException.class)
                        .hasMessage("stopped after " + rows + " rows");
                assertThat(sink.rows()).isEqualTo(rows);
            }
        }
    }

    @Test
    void givesTheSamePixelsToManyThreadsAtOnce() throws Exception {
        for (CodecSample sample : samples()) {
            BareImage image = BareImage.of(sample.image());
            Picture alone = decoded(image).picture();

            SideBySide.run(thread -> {
                for (int i = 0; i < 4; i++) {
                    assertThat(decoded(image).picture()).as("%s", sample).isEqualTo(alone);
                }
            });
        }
    }

    @Test
    void readsBackWhatItWrites() {
        for (ImageFormat format : codec().encodes()) {
            Encoding lossy = Encoding.builder(format).quality(QUALITY).build();
            boolean alphaToo = format != ImageFormat.JPEG;
            for (Picture picture : alphaToo ? List.of(smooth(false), smooth(true)) : List.of(smooth(false))) {
                Picture back = throughCodec(picture, lossy);

                assertThat(back.hasAlpha()).isEqualTo(picture.hasAlpha());
                assertThat(meanDifference(back, picture))
                        .as("mean difference of %s as %s", picture, format)
                        .isLessThanOrEqualTo(format == ImageFormat.PNG ? 0 : LOSSY_MEAN_DIFFERENCE);
            }
        }
    }

    @Test
    void keepsEverySampleWhenItIsToldTo() {
        if (codec().encodes().contains(ImageFormat.WEBP)) {
            Encoding lossless =
                    Encoding.builder(ImageFormat.WEBP).isLossless(true).build();

            for (Picture picture : List.of(noise(false), noise(true))) {
                assertThat(throughCodec(picture, lossless)).isEqualTo(picture);
            }
        }
    }

    private Picture throughCodec(Picture picture, Encoding encoding) {
        byte[] bytes = codec().encode(picture, encoding);
        ImageBytes image = ImageBytes.of(bytes);
        assertThat(image.format()).isEqualTo(encoding.format());
        assertThat(image.size()).isEqualTo(picture.size());
        return decoded(BareImage.of(image)).picture();
    }

    private RecordingPixelSink decoded(BareImage image) {
        RecordingPixelSink sink = RecordingPixelSink.create();
        codec().decode(image, sink);
        return sink;
    }

    /** Colours that change slowly in both directions, and alpha from transparent to opaque. */
    private static Picture smooth(boolean alpha) {
        PixelSize size = new PixelSize(67, 41);
        ByteBuffer samples = ByteBuffer.allocate((int) size.pixels() * (alpha ? 4 : 3));
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                samples.put((byte) (40 + 2 * x)).put((byte) (200 - 3 * y)).put((byte) (60 + x + y));
                if (alpha) {
                    samples.put((byte) (255 - 3 * y));
                }
            }
        }
        return Picture.wrap(size, alpha, samples.array());
    }

    private static Picture noise(boolean alpha) {
        PixelSize size = new PixelSize(37, 29);
        byte[] samples = new byte[(int) size.pixels() * (alpha ? 4 : 3)];
        new Random(1).nextBytes(samples);
        return Picture.wrap(size, alpha, samples);
    }

    private static int largestDifference(Picture one, Picture other) {
        return Arrays.stream(differences(one, other)).max().orElseThrow();
    }

    private static double meanDifference(Picture one, Picture other) {
        return Arrays.stream(differences(one, other)).average().orElseThrow();
    }

    private static int[] differences(Picture one, Picture other) {
        assertThat(one.size()).isEqualTo(other.size());
        assertThat(one.hasAlpha()).isEqualTo(other.hasAlpha());
        ByteBuffer a = one.asByteBuffer();
        ByteBuffer b = other.asByteBuffer();
        int[] differences = new int[a.remaining()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = Math.abs(Byte.toUnsignedInt(a.get(i)) - Byte.toUnsignedInt(b.get(i)));
        }
        return differences;
    }
}
