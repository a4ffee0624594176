package dev.pictor.image.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.image.color.RgbColor;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Noise, the worst of pictures for shares, takes time that goes with its pixels, and can be stopped. */
class ColorSharesNoiseTest {

    private static final int SIDE = 512;

    private static final List<RgbColor> COLORS = colors();

    private static List<RgbColor> colors() {
        Random random = new Random(1);
        return Stream.generate(() -> RgbColor.ofPacked(random.nextInt()))
                .distinct()
                .limit(ColorShares.MAX_COLORS)
                .toList();
    }

    /** Noise in which a part of the pixels has one of the colours. */
    private static Picture noise(double part) {
        Random random = new Random(2);
        byte[] samples = new byte[SIDE * SIDE * 3];
        random.nextBytes(samples);
        for (int at = 0; at < samples.length; at += 3) {
            if (random.nextDouble() < part) {
                RgbColor color = COLORS.get(random.nextInt(COLORS.size()));
                samples[at] = (byte) color.red();
                samples[at + 1] = (byte) color.green();
                samples[at + 2] = (byte) color.blue();
            }
        }
        return Picture.wrap(new PixelSize(SIDE, SIDE), false, samples);
    }

    /** A quarter of a megapixel; the measured time is at most a fifth of the bound. */
    @ParameterizedTest(name = "{0} of the pixels, tolerance {1}")
    @CsvSource({"0, 20", "0.5, 5"})
    void takesNoMoreThanItsPixels(double part, double tolerance) {
        Picture picture = noise(part);
        long started = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        ColorShares shares = ColorShares.of(picture, COLORS, tolerance);

        long millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - started) / 1_000_000;
        assertThat(millis).isLessThan(3_300);
        double sum = shares.other()
                + shares.shares().stream().mapToDouble(Swatch::share).sum();
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @Test
    void givesTheSameEachTime() {
        Picture picture = noise(0.5);

        assertThat(ColorShares.of(picture, COLORS)).isEqualTo(ColorShares.of(picture, COLORS));
    }

    @Test
    void stopsOnAnInterruptedThreadAndLeavesTheFlag() {
        Picture picture = noise(0.5);
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> ColorShares.of(picture, COLORS))
                    .withMessage("interrupted while a picture was measured");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void stopsAtEdgesToo() {
        AreaCount count = new AreaCount(noise(0.5), COLORS, 5);
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(CancellationException.class).isThrownBy(count::areas);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }
}
