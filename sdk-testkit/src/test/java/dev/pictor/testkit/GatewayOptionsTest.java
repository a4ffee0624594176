package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.inRun;
import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Message;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of options that a model does not honour. */
@Timeout(60)
class GatewayOptionsTest {

    private static final CallOptions STRICT =
            CallOptions.builder().strictOptions(true).build();
    private static final ImageRequest LAMP = ImageRequest.builder("a lamp").build();
    private static final ImageRequest SEEDED = LAMP.toBuilder().seed(987_654).build();

    private final RecordingTraceSink sink = RecordingTraceSink.create();

    @RegisterExtension
    final TraceLifecycle lifecycle = TraceLifecycle.of(sink);

    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(sink).build();
    private final List<Gateway> gateways = new ArrayList<>();
    private final FakeImageModel seedless =
            FakeImageModel.create().profile(seeds("seedless", false).build());
    private final FakeImageModel seeding =
            FakeImageModel.create().profile(seeds("seeding", true).build());

    private static dev.pictor.model.ModelProfileBuilder seeds(String id, boolean supports) {
        return GatewayCalls.profile(id, "0.10").toBuilder().supportsSeed(supports);
    }

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.retry(RetryPolicy.none())
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("1000"))
                        .build())
                .build();
        gateways.add(gateway);
        return gateway;
    }

    @CanIgnoreReturnValue
    private ModelAnswer<ImageResult> draw(Gateway gateway, ImageRequest request, CallOptions options) {
        return inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, request, options));
    }

    private ModelException refused(Gateway gateway, ImageRequest request) {
        return catchThrowableOfType(ModelException.class, () -> draw(gateway, request, STRICT));
    }

    private BudgetState state(Gateway gateway) {
        return inRun(runner, RunOptions.ofDefaults(), gateway::budgets).get(0);
    }

    @Nested
    class Known {

        @Test
        void anOptionThatTheModelDoesNotHonourIsAWarningUnlessTheCallerInsists() {
            Gateway gateway = open(Gateway.builder(seedless));

            assertThat(draw(gateway, SEEDED, CallOptions.ofDefaults()).warnings())
                    .containsExactly(new OptionWarning("seed", "the profile of this fake model has none"));
        }

        @Test
        @DisplayName("R32: whoever insists on options is told which are not honoured and why, before anything is spent")
        void whoeverInsistsIsToldBeforeAnythingIsSpent() {
            Gateway gateway = open(Gateway.builder(seedless));
            ImageRequest request =
                    SEEDED.toBuilder().putOptions("style", "secret words").build();

            ModelException failure = refused(gateway, request);

            assertThat(failure.reason()).isEqualTo(Reason.OPTION_NOT_HONOURED);
            assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(failure)
                    .hasMessageStartingWith("model seedless does not honour style: a fake model has no options; "
                            + "does not honour seed: the profile of this fake model has none");
            assertThat(failure.getMessage()).doesNotContain("secret words", "987654");
            assertThat(seedless.requests()).isEmpty();
            assertThat(state(gateway).committed()).isEqualTo(usd("0"));
            assertThat(sink.events()).noneMatch(event -> event.type().equals(TraceEvent.MODEL_CALL_START));
        }

        @Test
        void nothingStandsInTheWayOfARequestWithoutSuchOptions() {
            Gateway gateway = open(Gateway.builder(seeding));

            assertThat(draw(gateway, SEEDED, STRICT).warnings()).isEmpty();
        }

        @Test
        @DisplayName("R16: a model that honours the options is asked in the place of one that does not")
        void aModelThatHonoursThemIsAsked() {
            Gateway gateway = open(Gateway.builder(seedless).addImageModel(seeding));

            ModelAnswer<ImageResult> answer = draw(gateway, SEEDED, STRICT);

            assertThat(answer.result().servedBy()).isEqualTo("seeding");
            assertThat(seedless.requests()).isEmpty();
            assertThat(sink.events())
                    .filteredOn(event -> "route".equals(event.attributes().get(TraceAttributes.DECISION_KIND)))
                    .hasSize(1)
                    .allSatisfy(event -> assertThat(event.body().toString()).contains("does not honour seed"));
            assertThat(draw(gateway, SEEDED, CallOptions.ofDefaults()).result().servedBy())
                    .isEqualTo("seedless");
        }

        @Test
        void whenNoModelHonoursThemTheReasonIsTheOptions() {
            FakeImageModel other =
                    FakeImageModel.create().profile(seeds("other", false).build());
            Gateway gateway = open(Gateway.builder(seedless).addImageModel(other));

            ModelException failure = refused(gateway, SEEDED);

            assertThat(failure.reason()).isEqualTo(Reason.OPTION_NOT_HONOURED);
            assertThat(failure).hasMessageContaining("seedless does not honour seed", "other does not honour seed");
            assertThat(refused(
                                    gateway,
                                    LAMP.toBuilder()
                                            .size(new PixelSize(9_000, 9_000))
                                            .build())
                            .reason())
                    .isEqualTo(Reason.INVALID_REQUEST);
        }

        @Test
        void anOptionForAnotherVendorCountsAsNotHonoured() {
            FakeImageModel foreign = FakeImageModel.create()
                    .profile(ModelProfile.builder("foreign", "acme")
                            .price(GatewayCalls.price("0.01"))
                            .build());
            Gateway gateway = open(Gateway.builder(seeding).addImageModel(foreign));
            ImageRequest request = LAMP.toBuilder().putOptions("style", "x").build();
            CallOptions forced =
                    CallOptions.builder().from(STRICT).forceModel("foreign").build();

            assertThatThrownBy(() -> draw(gateway, request, forced))
                    .hasMessageContaining(
                            "does not honour style: is an option of pictor.fake and was not sent to foreign");
            assertThat(foreign.requests()).isEmpty();
        }

        @Test
        void whatTheCallerAllowedToBeShortenedIsNoOption() {
            FakeImageModel terse = FakeImageModel.create()
                    .profile(seeds("terse", true).maxPromptChars(10).build());
            Gateway gateway = open(Gateway.builder(terse));

            ModelAnswer<ImageResult> answer = draw(
                    gateway,
                    ImageRequest.builder("a lamp on a desk").build(),
                    CallOptions.builder().from(STRICT).shortenPrompt(true).build());

            assertThat(answer.warnings()).extracting(OptionWarning::option).containsExactly("prompt");
        }

        @Test
        void aReasoningModelIsHeldToItsOptionsToo() {
            var reasoner = new dev.pictor.model.ReasoningModelAdapter() {
                @Override
                public ModelProfile profile() {
                    return ModelProfile.builder("reasoner", "acme").build();
                }

                @Override
                public List<OptionWarning> unsupported(ReasoningRequest request) {
                    return List.of(new OptionWarning("temperature", "it has none"));
                }

                @Override
                public dev.pictor.model.ReasoningResult reason(
                        ReasoningRequest request, dev.pictor.model.CallContext call) {
                    throw new AssertionError("nothing is sent");
                }
            };
            Gateway gateway = open(Gateway.builder(seeding).reasoningModel(reasoner));

            assertThatThrownBy(() -> inRun(
                            runner,
                            RunOptions.ofDefaults(),
                            run -> gateway.reason(
                                    run,
                                    ReasoningRequest.builder(List.of(Message.user("hello")))
                                            .build(),
                                    STRICT)))
                    .hasMessageContaining("model reasoner does not honour temperature: it has none");
        }
    }

    @Nested
    class LearnedAfterwards {

        private ImageResult late(OptionWarning warning) {
            return ImageResult.builder("seeding", List.of(FakePicture.of(new PixelSize(64, 64), 1)))
                    .usage(dev.pictor.model.Usage.builder().images(1).build())
                    .addWarnings(warning)
                    .build();
        }

        @Test
        @DisplayName("R32, R4: an answer that did not honour an option is none, and is paid for")
        void anAnswerThatDidNotHonourAnOptionIsNone() {
            seeding.thenReturn(late(new OptionWarning("quality", "drew in the usual quality")));
            Gateway gateway = open(Gateway.builder(seeding));

            ModelException failure = refused(gateway, LAMP);

            assertThat(failure.reason()).isEqualTo(Reason.OPTION_NOT_HONOURED);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "model seeding answered, but does not honour quality: drew in the usual quality");
            assertThat(state(gateway).committed()).isEqualTo(usd("0.10"));
            assertThat(state(gateway).held()).isEqualTo(usd("0"));
            assertThat(state(gateway).unknown()).isEqualTo(usd("0"));
        }

        @Test
        void theNextModelIsAskedThen() {
            seeding.thenReturn(late(new OptionWarning("quality", "drew in the usual quality")));
            FakeImageModel other =
                    FakeImageModel.create().profile(seeds("other", true).build());
            Gateway gateway = open(Gateway.builder(seeding).addImageModel(other));

            ModelAnswer<ImageResult> answer = draw(gateway, LAMP, STRICT);

            assertThat(answer.result().servedBy()).isEqualTo("other");
            assertThat(answer.isFallback()).isTrue();
            assertThat(state(gateway).committed()).isEqualTo(usd("0.20"));
        }

        @Test
        void anotherSizeThanTheOneAskedForIsAnOptionNotHonoured() {
            seeding.thenReturn(FakePicture.of(new PixelSize(32, 32), 1));
            Gateway gateway = open(Gateway.builder(seeding));

            ModelException failure = refused(
                    gateway, LAMP.toBuilder().size(new PixelSize(64, 64)).build());

            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure).hasMessageContaining("does not honour size: asked for 64x64, got 32x32");
        }

        @Test
        void noticesOfTheModelAndMissingPicturesAreNoOptions() {
            FakeImageModel old = FakeImageModel.create()
                    .profile(seeds("old", true)
                            .retiresOn(LocalDate.of(2020, 1, 1))
                            .build())
                    .thenReturn(FakePicture.of(new PixelSize(64, 64), 1));
            Gateway gateway = open(Gateway.builder(old));

            ModelAnswer<ImageResult> answer =
                    draw(gateway, LAMP.toBuilder().count(2).build(), STRICT);

            assertThat(answer.warnings()).extracting(OptionWarning::option).containsExactlyInAnyOrder("count", "model");
        }

        @Test
        @DisplayName(
                "R32: what was kept for callers who do not insist is no answer for one who does, and costs nothing")
        void whatWasKeptForOthersIsNoAnswer() {
            seeding.thenReturn(late(new OptionWarning("quality", "drew in the usual quality")));
            Gateway gateway = open(Gateway.builder(seeding).cache(CacheSettings.ofDefaults()));
            draw(gateway, LAMP, CallOptions.ofDefaults());

            ModelException failure = refused(gateway, LAMP);

            assertThat(failure.billed()).isEqualTo(Billed.NOT_SENT);
            assertThat(seeding.requests()).hasSize(1);
            assertThat(draw(gateway, LAMP, CallOptions.ofDefaults()).source()).isEqualTo(AnswerSource.MEMORY_CACHE);
        }

        @Test
        void whoeverInsistsGetsNoLastResort() {
            Gateway gateway = open(Gateway.builder(seedless)
                    .cache(CacheSettings.ofDefaults())
                    .semantic(SemanticSettings.builder().build()));
            draw(gateway, LAMP, CallOptions.ofDefaults());

            assertThatThrownBy(() -> draw(
                            gateway,
                            SEEDED,
                            CallOptions.builder().from(STRICT).lastResort(true).build()))
                    .isInstanceOf(ModelException.class);
        }
    }

    @Nested
    class Notices {

        @Test
        void anAnswerOfARetiredModelNamesItsSuccessor() {
            FakeImageModel old = FakeImageModel.create()
                    .profile(seeds("old", true)
                            .retiresOn(LocalDate.of(2020, 1, 1))
                            .successor("young")
                            .build());

            assertThat(draw(open(Gateway.builder(old)), LAMP, CallOptions.ofDefaults())
                            .warnings())
                    .containsExactly(new OptionWarning("model", "the vendor retires old on 2020-01-01: take young"));
        }

        @Test
        void anAnswerOfARetiredModelWithoutASuccessorSaysSo() {
            FakeImageModel old = FakeImageModel.create()
                    .profile(seeds("old", true)
                            .retiresOn(LocalDate.of(2020, 1, 1))
                            .build());

            assertThat(draw(open(Gateway.builder(old)), LAMP, CallOptions.ofDefaults())
                            .warnings())
                    .containsExactly(
                            new OptionWarning("model", "the vendor retires old on 2020-01-01: choose another"));
        }

        @Test
        void everyAnswerHasTheNoticeOfItsModel() {
            FakeImageModel stand = FakeImageModel.create()
                    .profile(seeds("young", true)
                            .retiresOn(LocalDate.of(2999, 1, 1))
                            .notice("answers in the place of old")
                            .build());
            Gateway gateway = open(
                    Gateway.builder(stand).pictureCheck(PictureCheck.none()).cache(CacheSettings.ofDefaults()));

            List<OptionWarning> notice = List.of(new OptionWarning("model", "answers in the place of old"));
            assertThat(draw(gateway, LAMP, CallOptions.ofDefaults()).warnings()).isEqualTo(notice);
            assertThat(draw(gateway, LAMP, CallOptions.ofDefaults()).warnings()).isEqualTo(notice);
            assertThat(stand.requests()).hasSize(1);
        }
    }
}
