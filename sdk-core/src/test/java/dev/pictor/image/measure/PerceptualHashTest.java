package dev.pictor.image.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerceptualHashTest {

    private static Picture ramp(boolean across) {
        byte[] samples = new byte[32 * 32 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (255 - 8 * (across ? i / 3 % 32 : i / 3 / 32));
        }
        return Picture.wrap(new PixelSize(32, 32), false, samples);
    }

    @Test
    void isReadFromItsText() {
        PerceptualHash hash = new PerceptualHash(0x8000_0000_0000_00FFL);

        assertThat(hash).hasToString("80000000000000ff");
        assertThat(PerceptualHash.parse("80000000000000ff")).isEqualTo(hash);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PerceptualHash.parse("80000000000000FF"))
                .withMessage("perceptual hash must be 16 lower-case hexadecimal characters, was \"80000000000000FF\"");
    }

    @ParameterizedTest(name = "{0} bits: {1}")
    @CsvSource({"0, SAME", "6, SAME", "7, SIMILAR", "12, SIMILAR", "13, DIFFERENT", "64, DIFFERENT"})
    void tellsLikenessByTheBitsThatDiffer(int bits, PerceptualHash.Likeness likeness) {
        PerceptualHash one = new PerceptualHash(0x0123_4567_89AB_CDEFL);
        PerceptualHash other = new PerceptualHash(one.bits() ^ (bits == 64 ? -1L : (1L << bits) - 1));

        assertThat(one.distance(other)).isEqualTo(bits);
        assertThat(one.likeness(other)).isEqualTo(likeness);
        assertThat(other.likeness(one)).isEqualTo(likeness);
    }

    @Test
    void ofARampHasItsOddFrequencies() {
        // A ramp from bright to dark has positive cosines at odd frequencies, none at even ones, and the mean.
        assertThat(PerceptualHash.of(ramp(true))).hasToString("d500000000000000");
        assertThat(PerceptualHash.of(ramp(false))).hasToString("8080008000800080");
    }

    @Test
    void ofAPictureWithAlphaIsThatOnWhite() {
        Picture ramp = ramp(true);
        byte[] samples = new byte[32 * 32 * 4];
        byte[] onWhite = Scenery.samples(ramp);
        for (int i = 0; i < 32 * 32; i++) {
            boolean hidden = i % 32 < 10 && i / 32 < 20;
            for (int c = 0; c < 3; c++) {
                samples[i * 4 + c] = hidden ? 77 : onWhite[i * 3 + c];
                onWhite[i * 3 + c] = hidden ? -1 : onWhite[i * 3 + c];
            }
            samples[i * 4 + 3] = (byte) (hidden ? 0 : -1);
        }

        assertThat(PerceptualHash.of(Picture.wrap(new PixelSize(32, 32), true, samples)))
                .isEqualTo(PerceptualHash.of(Picture.wrap(new PixelSize(32, 32), false, onWhite)));
    }
}
