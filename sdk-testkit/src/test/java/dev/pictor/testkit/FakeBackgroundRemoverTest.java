package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeBackgroundRemoverTest {

    private static final ImageBytes LAMP = FakePicture.of(new PixelSize(31, 17), 0xFF0000);
    private static final BackgroundRemovalRequest REQUEST =
            BackgroundRemovalRequest.builder(LAMP).build();

    private final FakeBackgroundRemover remover = FakeBackgroundRemover.create();

    @Nested
    class WithAnEmptyScript extends BackgroundRemoverContract {

        @Override
        protected BackgroundRemover remover() {
            return remover;
        }
    }

    @Test
    void playsItsScriptInOrderAndThenCutsOut() throws InterruptedException {
        BackgroundRemovalResult told =
                BackgroundRemovalResult.builder("other", LAMP).build();
        IllegalStateException unexpected = new IllegalStateException("boom");
        remover.thenReturn(LAMP)
                .thenReturn(told)
                .thenFail(Reason.RATE_LIMITED, Billed.REJECTED)
                .thenThrow(unexpected);

        assertThat(remove().image()).isEqualTo(LAMP);
        assertThat(remove()).isEqualTo(told);
        assertThatThrownBy(this::remove)
                .isInstanceOf(ModelException.class)
                .hasMessage("fake model fake-background-remover was told to fail: rate_limited");
        assertThatThrownBy(this::remove).isSameAs(unexpected);
        assertThat(remove().image().size()).isEqualTo(new PixelSize(31, 17));
        assertThat(remover.requests()).hasSize(5).containsOnly(REQUEST);
    }

    @Test
    void stallsUntilTheCallIsStopped() {
        remover.thenStall();
        try (TestCallContext call = TestCallContext.within(Duration.ofMillis(20))) {
            assertThatThrownBy(() -> remover.remove(REQUEST, call)).isInstanceOf(InterruptedException.class);
        }
    }

    private BackgroundRemovalResult remove() throws InterruptedException {
        try (TestCallContext call = TestCallContext.unbounded()) {
            return remover.remove(REQUEST, call);
        }
    }
}
