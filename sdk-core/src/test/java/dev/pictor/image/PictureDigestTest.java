package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PictureDigestTest {

    private static Picture picture(String size, boolean alpha, String hex) {
        return Picture.of(PixelSize.parse(size), alpha, HexFormat.of().parseHex(hex));
    }

    @Test
    void isThatOfSizeAndSamples() {
        Picture picture = picture("2x1", false, "0102030405ff");

        assertThat(picture.digest())
                .isEqualTo(Sha256.of(HexFormat.of().parseHex("00000002" + "00000001" + "03" + "0102030405ff")));
    }

    @Test
    void takesAlphaInWhereSomethingShowsThrough() {
        Picture picture = picture("1x2", true, "01020380" + "040506ff");

        assertThat(picture.digest())
                .isEqualTo(
                        Sha256.of(HexFormat.of().parseHex("00000001" + "00000002" + "04" + "01020380" + "040506ff")));
    }

    @Test
    void isTheSameWithOpaqueAlphaAndWithout() {
        assertThat(picture("2x2", true, "010203ff040506ff070809ff0a0b0cff").digest())
                .isEqualTo(picture("2x2", false, "0102030405060708090a0b0c").digest());
    }

    @Test
    void doesNotDependOnColorsThatNobodySees() {
        assertThat(picture("2x1", true, "01020300" + "040506ff").digest())
                .isEqualTo(picture("2x1", true, "ffffff00" + "040506ff").digest())
                .isNotEqualTo(picture("2x1", true, "ffffff01" + "040506ff").digest());
    }

    @Test
    void tellsSizesOfTheSameSamplesApart() {
        String samples = "000000000000";

        assertThat(picture("2x1", false, samples).digest())
                .isNotEqualTo(picture("1x2", false, samples).digest());
    }

    @Test
    void leavesThePictureAsItWas() {
        Picture picture = picture("2x1", true, "01020300" + "040506ff");

        assertThat(picture.digest()).isEqualTo(picture.digest());
        assertThat(picture.color(0, 0).packed()).isEqualTo(0x010203);
    }
}
