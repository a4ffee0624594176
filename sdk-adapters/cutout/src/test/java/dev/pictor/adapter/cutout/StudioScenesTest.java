package dev.pictor.adapter.cutout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.testkit.TestCallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Measures the studio remover on drawn photos whose every alpha is known. The figures are published as report entries. */
class StudioScenesTest {

    private static BackgroundRemovalResult remove(Scene scene) throws InterruptedException {
        return remove(scene, scene.options);
    }

    private static BackgroundRemovalResult remove(Scene scene, Map<String, Object> options)
            throws InterruptedException {
        ImageBytes image = scene.image();
        try (TestCallContext call = TestCallContext.unbounded()) {
            return StudioBackgroundRemover.create()
                    .remove(
                            BackgroundRemovalRequest.builder(image)
                                    .options(options)
                                    .build(),
                            call);
        }
    }

    private static Picture cut(Scene scene) throws InterruptedException {
        return Imaging.ofDefaults().decode(remove(scene).image()).picture();
    }

    static Stream<Scene> clean() {
        return StudioScenes.clean().stream();
    }

    static Stream<Scene> hard() {
        return StudioScenes.hard().stream();
    }

    static Stream<Scene> faint() {
        return StudioScenes.faint().stream();
    }

    static Stream<Scene> busy() {
        return BusyScenes.all().stream();
    }

    @ParameterizedTest
    @MethodSource
    void clean(Scene scene, TestReporter reporter) throws InterruptedException {
        Scene.Fit fit = scene.compare(cut(scene));

        publish(reporter, scene, fit);
        assertThat(fit.overlap()).as("share of the union that both have").isGreaterThanOrEqualTo(0.99);
        assertThat(fit.alphaError()).as("mean error of alpha").isLessThan(0.004);
    }

    @ParameterizedTest
    @MethodSource
    void hard(Scene scene, TestReporter reporter) throws InterruptedException {
        Scene.Fit fit = scene.compare(cut(scene));

        publish(reporter, scene, fit);
        assertThat(fit.overlap()).isGreaterThanOrEqualTo(0.95);
        assertThat(fit.alphaError()).isLessThan(0.004);
    }

    private static void publish(TestReporter reporter, Scene scene, Scene.Fit fit) {
        reporter.publishEntry(
                scene.name,
                String.format(
                        Locale.ROOT,
                        "overlap %.4f, alpha error %.5f, at edges %.3f, colour error at edges %.1f",
                        fit.overlap(),
                        fit.alphaError(),
                        fit.edgeError(),
                        fit.colorError()));
    }

    @Test
    void edgesAreSoftAndFreeOfTheBackground() throws InterruptedException {
        for (Scene scene : StudioScenes.clean()) {
            if (scene.name.startsWith("red ball")
                    || scene.name.startsWith("soft edge")
                    || scene.name.startsWith("green screen")) {
                Scene.Fit fit = scene.compare(cut(scene));

                assertThat(fit.edgeError()).as(scene.name).isLessThan(0.01);
                assertThat(fit.colorError()).as(scene.name).isLessThan(1.5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void faint(Scene scene) {
        assertRefused(catchThrowable(() -> remove(scene)), scene);
    }

    @Test
    void busy(TestReporter reporter) {
        List<String> accepted = new ArrayList<>();
        List<Scene> scenes = BusyScenes.all();
        for (Scene scene : scenes) {
            Throwable thrown = catchThrowable(() -> remove(scene));
            if (thrown == null) {
                accepted.add(scene.name);
            } else {
                assertRefused(thrown, scene);
                reporter.publishEntry(scene.name, String.valueOf(thrown.getMessage()));
            }
        }
        assertThat(scenes).hasSizeGreaterThanOrEqualTo(30);
        assertThat(accepted).as("busy scenes that were cut out").isEmpty();
    }

    /** What looks after a picture whose border is half even is not the share of the border alone. */
    @Test
    void busyScenesAreRefusedEvenWhereHalfABorderIsEnough() {
        for (Scene scene : BusyScenes.all()) {
            assertRefused(catchThrowable(() -> remove(scene, Map.of("min_even", 0.5))), scene);
        }
    }

    private static void assertRefused(Throwable thrown, Scene scene) {
        assertThat(thrown).as(scene.name).isInstanceOfSatisfying(ModelException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.INVALID_REQUEST);
            assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(failure.getMessage()).startsWith("studio-1 refuses: ").containsPattern("[0-9]");
        });
    }

    /** Glass comes out as it is seen, with the background in it. */
    @Test
    void glassStaysWhole() throws InterruptedException {
        Scene scene = StudioScenes.glass();
        Picture cut = cut(scene);
        Picture drawn = scene.draw();

        assertThat(cut.alpha(240, 180)).isEqualTo(255);
        assertThat(cut.color(240, 180)).isEqualTo(drawn.color(240, 180));
        assertThat(cut.alpha(100, 180)).isZero();
    }

    @Test
    void aKeptShadowDarkensAnyBackgroundAsMuch() throws InterruptedException {
        Scene scene = StudioScenes.shadowed();
        Picture cut = cut(scene);

        double error = 0;
        int count = 0;
        for (int y = 0; y < scene.height; y++) {
            for (int x = 0; x < scene.width; x++) {
                double wanted = scene.alpha(x, y) + (1 - scene.alpha(x, y)) * scene.shadowAlpha(x, y);
                error += Math.abs(wanted - cut.alpha(x, y) / 255.0);
                count++;
            }
        }
        assertThat(error / count).isLessThan(0.005);
        assertThat(cut.alpha(240, 272) / 255.0).isBetween(0.31, 0.36);
        assertThat(cut.color(240, 272).red()).isZero();
    }

    /** What is taken out of the edges is put back by the background. */
    @Test
    void overItsOwnBackgroundACutOutLooksAsThePicture() throws InterruptedException {
        Scene scene = StudioScenes.clean().get(0);
        Picture drawn = scene.draw();
        Picture over = cut(scene).over(drawn.color(0, 0));

        int most = 0;
        for (int y = 0; y < scene.height; y++) {
            for (int x = 0; x < scene.width; x++) {
                most = Math.max(
                        most,
                        Math.abs(over.color(x, y).green() - drawn.color(x, y).green()));
            }
        }
        assertThat(most).isLessThanOrEqualTo(8);
    }
}
