package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.routing.CallAttributes;
import dev.pictor.gateway.routing.ComparedCandidate;
import dev.pictor.gateway.routing.Comparison;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.routing.RoutingRules;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
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
    private final Gateway gateway = open(CacheSettings.ofDefaults());

    private Gateway open(CacheSettings cache) {
        return Gateway.builder(flash)
                .addImageModel(pro)
                .router(Routers.rules(RoutingRules.bundled()))
                .cache(cache)
                .semantic(SemanticSettings.builder().build())
                .pictureCheck(PictureCheck.none())
                .time(time)
                .build();
    }

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

    @Nested
    class WhatABetterModelDrew {

        private final Gateway sharing =
                open(CacheSettings.builder().fromBetterModels(true).build());
        private final CallOptions simple = options("free", 0.1);
        private final CallOptions complex = options("free", 0.9);

        @AfterEach
        void close() {
            sharing.close();
        }

        @Test
        void servesACallThatWouldGoToACheaperOne() {
            draw(runner, sharing, "a red lamp", complex);

            ModelAnswer<ImageResult> answer = draw(runner, sharing, "a red lamp", simple);

            assertThat(answer.source()).isEqualTo(AnswerSource.MEMORY_CACHE);
            assertThat(answer.result().servedBy()).isEqualTo("pro");
            assertThat(flash.requests()).isEmpty();
            assertThat(events)
                    .filteredOn(event -> "cache".equals(event.attributes().get(TraceAttributes.DECISION_KIND)))
                    .last()
                    .satisfies(event -> assertThat(String.valueOf(event.body().get("reason")))
                            .isEqualTo("the same request was answered before by "
                                    + pro.profile().provider() + "/pro, which is as good or better, 0 s ago"));
        }

        @Test
        void servesOtherWordsForTheSameToo() {
            draw(runner, sharing, "a red lamp", complex);

            ModelAnswer<ImageResult> answer = draw(runner, sharing, "please make a red lamp", simple);

            assertThat(answer.source()).isEqualTo(AnswerSource.SEMANTIC_CACHE);
            assertThat(answer.result().servedBy()).isEqualTo("pro");
            assertThat(draw(runner, sharing, "please make a blue lamp", simple).source())
                    .isEqualTo(AnswerSource.MODEL);
        }

        @Test
        void isNotWhatAWorseOneDrew() {
            draw(runner, sharing, "a red lamp", simple);

            assertThat(draw(runner, sharing, "a red lamp", complex).result().servedBy())
                    .isEqualTo("pro");
            assertThat(draw(runner, sharing, "please make a red lamp", complex).source())
                    .isEqualTo(AnswerSource.SEMANTIC_CACHE);
            assertThat(draw(runner, sharing, "please make a red lamp", complex)
                            .result()
                            .servedBy())
                    .isEqualTo("pro");
        }

        @Test
        void servesNobodyWhoInsistsOnAModelOrASeed() {
            draw(runner, sharing, "a red lamp", complex);
            CallOptions insisting =
                    CallOptions.builder().from(simple).forceModel("flash").build();

            assertThat(draw(runner, sharing, "a red lamp", insisting).source()).isEqualTo(AnswerSource.MODEL);
            assertThat(seeded(complex).source()).isEqualTo(AnswerSource.MODEL);
            assertThat(seeded(simple).source()).isEqualTo(AnswerSource.MODEL);
            assertThat(seeded(simple).source()).isEqualTo(AnswerSource.MEMORY_CACHE);
        }

        private ModelAnswer<ImageResult> seeded(CallOptions options) {
            return GatewayCalls.inRun(
                    runner,
                    RunOptions.ofDefaults(),
                    run -> sharing.generate(
                            run, ImageRequest.builder("a red lamp").seed(7).build(), options));
        }

        @Test
        void isKeptForItsOwnTenant() {
            RunOptions other = RunOptions.builder().tenant("other").build();
            draw(runner, sharing, "a red lamp", complex);

            ModelAnswer<ImageResult> answer = GatewayCalls.inRun(
                    runner,
                    other,
                    run -> sharing.generate(
                            run, ImageRequest.builder("a red lamp").build(), simple));

            assertThat(answer.source()).isEqualTo(AnswerSource.MODEL);
        }
    }
}
