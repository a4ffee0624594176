package dev.pictor.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pictor.image.Resize.Fit;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every picture and every box. */
class ResizePlanProperties {

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void staysInsideTheBox(long seed) {
        Case drawn = Case.drawn(seed);
        PixelSize target = drawn.plan().target();
        PixelSize box = drawn.resize.box();
        assertThat(target.width()).as("%s", drawn).isBetween(1, box.width());
        assertThat(target.height()).as("%s", drawn).isBetween(1, box.height());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void touchesTheBoxIfAskedToEnlarge(long seed) {
        Case drawn = Case.drawn(seed).with(true);
        PixelSize target = drawn.plan().target();
        PixelSize box = drawn.resize.box();
        if (drawn.resize.fit() == Fit.FIT) {
            assertThat(target.width() == box.width() || target.height() == box.height())
                    .as("%s", drawn)
                    .isTrue();
        } else {
            assertThat(target).as("%s", drawn).isEqualTo(box);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void enlargesNothingUnlessAsked(long seed) {
        Case drawn = Case.drawn(seed).with(false);
        ResizePlan plan = drawn.plan();
        assertThat((double) plan.target().width())
                .as("%s", drawn)
                .isLessThanOrEqualTo(plan.window().width());
        assertThat((double) plan.target().height())
                .as("%s", drawn)
                .isLessThanOrEqualTo(plan.window().height());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsProportionsWithinRoundingUnlessExact(long seed) {
        Case drawn = Case.drawn(seed);
        if (drawn.resize.fit() == Fit.EXACT) {
            drawn = drawn.with(Fit.FIT);
        }
        ResizePlan plan = drawn.plan();
        Range scaleX = Range.of(plan.target().width(), plan.window().width());
        Range scaleY = Range.of(plan.target().height(), plan.window().height());
        assertThat(Math.max(scaleX.from, scaleY.from))
                .as("%s", drawn)
                .isLessThanOrEqualTo(Math.min(scaleX.to, scaleY.to) * (1 + 1e-9));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void cutsToTheProportionsOfTheBoxWithinAPixel(long seed) {
        Case drawn = Case.drawn(seed).with(Fit.FILL);
        ResizePlan.Window window = drawn.plan().window();
        double boxWidth = drawn.resize.box().width();
        double boxHeight = drawn.resize.box().height();
        double tooWide = window.width() - window.height() * boxWidth / boxHeight;
        double tooHigh = window.height() - window.width() * boxHeight / boxWidth;
        assertThat(Math.max(tooWide, tooHigh)).as("%s", drawn).isBetween(-1e-6, 1.0);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsTheMiddle(long seed) {
        Case drawn = Case.drawn(seed);
        ResizePlan plan = drawn.plan();
        ResizePlan.Window window = plan.window();
        double slack = plan.isCopy() ? 0.5 : 1e-6;
        assertThat(window.left()).as("%s", drawn).isNotNegative();
        assertThat(window.top()).as("%s", drawn).isNotNegative();
        assertThat(window.left() + window.width() / 2)
                .as("%s", drawn)
                .isCloseTo(drawn.source.width() / 2.0, within(slack));
        assertThat(window.top() + window.height() / 2)
                .as("%s", drawn)
                .isCloseTo(drawn.source.height() / 2.0, within(slack));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void cutsNothingUnlessFilling(long seed) {
        Case drawn = Case.drawn(seed);
        ResizePlan.Window window = drawn.plan().window();
        boolean cutsOneWay = window.width() == drawn.source.width() || window.height() == drawn.source.height();
        boolean cutsNothing = window.width() == drawn.source.width() && window.height() == drawn.source.height();
        assertThat(drawn.resize.fit() == Fit.FILL ? cutsOneWay : cutsNothing)
                .as("%s", drawn)
                .isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void changesNothingTheSecondTime(long seed) {
        Case drawn = Case.drawn(seed);
        ResizePlan again = ResizePlan.of(drawn.plan().target(), drawn.resize);
        assertThat(again.isIdentity()).as("%s, then %s", drawn, again).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void comesToTheSameUprightSizeForEveryOrientation(long seed) {
        Case drawn = Case.drawn(seed);
        for (Orientation orientation : Orientation.values()) {
            PixelSize stored = orientation.upright(drawn.source);
            ResizePlan plan = ResizePlan.of(stored, orientation, drawn.resize);
            assertThat(plan.source()).isEqualTo(stored);
            assertThat(orientation.upright(plan.target()))
                    .as("%s, %s", orientation, drawn)
                    .isEqualTo(drawn.plan().target());
        }
    }

    /** The scales by which a length comes to a number of pixels, when rounded and raised to one pixel. */
    private record Range(double from, double to) {

        static Range of(int pixels, double length) {
            return new Range(pixels == 1 ? 0 : (pixels - 0.5) / length, (pixels + 0.5) / length);
        }
    }

    private record Case(PixelSize source, Resize resize) {

        static Case drawn(long seed) {
            Random random = new Random(seed);
            Resize resize = Resize.builder(size(random))
                    .fit(List.of(Fit.values()).get(random.nextInt(3)))
                    .isEnlarging(random.nextBoolean())
                    .build();
            return new Case(size(random), resize);
        }

        Case with(boolean enlarging) {
            return new Case(
                    source,
                    Resize.builder(resize.box())
                            .fit(resize.fit())
                            .isEnlarging(enlarging)
                            .build());
        }

        Case with(Fit fit) {
            return new Case(
                    source,
                    Resize.builder(resize.box())
                            .fit(fit)
                            .isEnlarging(resize.isEnlarging())
                            .build());
        }

        ResizePlan plan() {
            return ResizePlan.of(source, resize);
        }

        private static PixelSize size(Random random) {
            return new PixelSize(side(random), side(random));
        }

        /** As often short as long. */
        private static int side(Random random) {
            return 1 + random.nextInt(1 << random.nextInt(1, 15));
        }
    }
}
