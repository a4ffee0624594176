package dev.pictor.adapter.cutout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.image.Encoding;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageFormat;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.OptionWarning;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudioBackgroundRemoverTest {

    private static final StudioBackgroundRemover REMOVER = StudioBackgroundRemover.create();

    private static Scene ball() {
        return new Scene("ball", 200, 140).product(Scene.circle(80, 70, 40), Scene.flat(180, 40, 30));
    }

    private static BackgroundRemovalResult remove(ImageBytes image, Map<String, Object> options)
            throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            return REMOVER.remove(
                    BackgroundRemovalRequest.builder(image).options(options).build(), call);
        }
    }

    private static ModelException refusal(ImageBytes image, Map<String, Object> options) {
        ModelException failure = catchThrowableOfType(ModelException.class, () -> remove(image, options));
        assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
        return failure;
    }

    private static Picture decoded(BackgroundRemovalResult result) {
        return Imaging.ofDefaults().decode(result.image()).picture();
    }

    @Test
    void givesAPngOfTheSameSizeAndTheSameBytesEachTime() throws InterruptedException {
        ImageBytes image = ball().noise(3).image();

        BackgroundRemovalResult first = remove(image, Map.of());

        assertThat(first.image().format()).isEqualTo(ImageFormat.PNG);
        assertThat(first.image().size()).isEqualTo(new PixelSize(200, 140));
        assertThat(first.servedBy()).isEqualTo("studio-1");
        assertThat(first.usage().images()).isEqualTo(1);
        assertThat(remove(image, Map.of()).image()).isEqualTo(first.image());
    }

    @Test
    void turnsThePictureUpright() throws InterruptedException {
        ImageBytes lying = Samples.turned(ball().jpeg(95).image(), 6);

        Picture cut = decoded(remove(lying, Map.of()));

        assertThat(cut.size()).isEqualTo(new PixelSize(140, 200));
        assertThat(cut.alpha(70, 80)).isEqualTo(255); // the ball, a quarter turn further
        assertThat(cut.alpha(70, 160)).isZero();
    }

    @Test
    void returnsAPictureThatIsCutOutAlreadyAsItIs() throws InterruptedException {
        ImageBytes cutOut = Samples.cutOut(new PixelSize(60, 40));

        BackgroundRemovalResult result = remove(cutOut, Map.of());

        assertThat(result.image()).isEqualTo(cutOut);
        assertThat(result.warnings())
                .containsExactly(new OptionWarning("image", "has transparency already, and is as it was"));
    }

    @Test
    void cutsOutAPictureWhoseAlphaIsOpaque() throws InterruptedException {
        Picture drawn = ball().draw();
        byte[] samples = new byte[4 * 200 * 140];
        for (int pixel = 0; pixel < 200 * 140; pixel++) {
            drawn.asByteBuffer().get(3 * pixel, samples, 4 * pixel, 3);
            samples[4 * pixel + 3] = (byte) 255;
        }
        ImageBytes image = Imaging.ofDefaults().encode(Picture.wrap(drawn.size(), true, samples), Encoding.png());

        BackgroundRemovalResult result = remove(image, Map.of());

        assertThat(result.warnings()).isEmpty();
        assertThat(decoded(result)).isEqualTo(decoded(remove(ball().image(), Map.of())));
    }

    @Test
    void leavesWhatLooksLikeBackgroundInsideAndTellsOfIt() throws InterruptedException {
        ImageBytes ring = new Scene("ring", 240, 200)
                .product(Scene.ring(120, 100, 60, 14), Scene.flat(20, 60, 120))
                .image();

        BackgroundRemovalResult kept = remove(ring, Map.of());
        BackgroundRemovalResult cut = remove(ring, Map.of("holes", "cut"));

        assertThat(decoded(kept).alpha(120, 100)).isEqualTo(255);
        assertThat(kept.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.option()).isEqualTo("holes");
            assertThat(warning.message())
                    .startsWith("1 areas inside of the product look like the background, 13.")
                    .endsWith("; they stay, unless holes is cut");
        });
        assertThat(decoded(cut).alpha(120, 100)).isZero();
        assertThat(cut.warnings()).isEmpty();
        assertThat(decoded(remove(ring, Map.of("holes", "cut", "hole_area", 0.2)))
                        .alpha(120, 100))
                .isEqualTo(255);
    }

    @Test
    void takesSpecksForDust() throws InterruptedException {
        Scene dusty = new Scene("dust", 300, 240)
                .product(
                        Scene.union(Scene.circle(150, 120, 60), Scene.circle(30, 30, 2), Scene.circle(260, 200, 8)),
                        Scene.flat(30, 30, 30));

        Picture cut = decoded(remove(dusty.image(), Map.of()));

        assertThat(cut.alpha(30, 30)).isZero();
        assertThat(cut.alpha(260, 200)).isEqualTo(255);
        assertThat(decoded(remove(dusty.image(), Map.of("speck_area", 0.01))).alpha(260, 200))
                .isZero();
    }

    @Test
    void letsAProductTouchAPartOfTheBorder() throws InterruptedException {
        ImageBytes wide = new Scene("wide", 240, 180)
                .product(Scene.box(40, 60, 200, 400, 2), Scene.flat(60, 90, 30))
                .image();

        assertThat(remove(wide, Map.of("max_touch", 0.25)).warnings()).isEmpty();
        assertThat(refusal(wide, Map.of("max_touch", 0.1)))
                .hasMessage("studio-1 refuses: the product touches 19 % of the border, 10 % are the most");
    }

    @Test
    void refusesWhereThereIsNothingOrNothingElse() {
        assertThat(refusal(new Scene("empty", 120, 90).image(), Map.of()))
                .hasMessage("studio-1 refuses: nothing stands out of the background: 0.000 % of the picture");
        assertThat(refusal(
                        new Scene("full", 2100, 2100)
                                .product(Scene.box(21, 21, 2079, 2079, 0), Scene.flat(0, 0, 90))
                                .image(),
                        Map.of()))
                .hasMessage("studio-1 refuses: hardly anything is background: 4.0 % of the picture");
        assertThat(refusal(
                        new Scene("framed", 200, 150)
                                .product(Scene.box(2, 2, 198, 148, 0), Scene.flat(0, 0, 90))
                                .image(),
                        Map.of()))
                .hasMessageStartingWith("studio-1 refuses: the background is too uneven: ");
        assertThat(refusal(new Scene("small", 31, 90).image(), Map.of()))
                .hasMessage("studio-1 refuses: the picture is 31x90, 32 pixels a side are needed");
    }

    @Test
    void warnsWhereAnOutlineIsFaintInPlaces() throws InterruptedException {
        ImageBytes half = new Scene("half", 300, 220)
                .background(Scene.flat(240, 240, 240))
                .product(
                        Scene.box(60, 50, 240, 170, 4),
                        (x, y) -> y > 110 && x > 185 ? new double[] {222, 222, 222} : new double[] {60, 60, 60})
                .image();

        assertThat(remove(half, Map.of("tolerance", 0.035)).warnings())
                .extracting(OptionWarning::option)
                .contains("outline");
    }

    @ParameterizedTest
    @CsvSource({
        "shadow, blur, 'option shadow must be remove or keep, was something else'",
        "holes, true, 'option holes must be keep or cut, was something else'",
    })
    void refusesWordsThatItDoesNotKnow(String option, String value, String message) {
        assertThat(refusal(ball().image(), Map.of(option, value))).hasMessage("studio-1 refuses: " + message);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThat(refusal(ball().image(), Map.of("tolerance", 0.5)))
                .hasMessage("studio-1 refuses: option tolerance must be 0.01 to 0.1, was 0.5");
        assertThat(refusal(ball().image(), Map.of("max_touch", Double.NaN)))
                .hasMessageContaining("option max_touch must be 0.0 to 0.5");
    }

    @Test
    void warnsOfOptionsThatThereAreNot() throws InterruptedException {
        BackgroundRemovalRequest request = BackgroundRemovalRequest.builder(ball().image())
                .options(Map.of("size", "full", "shadow", "remove"))
                .build();

        assertThat(REMOVER.unsupported(request))
                .containsExactly(new OptionWarning("size", "ignored: the studio remover has no such option"));
        assertThat(remove(request.image(), request.options()).warnings()).isEqualTo(REMOVER.unsupported(request));
    }

    @Test
    void refusesWhatCannotBeRead() {
        assertThat(refusal(Samples.withoutPixels(ball().jpeg(90).image()), Map.of()))
                .hasMessageStartingWith("studio-1 refuses: the picture cannot be read: ");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        ImageBytes image = ball().image();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> remove(image, Map.of())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void endsInTheMiddleWhenItsThreadIsInterrupted() throws InterruptedException {
        Scene large = new Scene("large", 1200, 900).product(Scene.circle(600, 450, 300), Scene.flat(20, 20, 90));
        ImageBytes image = large.image();
        Thread caller = Thread.currentThread();
        // the third look at the call is within the picture's rows
        try (TestCallContext real = TestCallContext.unbounded()) {
            assertThatThrownBy(() -> REMOVER.remove(
                            BackgroundRemovalRequest.builder(image).build(),
                            new CountedCall(real, 40, caller::interrupt)))
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void endsWhenItsCallIsCancelledOrLate() throws InterruptedException {
        BackgroundRemovalRequest request =
                BackgroundRemovalRequest.builder(ball().image()).build();
        try (TestCallContext cancelled = TestCallContext.unbounded()) {
            cancelled.cancel();
            assertThat(catchThrowableOfType(ModelException.class, () -> REMOVER.remove(request, cancelled))
                            .reason())
                    .isEqualTo(Reason.CANCELLED);
        }
        try (TestCallContext late = TestCallContext.within(Duration.ZERO, new Thread())) {
            assertThat(catchThrowableOfType(ModelException.class, () -> REMOVER.remove(request, late))
                            .reason())
                    .isEqualTo(Reason.TIMED_OUT);
        }
    }
}
