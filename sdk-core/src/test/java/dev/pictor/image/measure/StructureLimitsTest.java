package dev.pictor.image.measure;

import static dev.pictor.image.measure.PictureStructureTest.flat;
import static dev.pictor.image.measure.PictureStructureTest.painted;
import static dev.pictor.image.measure.PictureStructureTest.withAlpha;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageWarning;
import dev.pictor.image.PixelSize;
import dev.pictor.image.color.RgbColor;
import dev.pictor.image.measure.StructureFinding.Kind;
import dev.pictor.image.measure.StructureFinding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureLimitsTest {

    private final StructureLimits limits = StructureLimits.ofDefaults();

    /** Measurements that keep to every limit. */
    private static PictureStructureBuilder sound() {
        return PictureStructure.builder(new PixelSize(640, 480))
                .lumaRange(200)
                .uniformShare(0.3)
                .sharpness(500)
                .noise(2)
                .visibleBox(new PixelBox(0, 0, 640, 480));
    }

    private List<Kind> kinds(PictureStructure structure) {
        return limits.judge(structure).stream().map(StructureFinding::kind).toList();
    }

    @Test
    void findNothingInASoundPicture() {
        assertThat(limits.judge(sound().build())).isEmpty();
        assertThat(limits.judge(Scenery.of(1, 320, 240))).isEmpty();
    }

    @Test
    void refuseABlankPictureAndSayItOnce() {
        assertThat(limits.judge(flat(256, 256, RgbColor.WHITE))).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.BLANK);
            assertThat(finding.severity()).isEqualTo(Severity.REFUSE);
            assertThat(finding.measured()).isZero();
            assertThat(finding.limit()).isEqualTo(2);
            assertThat(finding.message()).isEqualTo("the picture is blank: luma ranges over 0 levels, 2 are blank");
        });
    }

    @Test
    void refuseAPictureOfWhichNothingIsVisible() {
        assertThat(limits.judge(withAlpha(128, 128, (x, y) -> x * y)))
                .extracting(StructureFinding::kind, StructureFinding::severity)
                .containsExactly(tuple(Kind.BLANK, Severity.REFUSE), tuple(Kind.TRANSPARENT, Severity.WARN));
    }

    @Test
    void takeAShapeThatIsCutOutForContent() {
        assertThat(limits.judge(withAlpha(128, 128, (x, y) -> x > 30 && y > 40 ? 0xFF000000 : 0)))
                .extracting(StructureFinding::kind)
                .doesNotContain(Kind.BLANK);
    }

    @Test
    void takeColorsOfOneBrightnessForContent() {
        // Both have a luma of 76.
        assertThat(limits.judge(painted(128, 128, (x, y) -> x / 8 % 2 == 0 ? 0xFF0000 : 0x4C4C4C)))
                .extracting(StructureFinding::kind)
                .doesNotContain(Kind.BLANK);
    }

    @Test
    void tellBlurredFromSoft() {
        assertThat(kinds(sound().sharpness(44.9).build())).containsExactly(Kind.BLURRED);
        assertThat(kinds(sound().sharpness(45).build())).containsExactly(Kind.SOFT);
        assertThat(kinds(sound().sharpness(119.9).build())).containsExactly(Kind.SOFT);
        assertThat(kinds(sound().sharpness(120).build())).isEmpty();
    }

    @Test
    void warnOfWhatIsTooMuch() {
        assertThat(kinds(sound().uniformShare(0.995).build())).containsExactly(Kind.NEAR_UNIFORM);
        assertThat(kinds(sound().noise(15.1).build())).containsExactly(Kind.NOISY);
        assertThat(kinds(sound().transparentShare(0.9).translucentShare(0.06).build()))
                .containsExactly(Kind.TRANSPARENT);
        assertThat(kinds(sound().topBorder(new Border(100, RgbColor.BLACK))
                        .bottomBorder(new Border(100, RgbColor.BLACK))
                        .build()))
                .containsExactly(Kind.BORDERED);
    }

    @Test
    void refuseWhatIsTooSmall() {
        assertThat(limits.judge(PictureStructure.builder(new PixelSize(63, 400))
                        .from(sound().build())
                        .size(new PixelSize(63, 400))
                        .build()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.REFUSE);
                    assertThat(finding.message()).isEqualTo("the shorter side has 63 px, the least is 64");
                });
    }

    @Test
    void holdTheProportionAgainstTheWantedOne() {
        StructureLimits square =
                StructureLimits.builder().aspect(AspectRatio.SQUARE).build();
        StructureLimits fourToThree =
                StructureLimits.builder().aspect(new AspectRatio(4, 3)).build();

        assertThat(square.judge(sound().build())).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.WRONG_ASPECT);
            assertThat(finding.message())
                    .isEqualTo("the picture is 640x480, which is 0.3333 away from 1:1, the limit is 0.05000");
        });
        assertThat(fourToThree.judge(sound().build())).isEmpty();
    }

    @Test
    void takeInWhatTheDecoderPutUpWith() {
        List<ImageWarning> warnings = List.of(
                new ImageWarning(ImageWarning.Kind.DAMAGED, "a block is broken"),
                new ImageWarning(ImageWarning.Kind.PROFILE_IGNORED, "the profile is broken"),
                new ImageWarning(ImageWarning.Kind.TRUNCATED, "the data end at row 7"));

        assertThat(limits.judge(sound().build(), warnings))
                .extracting(StructureFinding::kind, StructureFinding::severity, StructureFinding::message)
                .containsExactly(
                        tuple(Kind.TRUNCATED, Severity.REFUSE, "the data end at row 7"),
                        tuple(Kind.DAMAGED, Severity.WARN, "a block is broken"));
    }

    @Test
    void refuseWhatTheyAreToldToRefuse() {
        StructureLimits strict = limits.toBuilder().refused(List.of(Kind.SOFT)).build();

        assertThat(strict.judge(sound().sharpness(100).build()))
                .extracting(StructureFinding::severity)
                .containsExactly(Severity.REFUSE);
        assertThat(strict.judge(flat(100, 100, RgbColor.BLACK)))
                .extracting(StructureFinding::severity)
                .containsExactly(Severity.WARN);
    }

    @Test
    void areCheckedWhenTheyAreBuilt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StructureLimits.builder().maxUniformShare(1.5).build())
                .withMessage("maxUniformShare must be 0 to 1, was 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StructureLimits.builder().minSharpness(-1).build())
                .withMessage("minSharpness must be at least 0, was -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StructureLimits.builder().minSidePx(0).build())
                .withMessage("minSidePx must be at least 1, was 0");
    }
}
