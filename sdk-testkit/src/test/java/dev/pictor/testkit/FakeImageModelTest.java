package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.Continuation;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FakeImageModelTest {

    private static final ImageRequest LAMP = ImageRequest.builder("a lamp").build();

    private final FakeImageModel model = FakeImageModel.create();

    @Nested
    class WithAnEmptyScript extends ImageModelAdapterContract {

        @Override
        protected ImageModelAdapter adapter() {
            return model;
        }

        @Override
        protected ImageRequest request() {
            return LAMP;
        }
    }

    @Nested
    class WithANarrowProfile extends ImageModelAdapterContract {

        WithANarrowProfile() {
            model.profile(ModelProfile.builder("narrow", "acme").build());
        }

        @Override
        protected ImageModelAdapter adapter() {
            return model;
        }

        @Override
        protected ImageRequest request() {
            return LAMP;
        }
    }

    @Test
    void playsItsScriptInOrderAndThenDraws() throws InterruptedException {
        ImageBytes red = FakePicture.of(new PixelSize(2, 2), 0xFF0000);
        ImageResult told = ImageResult.builder("other-model", List.of(red)).build();
        IllegalStateException unexpected = new IllegalStateException("boom");
        model.thenReturn(red, red)
                .thenReturn(told)
                .thenFail(Reason.RATE_LIMITED, Billed.REJECTED)
                .thenThrow(unexpected);

        assertThat(draw(LAMP).images()).containsExactly(red, red);
        assertThat(draw(LAMP)).isEqualTo(told);
        assertThat(catchThrowable(() -> draw(LAMP))).isInstanceOfSatisfying(ModelException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.RATE_LIMITED);
            assertThat(failure.billed()).isEqualTo(Billed.REJECTED);
            assertThat(failure.modelId()).isEqualTo("fake-image-model");
            assertThat(failure).hasMessage("fake model fake-image-model was told to fail: rate_limited");
        });
        assertThat(catchThrowable(() -> draw(LAMP))).isSameAs(unexpected);
        assertThat(draw(LAMP).images().get(0).size()).isEqualTo(new PixelSize(64, 64));
        assertThat(model.requests()).hasSize(5).containsOnly(LAMP);
    }

    @Test
    void drawsPicturesThatOtherProgramsRead() throws InterruptedException, IOException {
        ImageRequest request =
                LAMP.toBuilder().size(new PixelSize(1031, 517)).count(2).build();

        ImageResult result = draw(request);

        assertThat(result.images()).doesNotHaveDuplicates();
        BufferedImage read =
                ImageIO.read(new ByteArrayInputStream(result.images().get(0).toByteArray()));
        assertThat(read.getWidth()).isEqualTo(1031);
        assertThat(read.getHeight()).isEqualTo(517);
        assertThat(read.getRGB(1030, 516)).isEqualTo(read.getRGB(0, 0));
        assertThat(result.images().get(0).byteCount()).isLessThan(2000);
        assertThat(draw(request)).isEqualTo(result);
    }

    @Test
    void goesOnFromItsOwnAnswersAlone() throws InterruptedException {
        ImageRequest first = LAMP.toBuilder().continuable(true).build();
        Continuation lamp = draw(first).continuation().orElseThrow();
        ImageRequest red =
                ImageRequest.builder("make it red").continuation(lamp).build();

        ImageResult changed = draw(red.toBuilder().continuable(true).build());

        assertThat(changed.images())
                .isNotEqualTo(draw(first).images())
                .isNotEqualTo(draw(ImageRequest.builder("make it red").build()).images());
        assertThat(changed.continuation())
                .contains(Continuation.of("pictor.fake", "a lamp\nmake it red".getBytes(StandardCharsets.UTF_8)));
        assertThat(draw(red).continuation()).isEmpty();
        assertThat(draw(LAMP).continuation()).isEmpty();
        assertThatThrownBy(() -> draw(red.toBuilder()
                        .continuation(Continuation.of("acme", new byte[] {1}))
                        .build()))
                .hasMessage("a fake model of pictor.fake cannot go on from an answer of acme");
        model.profile(ModelProfile.builder("narrow", "pictor.fake").build());
        assertThatThrownBy(() -> draw(red)).hasMessage("a fake model goes on from no answer by its profile");
    }

    @Test
    void saysBeforeACallWhatItWillWarnOf() throws InterruptedException {
        ImageRequest request = LAMP.toBuilder().putOptions("steps", 5).seed(7).build();
        model.profile(ModelProfile.builder("narrow", "acme").build());

        assertThat(model.unsupported(request))
                .hasSize(2)
                .isEqualTo(draw(request).warnings());
        assertThat(model.unsupported(LAMP)).isEmpty();
    }

    @Test
    void stallsUntilTheCallIsStopped() {
        model.thenStall();
        try (TestCallContext call = TestCallContext.within(Duration.ofMillis(20))) {
            assertThatThrownBy(() -> model.generate(LAMP, call)).isInstanceOf(InterruptedException.class);
        }
        assertThat(model.requests()).containsExactly(LAMP);
    }

    @Test
    void takesItsTimeUnlessTheCallIsStopped() throws InterruptedException {
        model.latency(Duration.ofMillis(30));
        long begin = System.nanoTime();
        assertThat(draw(LAMP).images()).hasSize(1);
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(30_000_000);

        model.latency(Duration.ofDays(1));
        try (TestCallContext call = TestCallContext.within(Duration.ofMillis(20))) {
            assertThatThrownBy(() -> model.generate(LAMP, call)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void saysWhenRequestsDidNotCome() throws InterruptedException {
        assertThat(draw(LAMP).images()).hasSize(1);
        model.awaitRequests(1, Duration.ZERO);
        assertThatThrownBy(() -> model.awaitRequests(2, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("got 1 requests, not 2 within PT0.001S");
    }

    private ImageResult draw(ImageRequest request) throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            return model.generate(request, call);
        }
    }
}
