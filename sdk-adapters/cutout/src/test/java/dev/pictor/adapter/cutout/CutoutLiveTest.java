package dev.pictor.adapter.cutout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.BackgroundRemover;
import dev.pictor.testkit.TestCallContext;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Asks the services themselves, where there is a key. Spends at most 0.02 USD and 0.25 credits. */
class CutoutLiveTest {

    private static void cutOut(BackgroundRemover remover, Map<String, Object> options) throws InterruptedException {
        Scene mug = StudioScenes.clean().get(0);
        try (TestCallContext call = TestCallContext.unbounded()) {
            BackgroundRemovalResult result = remover.remove(
                    BackgroundRemovalRequest.builder(mug.image())
                            .options(options)
                            .build(),
                    call);
            assertThat(result.image().size().pixels()).isPositive();
            assertThat(result.image().header().hasAlpha()).isTrue();
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "PHOTOROOM_API_KEY", matches = ".+")
    void photoRoom() throws InterruptedException {
        try (PhotoRoomRemover remover =
                PhotoRoomRemover.builder(System.getenv("PHOTOROOM_API_KEY")).build()) {
            cutOut(remover, Map.of());
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "REMOVE_BG_API_KEY", matches = ".+")
    void removeBg() throws InterruptedException {
        try (RemoveBgRemover remover =
                RemoveBgRemover.builder(System.getenv("REMOVE_BG_API_KEY")).build()) {
            cutOut(remover, Map.of("size", "preview"));
        }
    }
}
