package dev.pictor.adapter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Calls OpenAI: {@code ./mvnw -pl sdk-adapters/openai -am test -Dtest=OpenAi*LiveTest -Dpictor.live=true
 * -Dsurefire.failIfNoSpecifiedTests=false} with a key in {@code OPENAI_API_KEY}. It draws three pictures of low quality,
 * for less than 0.05 dollars.
 */
@EnabledIfSystemProperty(named = "pictor.live", matches = "true")
@EnabledIfEnvironmentVariable(named = "OPENAI_API_KEY", matches = ".+")
class OpenAiImageLiveTest {

    @Test
    void drawsChangesAndGoesOn() throws InterruptedException {
        ImageRequest request = ImageRequest.builder("a small brass lamp on white ground")
                .size(new PixelSize(1024, 1024))
                .putOptions("quality", "low")
                .build();
        try (OpenAiImageAdapter adapter = OpenAiImageAdapter.builder(System.getenv("OPENAI_API_KEY"))
                        .model("gpt-image-2")
                        .build();
                TestCallContext call = TestCallContext.within(Duration.ofMinutes(10))) {
            ImageResult drawn = adapter.generate(request, call);
            assertThat(drawn.warnings()).isEmpty();
            assertThat(drawn.usage().outputImageTokens()).isPresent();

            ImageBytes lamp = drawn.images().get(0);
            ImageResult changed = adapter.generate(
                    request.toBuilder()
                            .prompt("make the lamp red")
                            .addReferences(lamp)
                            .build(),
                    call);
            assertThat(changed.images().get(0).size()).isEqualTo(new PixelSize(1024, 1024));

            ImageResult turn =
                    adapter.generate(request.toBuilder().continuable(true).build(), call);
            assertThat(turn.continuation()).isPresent();
            assertThat(turn.usage().outputImageTokens()).isPresent();
        }
    }
}
