package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureRowsTest {

    private static final Map<Orientation, Orientation> BACK = Map.of(
            Orientation.TURN_RIGHT, Orientation.TURN_LEFT,
            Orientation.TURN_LEFT, Orientation.TURN_RIGHT);

    /** Upright is always an F of two columns and three rows: {@code ab/cd/ef}. */
    @ParameterizedTest
    @CsvSource({
        "UPRIGHT, ab/cd/ef",
        "MIRRORED, ba/dc/fe",
        "UPSIDE_DOWN, fe/dc/ba",
        "FLIPPED, ef/cd/ab",
        "TRANSPOSED, ace/bdf",
        "TURN_RIGHT, bdf/ace",
        "TRANSVERSED, fdb/eca",
        "TURN_LEFT, eca/fdb"
    })
    void turnsEachOrientationUpright(Orientation orientation, String stored) {
        assertThat(PictureRows.turned(drawn(stored, false), orientation)).isEqualTo(drawn("ab/cd/ef", false));
        assertThat(PictureRows.turned(drawn(stored, true), orientation)).isEqualTo(drawn("ab/cd/ef", true));
    }

    @ParameterizedTest
    @EnumSource
    void comesBackWhenTurnedBack(Orientation orientation) {
        Picture picture = DrawnPictures.noise(101, 67, orientation.mirrorsRows(), orientation.exif());
        Picture turned = PictureRows.turned(picture, orientation);
        assertThat(PictureRows.turned(turned, BACK.getOrDefault(orientation, orientation)))
                .isEqualTo(picture);
        assertThat(turned.size()).isEqualTo(orientation.upright(picture.size()));
    }

    @Test
    void keepsAnUprightPictureAsItIs() {
        Picture picture = DrawnPictures.noise(5, 7, false, 1);
        assertThat(PictureRows.turned(picture, Orientation.UPRIGHT)).isSameAs(picture);
    }

    private static Picture drawn(String letters, boolean alpha) {
        String[] rows = letters.split("/");
        int channels = alpha ? 4 : 3;
        byte[] samples = new byte[rows.length * rows[0].length() * channels];
        String flat = String.join("", rows);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (flat.charAt(i / channels) * 4 + i % channels);
        }
        return Picture.wrap(new PixelSize(rows[0].length(), rows.length), alpha, samples);
    }
}
