package dev.pictor.benchmarks;

import dev.pictor.image.Picture;
import dev.pictor.image.color.RgbColor;
import dev.pictor.image.measure.ColorShares;
import dev.pictor.image.measure.Palette;
import dev.pictor.image.measure.PerceptualHash;
import dev.pictor.image.measure.PictureStructure;
import java.util.List;
import java.util.Locale;

/** Times what is measured of a decoded picture of 2048x1536: likeness, colours, structure and digest, jobs in turns. */
public final class PictureMeasures {

    private static final int WARM_UPS = 20;
    private static final int TURNS = 21;

    /** As many roles as a brand has. */
    private static final List<RgbColor> COLORS = List.of(
            RgbColor.parse("#FFFFFF"), RgbColor.parse("#4A78C8"), RgbColor.parse("#6B7A3A"), RgbColor.parse("#C04A78"));

    private PictureMeasures() {}

    /**
     * Prints the figures.
     *
     * @param args none
     * @throws Exception if anything fails
     */
    public static void main(String[] args) throws Exception {
        Picture photo = TestPictures.photo(2048, 1536);
        List<String> names =
                List.of("PerceptualHash", "Palette of 6", "ColorShares of 4", "PictureStructure", "Picture.digest");
        List<Times> times = Times.ofTurns(
                WARM_UPS,
                TURNS,
                List.of(
                        () -> PerceptualHash.of(photo),
                        () -> Palette.of(photo, 6),
                        () -> ColorShares.of(photo, COLORS),
                        () -> PictureStructure.of(photo),
                        photo::digest));
        for (int i = 0; i < names.size(); i++) {
            Times time = times.get(i);
            System.out.println(String.format(
                    Locale.ROOT,
                    "measures    2048x1536 px: %-16s min %.1f ms, median %.1f ms, cpu %.1f ms, allocated %.1f MB",
                    names.get(i),
                    time.min(),
                    time.median(),
                    time.cpu(),
                    time.allocatedMegabytes()));
        }
    }
}
