package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSizeTest {

    private final List<Integer> tried = new ArrayList<>();

    private int bytesKeptTo(Encoding encoding, IntUnaryOperator bytesAtQuality) {
        return TargetSize.keptTo(encoding, quality -> {
                    tried.add(quality);
                    return new byte[bytesAtQuality.applyAsInt(quality)];
                })
                .length;
    }

    private static Encoding jpeg(int quality, int minQuality, int maxBytes) {
        return Encoding.jpeg(quality).toBuilder()
                .minQuality(minQuality)
                .maxBytes(maxBytes)
                .build();
    }

    static IntStream qualities() {
        return IntStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "quality {0}")
    @MethodSource("qualities")
    void findsTheLargestQualityThatFitsInAtMostEightEncodings(int largest) {
        int bytes = bytesKeptTo(jpeg(100, 1, largest * 1_000 + 999), quality -> quality * 1_000);

        assertThat(bytes).isEqualTo(largest * 1_000);
        assertThat(tried).hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "quality {0}")
    @ValueSource(ints = {30, 31, 57, 83, 84, 85})
    void takesSevenEncodingsAtMostInTheDefaultRange(int largest) {
        assertThat(bytesKeptTo(jpeg(85, 30, largest), quality -> quality)).isEqualTo(largest);
        assertThat(tried).hasSizeLessThanOrEqualTo(7).allMatch(quality -> quality >= 30 && quality <= 85);
    }

    @Test
    void encodesOnceWhereTheQualityAskedForFits() {
        assertThat(bytesKeptTo(jpeg(85, 30, 85), quality -> quality)).isEqualTo(85);
        assertThat(bytesKeptTo(Encoding.jpeg(85), quality -> 1_000_000)).isEqualTo(1_000_000);
        assertThat(tried).containsExactly(85, 85);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void returnsOnlyWhatFitsFromEncodersThatAreNotMonotone(int seed) {
        IntUnaryOperator jumpy = quality -> 1 + (quality * 7919 + seed * 104_729) % 1_000;
        try {
            assertThat(bytesKeptTo(jpeg(90, 10, 400), jumpy)).isLessThanOrEqualTo(400);
        } catch (TargetSizeException e) {
            assertThat(tried)
                    .allMatch(quality -> jumpy.applyAsInt(quality) > 400)
                    .contains(10);
        }
    }

    @Test
    void namesSizeLimitAndQualityWhereNoQualityFits() {
        TargetSizeException failure = catchThrowableOfType(
                TargetSizeException.class, () -> bytesKeptTo(jpeg(85, 30, 2_999), quality -> quality * 100));

        assertThat(failure)
                .hasMessage("the JPEG has 3000 bytes at the lowest quality allowed, 30;"
                        + " the target is 2999: make the picture smaller");
        assertThat(failure.byteCount()).isEqualTo(3_000);
        assertThat(failure.maxBytes()).isEqualTo(2_999);
        assertThat(failure.quality()).hasValue(30);
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void neverGoesAboveTheQualityAskedForWhenTheLowestIsHigher() {
        assertThatExceptionOfType(TargetSizeException.class)
                .isThrownBy(() -> bytesKeptTo(jpeg(20, 30, 10), quality -> quality))
                .withMessageContaining("20 bytes at the lowest quality allowed, 20;");
        assertThat(tried).containsExactly(20);
    }

    @Test
    void triesFormatsWithoutQualityOnce() {
        Encoding png = Encoding.png().toBuilder().maxBytes(10).build();
        Encoding lossless =
                Encoding.webp(80).toBuilder().isLossless(true).maxBytes(10).build();

        assertThatExceptionOfType(TargetSizeException.class)
                .isThrownBy(() -> bytesKeptTo(png, quality -> 11))
                .withMessage("the PNG has 11 bytes and no quality; the target is 10: make the picture smaller")
                .satisfies(failure -> assertThat(failure.quality()).isEmpty());
        assertThatExceptionOfType(TargetSizeException.class).isThrownBy(() -> bytesKeptTo(lossless, quality -> 11));
        assertThat(tried).hasSize(2);
    }
}
