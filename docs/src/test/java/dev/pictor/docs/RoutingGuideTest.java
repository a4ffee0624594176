package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.Pictor;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.gateway.routing.Comparison;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.routing.RoutingRules;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.pipeline.MemoryRunLimiter;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.RunLimitException;
import dev.pictor.pipeline.RunLimits;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunRate;
import dev.pictor.pipeline.StageKey;
import dev.pictor.testkit.FakeImageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code of docs/routing.md. */
@Timeout(60)
class RoutingGuideTest {

    private static final StageKey<String> CALL = StageKey.of("call", String.class);

    private final FakeImageModel flash = model("flash", "0.039", 0.6);
    private final FakeImageModel pro = model("pro", "0.069", 0.8);

    @FunctionalInterface
    private interface Work<T> {
        T in(RunContext run) throws InterruptedException;
    }

    private static FakeImageModel model(String id, String dollars, double quality) {
        return FakeImageModel.create()
                .profile(FakeImageModel.create().profile().toBuilder()
                        .id(id)
                        .quality(quality)
                        .price(Price.builder("invented", LocalDate.of(2026, 1, 1))
                                .addRates(Rate.perImage(dollars))
                                .build())
                        .build());
    }

    private static <T> T inRun(Pictor pictor, Work<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        var unused = pictor.runner()
                .run(
                        Pipeline.named("calls", String.class)
                                .stage(CALL, (run, input) -> {
                                    result.set(work.in(run));
                                    return "done";
                                })
                                .returning(CALL),
                        "input");
        return result.get();
    }

    @Test
    void routesByRules() {
        // @start region="rules"
        try (Pictor pictor = Pictor.builder(flash)
                .gateway(gateway -> gateway.addImageModel(pro)
                        .router(Routers.rules(RoutingRules.bundled()))
                        .cache(CacheSettings.builder().fromBetterModels(true).build()))
                .build()) {
            // @end
            ModelAnswer<ImageResult> answer = inRun(pictor, run -> draw(run, pictor.gateway(), "free", 0.9));
            assertThat(answer.result().servedBy()).isEqualTo("pro");

            ModelAnswer<ImageResult> kept = inRun(pictor, run -> draw(run, pictor.gateway(), "free", 0.1));
            assertThat(kept.source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            assertThat(kept.result().servedBy()).isEqualTo("pro");
        }
    }

    private static ModelAnswer<ImageResult> draw(RunContext run, Gateway gateway, String tier, double complexity)
            throws InterruptedException {
        // @start region="attributes"
        CallOptions options = CallOptions.builder()
                .attributes(CallAttributes.none()
                        .with(CallAttributes.TIER, tier)
                        .with(CallAttributes.DOMAIN, "art")
                        .with(CallAttributes.COMPLEXITY, complexity)
                        .with("campaign", "spring"))
                .build();
        return gateway.generate(run, ImageRequest.builder("a brass lamp").build(), options);
        // @end
    }

    @Test
    void comparesBySeveralMeasures() {
        try (Pictor pictor = Pictor.builder(flash)
                .gateway(gateway -> gateway.addImageModel(pro))
                .build()) {
            List<String> picks = inRun(pictor, run -> {
                Gateway gateway = pictor.gateway();
                // @start region="compare"
                Comparison comparison = gateway.compare(
                        run, ImageRequest.builder("a brass lamp").build(), CallOptions.ofDefaults());
                String best = comparison.bestQuality().orElseThrow().candidate().id();
                String worth = comparison.bestValue().orElseThrow().candidate().id();
                // @end
                return List.of(best, worth);
            });
            assertThat(picks.get(0)).endsWith("/pro");
            assertThat(picks.get(1)).endsWith("/flash");
        }
    }

    @Test
    void boundsHowOftenRunsStart() {
        // @start region="limits"
        RunLimits limits = RunLimits.builder()
                .perUser(RunRate.of(10, Duration.ofMinutes(1)))
                .perTenant(new RunRate(1_000, Duration.ofHours(1), 100))
                .build();
        try (Pictor pictor =
                Pictor.builder(flash).limiter(MemoryRunLimiter.create(limits)).build()) {
            // @end
            RunOptions ann = RunOptions.builder().tenant("acme").user("ann").build();
            Pipeline<String, String> pipeline = Pipeline.named("nothing", String.class)
                    .stage(CALL, (run, input) -> input)
                    .returning(CALL);
            for (int i = 0; i < 10; i++) {
                var unused = pictor.runner().run(pipeline, "input", ann);
            }
            assertThatThrownBy(() -> pictor.runner().run(pipeline, "input", ann))
                    .isInstanceOfSatisfying(
                            RunLimitException.class,
                            e -> assertThat(e.retryAfter()).isPositive());
        }
    }

    @Test
    void theRulesOfTheGuideCanBeRead() throws IOException {
        String guide = Files.readString(Path.of("routing.md"));
        int begin = guide.indexOf("```json\n") + 8;
        String json = guide.substring(begin, guide.indexOf("```", begin));

        RoutingRules rules =
                RoutingRules.read("routing.md", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));

        assertThat(rules.ruleNames()).containsExactly("gold", "drafts", "rest");
    }
}
