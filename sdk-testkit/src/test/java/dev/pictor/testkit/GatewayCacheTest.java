package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.model;
import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.image.PixelSize;
import dev.pictor.model.CallContext;
import dev.pictor.model.Cost;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which calls need no model, and which must have one. */
@Timeout(60)
class GatewayCacheTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final PipelineRunner runner = PipelineRunner.builder().build();
    private final List<Gateway> gateways = new ArrayList<>();
    private final FakeImageModel painter = model("painter", "0.10");

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.cache(CacheSettings.ofDefaults()).build();
        gateways.add(gateway);
        return gateway;
    }

    private static CallOptions mode(CacheMode mode) {
        return CallOptions.builder().cacheMode(mode).build();
    }

    @Test
    void anEqualRequestNeedsNoSecondCall() {
        Gateway gateway = open(Gateway.builder(painter));
        ModelAnswer<ImageResult> first = draw(runner, gateway, "a lamp");

        ModelAnswer<ImageResult> second = draw(runner, gateway, "a lamp");

        assertThat(painter.requests()).hasSize(1);
        assertThat(second.source()).isEqualTo(AnswerSource.MEMORY_CACHE);
        assertThat(second.cost()).isEqualTo(Cost.nothing());
        assertThat(second.result().images().get(0))
                .isSameAs(first.result().images().get(0));
    }

    @Test
    void theModeOfACallSaysWhetherItLooksAndStores() {
        Gateway gateway = open(Gateway.builder(painter));

        draw(runner, gateway, "a lamp", mode(CacheMode.BYPASS));
        draw(runner, gateway, "a lamp", mode(CacheMode.READ_ONLY));
        assertThat(painter.requests()).hasSize(2);
        draw(runner, gateway, "a lamp", mode(CacheMode.REFRESH));
        draw(runner, gateway, "a lamp", mode(CacheMode.REFRESH));
        assertThat(painter.requests()).hasSize(4);
        draw(runner, gateway, "a lamp", mode(CacheMode.READ_ONLY));
        assertThat(painter.requests()).hasSize(4);
    }

    @Nested
    @DisplayName("R20: only whole and good answers are kept")
    class WhatIsKept {

        @Test
        void failuresAreNot() {
            painter.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            Gateway gateway = open(Gateway.builder(painter).retry(RetryPolicy.none()));
            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);

            assertThat(draw(runner, gateway, "a lamp").source()).isEqualTo(AnswerSource.MODEL);
        }

        @Test
        void fewerPicturesThanAskedForAreNot() {
            painter.thenReturn(FakePicture.of(new PixelSize(64, 64), 1));
            Gateway gateway = open(Gateway.builder(painter));
            ImageRequest two = ImageRequest.builder("two lamps").count(2).build();

            GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, two));
            ModelAnswer<ImageResult> again =
                    GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, two));

            assertThat(again.source()).isEqualTo(AnswerSource.MODEL);
            assertThat(again.result().images()).hasSize(2);
            assertThat(GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, two))
                            .result()
                            .images())
                    .hasSize(2);
            assertThat(painter.requests()).hasSize(2);
        }

        @Test
        void answersThatWereCutOffAreNot() {
            painter.thenReturn(ImageResult.builder("painter", List.of(FakePicture.of(new PixelSize(64, 64), 1)))
                    .finishReason(FinishReason.LENGTH)
                    .build());
            Gateway gateway = open(Gateway.builder(painter));
            draw(runner, gateway, "a lamp");

            assertThat(draw(runner, gateway, "a lamp").source()).isEqualTo(AnswerSource.MODEL);
        }

        @Test
        void picturesThatFailTheirCheckAreNot() {
            painter.thenReturn(FakePicture.of(new PixelSize(64, 64), 1));
            painter.thenReturn(FakePicture.of(new PixelSize(64, 64), 1));
            Gateway gateway = open(Gateway.builder(painter).pictureCheck(PictureCheck.strict()));
            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);

            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);
            assertThat(painter.requests()).hasSizeGreaterThan(2);
        }

        @Test
        @DisplayName("R19: what a fallback answered is not given out as the first choice's answer")
        void aFallbackDoesNotPoisonTheFirstChoice() {
            FakeImageModel first = model("first", "0.10").thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
            Gateway gateway = open(Gateway.builder(first).addImageModel(painter).retry(RetryPolicy.none()));
            assertThat(draw(runner, gateway, "a lamp").result().servedBy()).isEqualTo("painter");

            assertThat(draw(runner, gateway, "a lamp").result().servedBy()).isEqualTo("first");
        }
    }

    @Nested
    @DisplayName("R17: equal calls under way are one call")
    class SharedCalls {

        @Test
        @DisplayName("R17: of 100 callers, some of whom leave, one call is made and paid for once")
        void callersWhoLeaveDisturbNobody() throws Exception {
            CountDownLatch answer = new CountDownLatch(1);
            AtomicInteger calls = new AtomicInteger();
            ImageModelAdapter slow = new ImageModelAdapter() {
                @Override
                public ModelProfile profile() {
                    return painter.profile();
                }

                @Override
                public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
                    calls.incrementAndGet();
                    answer.await();
                    return painter.generate(request, call);
                }
            };
            Gateway gateway = open(Gateway.builder(slow)
                    .budgets(Budgets.builder(MemoryLedger.create())
                            .add(Budget.usd("5"))
                            .build()));
            List<RunHandle<String>> callers = new ArrayList<>();
            for (int caller = 0; caller < 50; caller++) {
                callers.add(GatewayCalls.start(
                        runner,
                        RunOptions.ofDefaults(),
                        run -> gateway.generate(
                                run, ImageRequest.builder("a lamp").build())));
            }
            Random random = new Random(17);
            List<RunHandle<String>> leaving = new ArrayList<>();
            for (RunHandle<String> caller : callers.subList(0, 49)) {
                if (random.nextBoolean()) {
                    caller.cancel();
                    leaving.add(caller);
                }
            }
            leaving.forEach(caller ->
                    assertThatThrownBy(() -> GatewayCalls.join(caller)).isInstanceOf(RuntimeException.class));
            answer.countDown();
            callers.removeAll(leaving);
            callers.forEach(caller -> assertThat(GatewayCalls.join(caller)).isEqualTo("done"));

            assertThat(calls).hasValue(1);
            assertThat(GatewayCalls.inRun(runner, RunOptions.ofDefaults(), gateway::budgets)
                            .get(0)
                            .committed())
                    .isEqualTo(usd("0.10"));
        }

        @Test
        @DisplayName("R17: a failure is shared and not kept")
        void aFailureIsSharedAndNotKept() {
            painter.thenFail(Reason.INVALID_REQUEST, Billed.REJECTED);
            Gateway gateway = open(Gateway.builder(painter));
            assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);

            assertThat(draw(runner, gateway, "a lamp").source()).isEqualTo(AnswerSource.MODEL);
        }
    }

    @Nested
    @DisplayName("R21: what means the same is answered from the cache, if that was asked for")
    class Meaning {

        private final Gateway gateway = open(
                Gateway.builder(painter).semantic(SemanticSettings.builder().build()));

        @Test
        @DisplayName("R21: a hit says how near it is and what was asked before")
        void aHitSaysWhatWasAskedBefore() {
            draw(runner, gateway, "a red chair in a bright room");

            ModelAnswer<ImageResult> answer = draw(runner, gateway, "A RED chair in a bright room!");

            assertThat(answer.source()).isEqualTo(AnswerSource.SEMANTIC_CACHE);
            assertThat(answer.originalPrompt()).contains("a red chair in a bright room");
            assertThat(answer.similarity().orElseThrow()).isGreaterThan(0.8);
        }

        @Test
        @DisplayName("R21: another colour, count, side or negation is another request")
        void factsMustAgree() {
            draw(runner, gateway, "a red chair left of two tables");
            for (String other : List.of(
                    "a blue chair left of two tables",
                    "a red chair left of three tables",
                    "a red chair right of two tables",
                    "no red chair left of two tables")) {
                assertThat(draw(runner, gateway, other).source()).as(other).isEqualTo(AnswerSource.MODEL);
            }
        }

        @Test
        @DisplayName("R21: another size or tenant is another request")
        void theEnvelopeMustBeTheSame() {
            draw(runner, gateway, "a red chair in a bright room");
            ImageRequest larger = ImageRequest.builder("a red chair in a bright room!")
                    .size(new PixelSize(128, 128))
                    .build();
            ImageRequest same =
                    ImageRequest.builder("a red chair in a bright room!").build();
            RunOptions another = RunOptions.builder().tenant("another").build();

            assertThat(GatewayCalls.inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, larger))
                            .source())
                    .isEqualTo(AnswerSource.MODEL);
            assertThat(GatewayCalls.inRun(runner, another, run -> gateway.generate(run, same))
                            .source())
                    .isEqualTo(AnswerSource.MODEL);
        }
    }

    @Test
    void whenNoModelServesTheNearestPictureWillDoIfAskedFor() {
        Gateway gateway = open(Gateway.builder(painter)
                .retry(RetryPolicy.none())
                .semantic(SemanticSettings.builder().build()));
        draw(runner, gateway, "a brass lamp on a walnut desk");
        for (int call = 0; call < 2; call++) {
            painter.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
        }
        assertThatThrownBy(() -> draw(runner, gateway, "a silver lamp on an oak desk"))
                .isInstanceOf(ModelException.class);

        ModelAnswer<ImageResult> answer = draw(
                runner,
                gateway,
                "a silver lamp on an oak desk",
                CallOptions.builder().lastResort(true).build());

        assertThat(answer.source()).isEqualTo(AnswerSource.LAST_RESORT);
        assertThat(answer.originalPrompt()).contains("a brass lamp on a walnut desk");
        assertThat(answer.similarity().orElseThrow()).isBetween(0.1, 0.99);
        assertThat(answer.warnings()).hasSize(1);
    }

    @Test
    @DisplayName("R23: an answer that is dropped while someone uses it stays whole")
    void whatIsDroppedStaysWholeForThoseWhoHaveIt() throws Exception {
        Gateway gateway = open(Gateway.builder(painter));
        draw(runner, gateway, "a lamp");
        ModelAnswer<ImageResult> held = draw(runner, gateway, "a lamp");

        gateway.invalidateCache();

        assertThat(held.result().images().get(0).header().size()).isEqualTo(new PixelSize(64, 64));
        assertThat(draw(runner, gateway, "a lamp").source()).isEqualTo(AnswerSource.MODEL);
    }

    @Test
    @DisplayName("R23: a gateway that is closed lets the calls on their callers' threads end")
    void closingLetsCallsEnd() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        FakeImageModel slow = model("slow", "0.10");
        Gateway gateway = Gateway.builder(new ImageModelAdapter() {
                    @Override
                    public ModelProfile profile() {
                        return slow.profile();
                    }

                    @Override
                    public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
                        ImageResult result = slow.generate(request, call);
                        answer.await();
                        return result;
                    }
                })
                .build();
        RunHandle<String> handle = GatewayCalls.start(
                runner,
                RunOptions.ofDefaults(),
                run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
        slow.awaitRequests(1, LONG);

        gateway.close();
        answer.countDown();

        assertThat(GatewayCalls.join(handle)).isEqualTo("done");
    }
}
