package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.inRun;
import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.Pictor;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.PixelSize;
import dev.pictor.model.BackgroundRemovalRequest;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.Cost;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Backgrounds are removed on the road that all calls take. */
@Timeout(60)
class GatewayCutoutTest {

    private static final ImageBytes LAMP = FakePicture.of(new PixelSize(32, 16), 0xFF0000);
    private static final BackgroundRemovalRequest REQUEST =
            BackgroundRemovalRequest.builder(LAMP).build();

    private final RecordingTraceSink sink = RecordingTraceSink.create();

    @RegisterExtension
    final TraceLifecycle lifecycle = TraceLifecycle.of(sink);

    private final MemoryRunStore artifacts = new MemoryRunStore();
    private final PipelineRunner runner =
            PipelineRunner.builder().traceSink(sink).artifacts(artifacts).build();
    private final List<Gateway> gateways = new ArrayList<>();
    private final FakeBackgroundRemover cutter = FakeBackgroundRemover.create().profile(profile("cutter"));
    private final FakeBackgroundRemover other = FakeBackgroundRemover.create().profile(profile("other"));

    private static ModelProfile profile(String id) {
        return ModelProfile.builder(id, "pictor.fake")
                .price(GatewayCalls.price("0.10"))
                .build();
    }

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
    }

    private static GatewayBuilder builder() {
        return Gateway.builder(FakeImageModel.create()).retry(RetryPolicy.none());
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.build();
        gateways.add(gateway);
        return gateway;
    }

    @CanIgnoreReturnValue
    private ModelAnswer<BackgroundRemovalResult> cut(Gateway gateway, BackgroundRemovalRequest request) {
        return inRun(runner, RunOptions.ofDefaults(), run -> gateway.removeBackground(run, request));
    }

    private List<Map<String, Object>> attributes(String type) {
        return sink.events().stream()
                .filter(event -> event.type().equals(type))
                .map(TraceEvent::attributes)
                .toList();
    }

    @Test
    void anAnswerHasPictureCostAndTrace() {
        ModelAnswer<BackgroundRemovalResult> answer = cut(open(builder().addBackgroundRemover(cutter)), REQUEST);

        assertThat(answer.result().image().size()).isEqualTo(LAMP.size());
        assertThat(answer.result().image().header().hasAlpha()).isTrue();
        assertThat(answer.cost()).isEqualTo(Cost.of(usd("0.10")));
        assertThat(attributes(TraceEvent.MODEL_CALL_START))
                .hasSize(1)
                .allSatisfy(attributes -> assertThat(attributes)
                        .containsEntry(TraceAttributes.OPERATION, "remove_background")
                        .containsEntry(TraceAttributes.OUTPUT_TYPE, "image")
                        .containsEntry(TraceAttributes.REQUEST_MODEL, "cutter"));
        assertThat(attributes(TraceEvent.ANSWER)).hasSize(1);
        assertThat(artifacts.get(LAMP.sha256())).isPresent();
        assertThat(artifacts.get(answer.result().image().sha256())).isPresent();
    }

    @Test
    @DisplayName("R16: the next service is asked when the first fails")
    void theNextServiceIsAsked() {
        cutter.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
        Gateway gateway = open(builder().addBackgroundRemover(cutter).addBackgroundRemover(other));

        ModelAnswer<BackgroundRemovalResult> answer = cut(gateway, REQUEST);

        assertThat(answer.result().servedBy()).isEqualTo("other");
        assertThat(answer.isFallback()).isTrue();
        assertThat(gateway.health()).containsKeys("pictor.fake/cutter", "pictor.fake/other");
        assertThat(gateway.health())
                .hasEntrySatisfying(
                        "pictor.fake/cutter",
                        health -> assertThat(health.calls()).isEqualTo(1));
    }

    @Test
    void anAnswerIsKeptForTheSamePicture() {
        Gateway gateway = open(builder().addBackgroundRemover(cutter).cache(CacheSettings.ofDefaults()));

        ModelAnswer<BackgroundRemovalResult> first = cut(gateway, REQUEST);
        ModelAnswer<BackgroundRemovalResult> second = cut(gateway, REQUEST);
        cut(
                gateway,
                BackgroundRemovalRequest.builder(FakePicture.of(new PixelSize(32, 16), 7))
                        .build());

        assertThat(second.source()).isEqualTo(AnswerSource.MEMORY_CACHE);
        assertThat(second.result().image()).isEqualTo(first.result().image());
        assertThat(cutter.requests()).hasSize(2);
    }

    @Test
    @DisplayName("R1: what it can cost is held before it is sent")
    void whatItCanCostIsHeld() {
        Gateway gateway = open(builder()
                .addBackgroundRemover(cutter)
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("0.15"))
                        .build()));
        cut(gateway, REQUEST);

        assertThatThrownBy(() -> cut(gateway, REQUEST)).isInstanceOf(BudgetExceededException.class);
        BudgetState state =
                inRun(runner, RunOptions.ofDefaults(), gateway::budgets).get(0);
        assertThat(state.committed()).isEqualTo(usd("0.10"));
        assertThat(cutter.requests()).hasSize(1);
    }

    @Test
    void whatTheServiceSaysThatItChargedCounts() {
        Money quarter = new Money(250_000_000, "credits");
        BackgroundRemovalResult told = BackgroundRemovalResult.builder("cutter", FakePicture.cutOut(LAMP.size()))
                .charged(quarter)
                .build();
        cutter.profile(ModelProfile.builder("cutter", "pictor.fake")
                        .price(GatewayCalls.price("1").toBuilder()
                                .currency("credits")
                                .build())
                        .build())
                .thenReturn(told);
        FakeBackgroundRemover unpriced = FakeBackgroundRemover.create()
                .profile(ModelProfile.builder("unpriced", "pictor.fake").build())
                .thenReturn(told);
        other.thenReturn(told);

        assertThat(cut(open(builder().addBackgroundRemover(cutter)), REQUEST).cost())
                .isEqualTo(Cost.of(quarter));
        assertThat(cut(open(builder().addBackgroundRemover(unpriced)), REQUEST).cost())
                .isEqualTo(Cost.of(quarter));
        assertThat(cut(open(builder().addBackgroundRemover(other)), REQUEST).cost())
                .as("dollars by the price, since nobody knows what a credit is worth")
                .isEqualTo(Cost.of(usd("0.10")));
    }

    @Test
    void aPictureThatIsNotWholeIsNoAnswer() {
        byte[] whole = FakePicture.png(new PixelSize(32, 16), 1, 2, 3, 3_000);
        cutter.thenReturn(ImageBytes.wrap(Arrays.copyOf(whole, 70)));
        Gateway gateway = open(builder().addBackgroundRemover(cutter));

        assertThatThrownBy(() -> cut(gateway, REQUEST)).isInstanceOfSatisfying(ModelException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.UNUSABLE_PICTURE);
            assertThat(failure.billed()).isEqualTo(Billed.BILLED_UNUSABLE);
            assertThat(failure).hasMessageStartingWith("the picture from cutter is no good: ");
        });
    }

    @Test
    void whatIsInACutOutIsNotJudged() {
        cutter.thenReturn(FakePicture.of(new PixelSize(2, 2), 0xFFFFFF)); // blank and tiny
        Gateway gateway = open(builder().addBackgroundRemover(cutter).pictureCheck(PictureCheck.strict()));

        assertThat(cut(gateway, REQUEST).result().image().size()).isEqualTo(new PixelSize(2, 2));
    }

    @Test
    void optionsAreThoseOfTheFirstVendorAndCandidatesHaveTheirOwn() {
        FakeBackgroundRemover foreign = FakeBackgroundRemover.create()
                .profile(ModelProfile.builder("foreign", "acme")
                        .price(GatewayCalls.price("0.10"))
                        .build());
        cutter.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
        Gateway gateway = open(builder()
                .addBackgroundRemover(cutter)
                .addBackgroundRemover(
                        foreign,
                        Candidate.builder(foreign.profile())
                                .putOptions("crop", true)
                                .build()));
        BackgroundRemovalRequest request =
                REQUEST.toBuilder().putOptions("shadow", "soft").build();

        ModelAnswer<BackgroundRemovalResult> answer = cut(gateway, request);

        assertThat(cutter.requests().get(0).options()).containsOnlyKeys("shadow");
        assertThat(foreign.requests().get(0).options()).containsOnlyKeys("crop");
        assertThat(answer.warnings()).extracting(OptionWarning::option).containsExactlyInAnyOrder("crop", "shadow");
        assertThatThrownBy(() -> inRun(
                        runner,
                        RunOptions.ofDefaults(),
                        run -> gateway.removeBackground(
                                run,
                                request,
                                CallOptions.builder().strictOptions(true).build())))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.OPTION_NOT_HONOURED));
    }

    @Test
    void withoutAServiceItSaysSo() {
        Gateway gateway = open(builder());

        assertThat(gateway.canRemoveBackgrounds()).isFalse();
        assertThatThrownBy(() -> cut(gateway, REQUEST))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("no background remover was given to the builder");
    }

    @Test
    void twoServicesOfOneNameAreRefused() {
        GatewayBuilder twice = builder().addBackgroundRemover(cutter).addBackgroundRemover(cutter);

        assertThatIllegalStateException().isThrownBy(twice::build).withMessageContaining("cutter");
    }

    @Test
    void pictorHasTheWholeRoad() {
        try (Pictor pictor = Pictor.builder(FakeImageModel.create())
                .backgroundRemover(cutter)
                .backgroundRemover(other)
                .build()) {
            assertThat(pictor.gateway().canRemoveBackgrounds()).isTrue();
            assertThat(inRun(
                                    pictor.runner(),
                                    RunOptions.ofDefaults(),
                                    run -> pictor.gateway().removeBackground(run, REQUEST))
                            .result()
                            .servedBy())
                    .isEqualTo("cutter");
        }
    }
}
