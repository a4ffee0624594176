package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.gateway.routing.ComparedCandidate;
import dev.pictor.gateway.routing.Comparison;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.routing.RoutingRules;
import dev.pictor.model.ImageRequest;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose model is chosen by rules, from what is known of them. */
@Timeout(60)
class GatewayRulesTest {

    private final VirtualTime time = VirtualTime.create();
    private final List<TraceEvent> events = new CopyOnWriteArrayList<>();
    private final PipelineRunner runner =
            PipelineRunner.builder().time(time).traceSink(events::add).build();
    private final FakeImageModel flash = model("flash", "0.039", 0.6);
    private final FakeImageModel pro = model("pro", "0.069", 0.8);
    private final Gateway gateway = Gateway.builder(flash)
            .addImageModel(pro)
            .router(Routers.rules(RoutingRules.bundled()))
            .cache(CacheSettings.ofDefaults())
            .pictureCheck(PictureCheck.none())
            .time(time)
            .build();

    private static FakeImageModel model(String id, String dollars, double quality) {
        return FakeImageModel.create()
                .profile(GatewayCalls.profile(id, dollars).toBuilder()
                        .quality(quality)
                        .build());
    }

    @AfterEach
    void close() {
        gateway.close();
        runner.close();
        time.close();
    }

    private static CallOptions options(String tier, double complexity) {
        return CallOptions.builder()
                .attributes(CallAttributes.none()
                        .with(CallAttributes.TIER, tier)
                        .with(CallAttributes.COMPLEXITY, complexity))
                .build();
    }

    @Test
    void goToTheModelThatTheRuleSaysAndTheTraceNamesIt() {
        assertThat(draw(runner, gateway, "a lamp", options("free", 0.9))
                        .result()
                        .servedBy())
                .isEqualTo("pro");

        assertThat(events)
                .filteredOn(event -> "route".equals(event.attributes().get(TraceAttributes.DECISION_KIND)))
                .singleElement()
                .satisfies(event -> assertThat(event.body())
                        .containsEntry("chosen", pro.profile().provider() + "/pro")
                        .containsEntry("policy", "tiers:free-complex/1")
                        .containsEntry(
                                "reason",
                                "rule free-complex, since a cheap model would not do it justice:"
                                        + " its quality is 0.8, it costs at most $0.069")
                        .containsEntry("facts", Map.of("tier", "free", "complexity", "0.9")));
    }

    @Test
    void shareAnAnswerWhateverTheirAttributesAsLongAsTheModelIsTheSame() {
        draw(runner, gateway, "a lamp", options("free", 0.1));

        assertThat(draw(runner, gateway, "a lamp", options("pro", 0.2)).source())
                .isEqualTo(AnswerSource.MEMORY_CACHE);
        assertThat(draw(runner, gateway, "a lamp", options("pro", 0.9)).source())
                .isEqualTo(AnswerSource.MODEL);
        assertThat(flash.requests()).hasSize(1);
        assertThat(pro.requests()).hasSize(1);
    }

    @Test
    void areComparedByTheRuleThatWouldDecide() {
        Comparison comparison = GatewayCalls.inRun(
                runner,
                RunOptions.ofDefaults(),
                run -> gateway.compare(run, ImageRequest.builder("a lamp").build(), options("enterprise", 0.1)));

        assertThat(comparison.ranking().policy()).isEqualTo("tiers:enterprise");
        assertThat(comparison.candidates())
                .extracting(ComparedCandidate::reason)
                .allMatch(reason -> reason.startsWith("rule enterprise"));
        assertThat(comparison.bestQuality().orElseThrow().candidate().profile().id())
                .isEqualTo("pro");
        assertThat(comparison.cheapest().orElseThrow().candidate().profile().id())
                .isEqualTo("flash");
    }
}
