package dev.pictor.image.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.Picture;
import dev.pictor.image.color.RgbColor;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shares are those that were drawn, edges included, and add up to one. */
class ColorSharesProperties {

    private static final List<List<RgbColor>> SETS = List.of(
            colors("#FFFFFF", "#0057B8", "#FF6600"),
            colors("#FFFFFF", "#000000", "#808080", "#FFC300"),
            colors("#F4EFE6", "#12372A", "#436850", "#ADBC9F", "#D64545"),
            colors("#FFFFFF", "#BFD5ED", "#0057B8"));

    private static List<RgbColor> colors(String... texts) {
        return Stream.of(texts).map(RgbColor::parse).toList();
    }

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    static LongStream manySeeds() {
        return LongStream.range(0, 100);
    }

    /** 0.4 points is what is promised, at full resolution; these pictures are small, so edges are a larger part of them. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void areWithinATenthOfAPointOfWhatWasDrawn(long seed) {
        Drawing drawing = new Drawing(200, 150, SETS.get((int) (seed % SETS.size()))).scatter(new Random(seed), 8);

        assertShares(drawing, 0.001, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void areWithinFourTenthsOfAPointWhereLightWasMixed(long seed) {
        Drawing drawing = new Drawing(200, 150, SETS.get((int) (seed % SETS.size())))
                .inLight()
                .scatter(new Random(seed), 8);

        assertShares(drawing, 0.004, seed);
    }

    private static void assertShares(Drawing drawing, double tolerance, long seed) {
        ColorShares shares = ColorShares.of(drawing.paint(), drawing.colors());
        for (int i = 0; i < drawing.colors().size(); i++) {
            assertThat(shares.shares().get(i).share())
                    .as("seed %s, %s", seed, drawing.colors().get(i))
                    .isCloseTo(drawing.share(i), within(tolerance));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("manySeeds")
    void addUpToOneInAnyPicture(long seed) {
        Random random = new Random(seed);
        Picture picture = RandomPictures.any(random);
        List<RgbColor> colors = Stream.generate(() -> RgbColor.ofPacked(random.nextInt()))
                .distinct()
                .limit(1 + random.nextInt(ColorShares.MAX_COLORS))
                .toList();

        ColorShares shares = ColorShares.of(picture, colors, 1 + random.nextInt(40));

        double sum = shares.other()
                + shares.shares().stream().mapToDouble(Swatch::share).sum();
        assertThat(sum).as("seed %s, %s", seed, picture).isCloseTo(1, within(1e-9));
        assertThat(ColorShares.of(picture, colors, 100).other())
                .as("seed %s", seed)
                .isBetween(0.0, 1.0);
    }
}
