package dev.pictor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.routing.Candidate;
import dev.pictor.image.AspectRatio;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Money;
import dev.pictor.model.PlannedUse;
import dev.pictor.testkit.TestCallContext;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Calls Google: {@code ./mvnw -pl sdk-adapters/gemini -am test -Dtest=Gemini*LiveTest -Dpictor.live=true
 * -Dsurefire.failIfNoSpecifiedTests=false} with a key in {@code GEMINI_API_KEY}. Draws two pictures with the model of tier {@code fast},
 * for less than 0.10 dollars.
 */
@EnabledIfSystemProperty(named = "pictor.live", matches = "true")
@EnabledIfEnvironmentVariable(named = "GEMINI_API_KEY", matches = ".+")
class GeminiImageLiveTest {

    private static final Money LIMIT = Money.usd(100_000_000);
    private static final Duration LONG = Duration.ofMinutes(3);

    @Test
    void drawsAPictureAndChangesIt() throws Exception {
        try (GeminiImageAdapter adapter = GeminiImageAdapter.builder(System.getenv("GEMINI_API_KEY"))
                .model("fast")
                .build()) {
            assertThat(up(adapter)).isTrue();
            ImageRequest lamp = ImageRequest.builder("a brass lamp on a walnut desk")
                    .aspectRatio(new AspectRatio(16, 9))
                    .continuable(true)
                    .build();
            ImageResult drawn = draw(adapter, lamp);
            ImageResult changed = draw(
                    adapter,
                    ImageRequest.builder("make the lamp silver")
                            .continuation(drawn.continuation())
                            .build());
            assertThat(changed.images()).isNotEqualTo(drawn.images());
            assertThat(cost(adapter, drawn).plus(cost(adapter, changed)).nanos())
                    .isLessThan(LIMIT.nanos());
        }
    }

    private static boolean up(GeminiImageAdapter adapter) throws Exception {
        try (TestCallContext call = TestCallContext.within(LONG)) {
            return adapter.probe().isUp(Candidate.of(adapter.profile()), call);
        }
    }

    private static ImageResult draw(GeminiImageAdapter adapter, ImageRequest request) throws InterruptedException {
        try (TestCallContext call = TestCallContext.within(LONG)) {
            ImageResult drawn = adapter.generate(request, call);
            assertThat(drawn.images()).isNotEmpty();
            assertThat(drawn.usage().outputImageTokens()).isPresent();
            return drawn;
        }
    }

    private static Money cost(GeminiImageAdapter adapter, ImageResult drawn) {
        return adapter.profile()
                .price()
                .orElseThrow()
                .actual(drawn.usage(), PlannedUse.none(), LocalDate.now(ZoneOffset.UTC))
                .orElseThrow();
    }
}
