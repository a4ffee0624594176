package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.inRun;
import static dev.pictor.testkit.GatewayCalls.model;
import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.CostLimitException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.HedgePolicy;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.budget.UnknownPrice;
import dev.pictor.gateway.budget.UnknownPriceException;
import dev.pictor.gateway.price.PriceCatalogue;
import dev.pictor.gateway.price.PricedModel;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.ReasoningRequest;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to money on the road to a model. */
@Timeout(60)
class GatewayMoneyTest {

    private final PipelineRunner runner = PipelineRunner.builder().build();
    private final List<Gateway> gateways = new ArrayList<>();

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        runner.close();
    }

    private Gateway open(dev.pictor.gateway.GatewayBuilder builder) {
        Gateway gateway = builder.pictureCheck(PictureCheck.none()).build();
        gateways.add(gateway);
        return gateway;
    }

    private static Budgets budgets(Budget... rules) {
        var builder = Budgets.builder(MemoryLedger.create());
        Stream.of(rules).forEach(builder::add);
        return builder.build();
    }

    private BudgetState state(Gateway gateway) {
        return inRun(runner, RunOptions.ofDefaults(), gateway::budgets).get(0);
    }

    @Test
    @DisplayName("R1: of 1,000 calls at once for $0.134 each under a cap of $5, exactly 37 are made")
    void neverSpendsMoreThanTheCap() throws Exception {
        FakeImageModel painter = model("painter", "0.134");
        Gateway gateway = open(Gateway.builder(painter).budgets(budgets(Budget.usd("5"))));
        ExecutorService callers = Executors.newFixedThreadPool(50);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> calls = new ArrayList<>();
        try {
            for (int call = 0; call < 1_000; call++) {
                String prompt = "picture " + call;
                calls.add(callers.submit(() -> {
                    start.await();
                    try {
                        draw(runner, gateway, prompt);
                        return true;
                    } catch (BudgetExceededException e) {
                        return false;
                    }
                }));
            }
            start.countDown();
            int made = 0;
            for (Future<Boolean> call : calls) {
                made += call.get() ? 1 : 0;
            }
            assertThat(made).isEqualTo(37);
            assertThat(painter.requests()).hasSize(37);
            assertThat(state(gateway).committed()).isEqualTo(usd("4.958"));
            assertThat(state(gateway).held()).isEqualTo(usd("0"));
        } finally {
            callers.shutdownNow();
        }
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of("not sent", Billed.NOT_SENT, "0", "0"),
                Arguments.of("rejected", Billed.REJECTED, "0", "0"),
                Arguments.of("outcome unknown", Billed.UNKNOWN_OUTCOME, "0.134", "0.134"),
                Arguments.of("billed and useless", Billed.BILLED_UNUSABLE, "0.134", "0.134"));
    }

    @ParameterizedTest(name = "R4: a failure with {0} leaves ${2} charged")
    @MethodSource("outcomes")
    void whatMayHaveBeenChargedStaysCharged(String name, Billed billed, String committed, String unknown) {
        FakeImageModel painter = model("painter", "0.134").thenFail(Reason.UNAVAILABLE, billed);
        Gateway gateway =
                open(Gateway.builder(painter).retry(RetryPolicy.none()).budgets(budgets(Budget.usd("5"))));

        assertThatThrownBy(() -> draw(runner, gateway, "a lamp")).isInstanceOf(ModelException.class);

        assertThat(state(gateway).committed()).isEqualTo(usd(committed));
        assertThat(state(gateway).unknown()).isEqualTo(usd(unknown));
        assertThat(state(gateway).held()).isEqualTo(usd("0"));
    }

    @Test
    @DisplayName("R4: a call that is cancelled after it was sent stays charged")
    void aCancelledCallStaysCharged() throws Exception {
        FakeImageModel painter = model("painter", "0.134").thenStall();
        Gateway gateway = open(Gateway.builder(painter).budgets(budgets(Budget.usd("5"))));
        RunHandle<String> handle = GatewayCalls.start(
                runner,
                RunOptions.ofDefaults(),
                run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
        painter.awaitRequests(1, Duration.ofSeconds(20));

        handle.cancel();

        assertThatThrownBy(() -> GatewayCalls.join(handle)).isInstanceOf(RuntimeException.class);
        assertThat(state(gateway).unknown()).isEqualTo(usd("0.134"));
        assertThat(state(gateway).held()).isEqualTo(usd("0"));
    }

    @Test
    @DisplayName("R4: every attempt holds anew: two with unknown outcome and one that succeeds are charged three times")
    void everyAttemptHoldsAnew() {
        FakeImageModel painter = model("painter", "0.10")
                .thenFail(Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME)
                .thenFail(Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME);
        Gateway gateway = open(Gateway.builder(painter)
                .retry(RetryPolicy.builder()
                        .resendUnknownOutcome(true)
                        .baseDelay(Duration.ZERO)
                        .build())
                .budgets(budgets(Budget.usd("5"))));

        ModelAnswer<ImageResult> answer = draw(runner, gateway, "a lamp");

        assertThat(answer.attempts()).hasSize(3);
        assertThat(state(gateway).committed()).isEqualTo(usd("0.30"));
        assertThat(state(gateway).unknown()).isEqualTo(usd("0.20"));
        assertThat(answer.cost().isComplete()).isFalse();
    }

    @Test
    @DisplayName("R5: under a budget, a model without a price is refused before anything is sent")
    void anUnknownPriceIsRefused() {
        ModelProfile unpriced = ModelProfile.builder("unpriced", "pictor.fake").build();
        FakeImageModel painter = FakeImageModel.create().profile(unpriced);
        Gateway gateway = open(Gateway.builder(painter).budgets(budgets(Budget.usd("5"))));

        assertThatThrownBy(() -> draw(runner, gateway, "a lamp"))
                .isInstanceOf(UnknownPriceException.class)
                .hasMessageContaining("unpriced");
        assertThat(painter.requests()).isEmpty();
    }

    @Test
    @DisplayName("R5: a list that only knows that there is no price does not hide the model's own")
    void aListWithoutRatesHidesNoPrice() throws InterruptedException {
        PriceCatalogue list = new PriceCatalogue() {
            @Override
            public Optional<PricedModel> find(String provider, String modelId) {
                Price unknown = Price.builder("nobody says", LocalDate.EPOCH).build();
                return Optional.of(PricedModel.builder(provider, modelId, PricedModel.Kind.IMAGE, unknown)
                        .build());
            }

            @Override
            public List<PricedModel> models() {
                return List.of();
            }
        };
        Gateway gateway =
                open(Gateway.builder(model("painter", "0.05")).prices(list).budgets(budgets(Budget.usd("1"))));

        assertThat(draw(runner, gateway, "a lamp").cost().amount()).contains(usd("0.05"));
    }

    @Test
    @DisplayName("R5: with a worst case, a model without a price is charged that")
    void anUnknownPriceCountsAsTheWorstCase() {
        ModelProfile unpriced = ModelProfile.builder("unpriced", "pictor.fake").build();
        FakeImageModel painter = FakeImageModel.create().profile(unpriced);
        Gateway gateway = open(Gateway.builder(painter)
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("1"))
                        .unknownPrice(UnknownPrice.assume(usd("0.40")))
                        .build()));

        draw(runner, gateway, "a lamp");
        draw(runner, gateway, "a chair");

        assertThatThrownBy(() -> draw(runner, gateway, "a table")).isInstanceOf(BudgetExceededException.class);
        assertThat(painter.requests()).hasSize(2);
        assertThat(state(gateway).committed()).isEqualTo(usd("0.80"));
    }

    @Test
    void aRefusalTellsTheLimitWhatIsLeftAndWhenItResets() {
        FakeImageModel painter = model("painter", "0.134");
        Gateway gateway = open(Gateway.builder(painter)
                .budgets(budgets(Budget.usd("0.20").perUser().perDay(java.time.ZoneOffset.UTC))));
        RunOptions ada = RunOptions.builder().user("ada").build();
        ImageRequest lamp = ImageRequest.builder("a lamp").build();
        inRun(runner, ada, run -> gateway.generate(run, lamp));

        assertThatThrownBy(() -> inRun(runner, ada, run -> gateway.generate(run, lamp)))
                .isInstanceOfSatisfying(BudgetExceededException.class, refusal -> {
                    assertThat(refusal.limit()).isEqualTo(usd("0.20"));
                    assertThat(refusal.left()).isEqualTo(usd("0.066"));
                    assertThat(refusal.resetsAt()).isPresent();
                });
        inRun(runner, RunOptions.builder().user("ben").build(), run -> gateway.generate(run, lamp));
    }

    @Test
    void nearTheLimitACheaperModelServes() {
        FakeImageModel dear = model("dear", "0.40");
        FakeImageModel cheap = model("cheap", "0.01");
        Gateway gateway = open(Gateway.builder(dear)
                .addImageModel(cheap)
                .router(Routers.cheaperNearLimit(0.5, Routers.staticOrder()))
                .budgets(budgets(Budget.usd("1"))));

        assertThat(draw(runner, gateway, "one").result().servedBy()).isEqualTo("dear");
        assertThat(draw(runner, gateway, "two").result().servedBy()).isEqualTo("dear");
        assertThat(draw(runner, gateway, "three").result().servedBy()).isEqualTo("cheap");
    }

    @Test
    void aCallThatMayCostMoreThanItsCallerAllowsIsNotSent() {
        FakeImageModel painter = model("painter", "0.134");
        Gateway gateway = open(Gateway.builder(painter));
        CallOptions tight = CallOptions.builder().maxCost(usd("0.10")).build();

        assertThatThrownBy(() -> draw(runner, gateway, "a lamp", tight))
                .isInstanceOfSatisfying(
                        CostLimitException.class,
                        refusal -> assertThat(refusal.estimate()).contains(usd("0.134")));
        assertThat(painter.requests()).isEmpty();
    }

    @Test
    void creditsAreAUnitLikeDollars() {
        FakeImageModel painter = FakeImageModel.create()
                .profile(GatewayCalls.profile("painter", "0").toBuilder()
                        .price(GatewayCalls.price("5").toBuilder()
                                .currency("credits")
                                .build())
                        .build());
        Gateway gateway = open(Gateway.builder(painter)
                .budgets(
                        budgets(Budget.of(new Money(12_000_000_000L, "credits")).perTenant())));

        draw(runner, gateway, "one");
        draw(runner, gateway, "two");

        assertThatThrownBy(() -> draw(runner, gateway, "three")).isInstanceOf(BudgetExceededException.class);
    }

    @Test
    @DisplayName("R18: a hedge that wins stops the slow attempt, and both are charged")
    void aHedgeIsHeldForAndChargedToo() {
        FakeImageModel painter = model("painter", "0.10").thenStall();
        Gateway gateway = open(Gateway.builder(painter)
                .hedge(HedgePolicy.upTo(usd("0.10"))
                        .after(Duration.ofMillis(20))
                        .build())
                .budgets(budgets(Budget.usd("5"))));

        ModelAnswer<ImageResult> answer = draw(runner, gateway, "a lamp");

        assertThat(answer.source()).isEqualTo(AnswerSource.MODEL);
        assertThat(painter.requests()).hasSize(2);
        assertThat(answer.attempts()).hasSize(2);
        assertThat(state(gateway).committed()).isEqualTo(usd("0.20"));
        assertThat(state(gateway).unknown()).isEqualTo(usd("0.10"));
        assertThat(state(gateway).held()).isEqualTo(usd("0"));
    }

    @Test
    @DisplayName("R18: a first attempt that answers in time is alone and charged once")
    void aFastAttemptGetsNoHedge() {
        FakeImageModel painter = model("painter", "0.10");
        Gateway gateway = open(Gateway.builder(painter)
                .hedge(HedgePolicy.upTo(usd("0.10"))
                        .after(Duration.ofSeconds(30))
                        .build())
                .budgets(budgets(Budget.usd("5"))));

        draw(runner, gateway, "a lamp");

        assertThat(painter.requests()).hasSize(1);
        assertThat(state(gateway).committed()).isEqualTo(usd("0.10"));
    }

    @Test
    @DisplayName("R18: an expensive call is never hedged")
    void anExpensiveCallIsNotHedged() {
        FakeImageModel painter = model("painter", "0.11").latency(Duration.ofMillis(60));
        Gateway gateway = open(Gateway.builder(painter)
                .hedge(HedgePolicy.upTo(usd("0.10")).after(Duration.ofMillis(1)).build()));

        draw(runner, gateway, "a lamp");

        assertThat(painter.requests()).hasSize(1);
    }

    @Test
    @DisplayName("R18: without a policy nothing is hedged, however slow it is")
    void nothingIsHedgedByDefault() {
        FakeImageModel painter = model("painter", "0.01").latency(Duration.ofMillis(100));
        Gateway gateway = open(Gateway.builder(painter));

        draw(runner, gateway, "a lamp");

        assertThat(painter.requests()).hasSize(1);
    }

    @Test
    void aUselessPictureIsPaidForAndDrawnAnewOnce() {
        ImageBytes blank = FakePicture.of(new dev.pictor.image.PixelSize(64, 64), 0);
        FakeImageModel painter = model("painter", "0.10").thenReturn(blank).thenReturn(blank);
        Gateway gateway = Gateway.builder(painter)
                .pictureCheck(PictureCheck.strict())
                .budgets(budgets(Budget.usd("5")))
                .build();
        gateways.add(gateway);

        assertThatThrownBy(() -> draw(runner, gateway, "a lamp"))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.UNUSABLE_PICTURE));
        assertThat(painter.requests()).hasSize(2);
        assertThat(state(gateway).committed()).isEqualTo(usd("0.20"));
    }

    private static FakeReasoningModel reader(OptionalLong maxInputTokens) {
        return FakeReasoningModel.create()
                .profile(ModelProfile.builder("reader", "acme")
                        .readsPdf(true)
                        .maxInputTokens(maxInputTokens)
                        .price(Price.builder("invented", LocalDate.of(2026, 1, 1))
                                .addRates(
                                        Rate.perMillionTokens(Rate.Modality.TEXT, Rate.Direction.INPUT, "2"),
                                        Rate.perMillionTokens(Rate.Modality.TEXT, Rate.Direction.OUTPUT, "10"))
                                .maxOutputTokens(1_000)
                                .build())
                        .build());
    }

    @CanIgnoreReturnValue
    private ModelAnswer<ReasoningResult> read(Gateway gateway) {
        byte[] pdf = "%PDF-1.7 and so on".getBytes(StandardCharsets.US_ASCII);
        ReasoningRequest request = ReasoningRequest.builder(
                        List.of(new Message(Message.Role.USER, List.of(MessagePart.Pdf.of(pdf)))))
                .build();
        return inRun(runner, RunOptions.ofDefaults(), run -> gateway.reason(run, request));
    }

    @Test
    @DisplayName("R1: a document is held for as all that its model reads at once, and settled as what it was")
    void aDocumentIsHeldForAsAllThatItsModelReads() {
        FakeReasoningModel reader = reader(OptionalLong.of(200_000)); // at most $0.40, and $0.01 to answer
        reader.thenReturn(ReasoningResult.builder("reader", "a lamp")
                .usage(Usage.builder()
                        .inputTextTokens(5_000)
                        .outputTextTokens(100)
                        .build())
                .build());
        Gateway tight = open(
                Gateway.builder(model("painter", "0.10")).reasoningModel(reader).budgets(budgets(Budget.usd("0.40"))));
        Gateway enough = open(
                Gateway.builder(model("painter", "0.10")).reasoningModel(reader).budgets(budgets(Budget.usd("0.41"))));

        assertThatThrownBy(() -> read(tight)).isInstanceOf(BudgetExceededException.class);
        assertThat(reader.requests()).isEmpty();
        read(enough);
        assertThat(state(enough).committed()).isEqualTo(usd("0.011"));
    }

    @Test
    @DisplayName("R5: what a document costs at a model without a limit is unknown")
    void aDocumentAtAModelWithoutALimitHasNoPrice() {
        FakeReasoningModel reader = reader(OptionalLong.empty());
        Gateway gateway = open(
                Gateway.builder(model("painter", "0.10")).reasoningModel(reader).budgets(budgets(Budget.usd("100"))));

        assertThatThrownBy(() -> read(gateway)).isInstanceOf(UnknownPriceException.class);
        assertThat(reader.requests()).isEmpty();
    }
}
