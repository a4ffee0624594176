package dev.pictor.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.Pictor;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.CostLimitException;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.HedgePolicy;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.alert.Alert;
import dev.pictor.gateway.alert.AlertRules;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetExceededException;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.budget.UnknownPrice;
import dev.pictor.gateway.budget.UnknownPriceException;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RateLimit;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.Candidate;
import dev.pictor.gateway.routing.ComparedCandidate;
import dev.pictor.gateway.routing.Comparison;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.generation.GenerationRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import dev.pictor.testkit.FakeImageModel;
import dev.pictor.testkit.FakeProvider;
import dev.pictor.testkit.Fault;
import dev.pictor.testkit.HttpImageModel;
import dev.pictor.testkit.RecordingTraceSink;
import dev.pictor.testkit.VirtualTime;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code of docs/gateway.md. */
@Timeout(60)
class GatewayGuideTest {

    private static final StageKey<String> CALL = StageKey.of("call", String.class);

    private final RecordingTraceSink sink = RecordingTraceSink.create();
    private final FakeImageModel dear = model("dear", "0.134", 0.9);
    private final FakeImageModel cheap = model("cheap", "0.02", 0.6);

    private static FakeImageModel model(String id, String dollars, double quality) {
        ModelProfile profile = FakeImageModel.create().profile().toBuilder()
                .id(id)
                .quality(quality)
                .price(Price.builder("invented", LocalDate.of(2026, 1, 1))
                        .addRates(Rate.perImage(dollars))
                        .build())
                .build();
        return FakeImageModel.create().profile(profile);
    }

    @FunctionalInterface
    private interface Work {
        String in(RunContext run) throws InterruptedException;
    }

    private static String inRun(Pictor pictor, Work work) {
        return inRun(pictor, RunOptions.ofDefaults(), work);
    }

    private static String inRun(Pictor pictor, RunOptions options, Work work) {
        return pictor.runner()
                .run(
                        Pipeline.named("calls", String.class)
                                .stage(CALL, (run, input) -> work.in(run))
                                .returning(CALL),
                        "input",
                        options)
                .value();
    }

    private static ModelAnswer<ImageResult> draw(Gateway gateway, RunContext run, String prompt)
            throws InterruptedException {
        return gateway.generate(run, ImageRequest.builder(prompt).build());
    }

    private Pictor open(Consumer<dev.pictor.gateway.GatewayBuilder> settings) {
        return Pictor.builder(dear).traceSink(sink).gateway(settings).build();
    }

    @Test
    void setUp() {
        dear.thenFail(Reason.UNAVAILABLE, Billed.REJECTED).thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
        FakeImageModel first = dear;
        FakeImageModel second = cheap;
        // @start region="set-up"
        Pictor pictor = Pictor.builder(first)
                .gateway(gateway -> gateway.addImageModel(
                                second,
                                Candidate.builder(second.profile())
                                        .putOptions("quality", "low")
                                        .attemptLimit(Duration.ofSeconds(20))
                                        .build())
                        .retry(RetryPolicy.builder()
                                .maxAttempts(2)
                                .baseDelay(Duration.ofMillis(200))
                                .attemptLimit(Duration.ofSeconds(30))
                                .build())
                        .breaker(BreakerPolicy.builder()
                                .failureRate(0.5)
                                .openFor(Duration.ofSeconds(30))
                                .build())
                        .bulkhead(BulkheadPolicy.builder(8)
                                .maxWaiting(20)
                                .maxWait(Duration.ofSeconds(5))
                                .build())
                        .rateLimit(RateLimit.builder(60, Duration.ofMinutes(1)).build()))
                .build();
        // @end
        try (pictor) {
            assertThat(pictor.images().generate("a brass lamp").model()).isEqualTo("cheap");
        }
        assertThat(first.requests()).hasSize(2);
        assertThat(second.requests().get(0).options()).isEqualTo(Map.of("quality", "low"));
    }

    @Test
    void answer() {
        try (Pictor pictor = open(gateway -> {})) {
            String said = inRun(pictor, run -> {
                // @start region="answer"
                ModelAnswer<ImageResult> answer = pictor.gateway()
                        .generate(run, ImageRequest.builder("a brass lamp").build());
                String told = answer.result().servedBy() + " (" + answer.source() + ") after "
                        + answer.attempts().size() + " attempts for " + answer.cost();
                // @end
                return told;
            });
            assertThat(said).isEqualTo("dear (MODEL) after 1 attempts for $0.134");
        }
        TraceEvent told = sink.events().stream()
                .filter(event -> event.type().equals(TraceEvent.ANSWER))
                .findFirst()
                .orElseThrow();
        assertThat(told.attributes())
                .containsEntry(TraceAttributes.RESPONSE_MODEL, "dear")
                .containsEntry(TraceAttributes.ANSWER_SOURCE, "MODEL")
                .containsKey(TraceAttributes.OVERHEAD_MICROS);
    }

    @Test
    void routing() {
        // @start region="routing"
        Money limit = Budget.usd("0.10").limit();
        try (Pictor pictor = Pictor.builder(dear)
                .gateway(gateway -> gateway.addImageModel(cheap).router(Routers.bestQualityWithin(limit)))
                .build()) {
            // @end
            String table = inRun(pictor, run -> {
                // @start region="compare"
                Comparison comparison = pictor.gateway()
                        .compare(run, ImageRequest.builder("a brass lamp").build(), CallOptions.ofDefaults());
                List<String> lines = new ArrayList<>();
                for (ComparedCandidate line : comparison.candidates()) {
                    lines.add(line.candidate().id() + ": " + line.estimate().orElseThrow() + ", "
                            + line.health().state() + ", " + line.reason());
                }
                // @end
                return String.join("\n", lines);
            });
            assertThat(table).startsWith("pictor.fake/cheap: $0.02").contains("pictor.fake/dear: $0.134");
            assertThat(inRun(
                            pictor,
                            run -> draw(pictor.gateway(), run, "a brass lamp")
                                    .result()
                                    .servedBy()))
                    .isEqualTo("cheap");
        }
    }

    @Test
    void budgets() {
        // @start region="budgets"
        ZoneId zone = ZoneId.of("Europe/Berlin");
        Budgets budgets = Budgets.builder(MemoryLedger.create())
                .add(Budget.usd("500").perMonth(zone))
                .add(Budget.usd("0.20").perUser().perDay(zone))
                .add(Budget.of(new Money(50_000_000_000L, "credits")).perTenant()) // 50: money is in billionths
                .unknownPrice(UnknownPrice.assume(Budget.usd("0.25").limit()))
                .warnAt(0.8)
                .build();
        // @end
        RunOptions ada = RunOptions.builder().user("ada").build();
        try (Pictor pictor = open(gateway -> gateway.budgets(budgets))) {
            assertThat(inRun(
                            pictor,
                            ada,
                            run -> draw(pictor.gateway(), run, "a brass lamp")
                                    .cost()
                                    .toString()))
                    .isEqualTo("$0.134");
            String said = inRun(pictor, ada, run -> {
                String told;
                // @start region="over-budget"
                try {
                    ModelAnswer<ImageResult> answer = pictor.gateway()
                            .generate(run, ImageRequest.builder("a silver lamp").build());
                    told = "drawn for " + answer.cost();
                } catch (BudgetExceededException e) {
                    told = e.left() + " is left of " + e.budget() + ", until " + e.resetsAt();
                } catch (UnknownPriceException e) {
                    told = e.getMessage();
                }
                // @end
                return told;
            });
            assertThat(said).startsWith("$0.066 is left of $0.2 per user and day (Europe/Berlin), until Optional[");
        }
        assertThat(dear.requests()).hasSize(1);
    }

    @Test
    void cache() {
        // @start region="cache"
        CacheSettings settings = CacheSettings.builder()
                .maxBytes(256L << 20)
                .timeToLive(Duration.ofHours(12))
                .build();
        CallOptions anew = CallOptions.builder().cacheMode(CacheMode.REFRESH).build();
        // @end
        try (Pictor pictor = open(gateway -> gateway.cache(settings))) {
            String sources = inRun(pictor, run -> {
                ImageRequest lamp = ImageRequest.builder("a brass lamp").build();
                return draw(pictor.gateway(), run, "a brass lamp").source() + " "
                        + draw(pictor.gateway(), run, "a brass lamp").source() + " "
                        + pictor.gateway().generate(run, lamp, anew).source();
            });
            assertThat(sources).isEqualTo("MODEL MEMORY_CACHE MODEL");
        }
    }

    @Test
    void meaning() {
        // @start region="semantic"
        try (Pictor pictor = Pictor.builder(dear)
                .gateway(gateway -> gateway.cache(CacheSettings.ofDefaults())
                        .semantic(SemanticSettings.builder().build()))
                .build()) {
            // @end
            String said = inRun(pictor, run -> {
                String first = draw(pictor.gateway(), run, "a red chair in a bright room")
                        .result()
                        .servedBy();
                ModelAnswer<ImageResult> same = draw(pictor.gateway(), run, "A red chair in a bright room!");
                ModelAnswer<ImageResult> other = draw(pictor.gateway(), run, "a blue chair in a bright room");
                return first + " " + same.source() + " " + other.source();
            });
            assertThat(said).isEqualTo("dear SEMANTIC_CACHE MODEL");
        }
    }

    @Test
    void lastResort() {
        try (Pictor pictor = open(gateway -> gateway.retry(RetryPolicy.none())
                .cache(CacheSettings.ofDefaults())
                .semantic(SemanticSettings.builder().build()))) {
            String said = inRun(pictor, run -> {
                String first = draw(pictor.gateway(), run, "a brass lamp on a walnut desk")
                        .result()
                        .servedBy();
                dear.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
                // @start region="last-resort"
                CallOptions anything = CallOptions.builder().lastResort(true).build();
                ModelAnswer<ImageResult> answer = pictor.gateway()
                        .generate(
                                run,
                                ImageRequest.builder("a silver lamp on an oak desk")
                                        .build(),
                                anything);
                if (answer.source() == AnswerSource.LAST_RESORT) {
                    first = "not drawn for this prompt, but for: "
                            + answer.originalPrompt().orElseThrow();
                }
                // @end
                return first;
            });
            assertThat(said).isEqualTo("not drawn for this prompt, but for: a brass lamp on a walnut desk");
        }
    }

    @Test
    void hedging() {
        dear.thenStall();
        // @start region="hedge"
        HedgePolicy hedge = HedgePolicy.upTo(Budget.usd("0.15").limit())
                .after(Duration.ofMillis(50))
                .build();
        // @end
        try (Pictor pictor = open(gateway -> gateway.hedge(hedge))) {
            assertThat(inRun(
                            pictor,
                            run -> draw(pictor.gateway(), run, "a brass lamp")
                                    .cost()
                                    .toString()))
                    .isEqualTo("at least $0.134");
        }
        assertThat(dear.requests()).hasSize(2);
    }

    @Test
    void pictureCheck() {
        // @start region="picture-check"
        PictureCheck strict = PictureCheck.strict();
        PictureCheck exact = PictureCheck.builder().exactSize(true).redraws(2).build();
        // @end
        assertThat(strict.structure()).isPresent();
        assertThat(exact.exactSize()).isTrue();
    }

    @Test
    void alerts() {
        List<String> heard = new ArrayList<>();
        // @start region="alerts"
        AlertRules rules = AlertRules.builder()
                .errorRate(0.05)
                .latencyP95(Duration.ofSeconds(20))
                .minCalls(20)
                .build();
        try (Pictor pictor = Pictor.builder(dear)
                .gateway(gateway -> gateway.retry(RetryPolicy.none())
                        .breaker(BreakerPolicy.none())
                        .alerts(rules, alert -> heard.add(alert.kind() + " " + alert.state())))
                .build()) {
            // @end
            String said = inRun(pictor, run -> {
                for (int call = 0; call < 20; call++) {
                    dear.thenFail(Reason.UNAVAILABLE, Billed.REJECTED);
                    assertThatThrownBy(() -> draw(pictor.gateway(), run, "a brass lamp"))
                            .isInstanceOf(ModelException.class);
                }
                return pictor.gateway().alerts().get(0).kind().name();
            });
            assertThat(said).isEqualTo(Alert.Kind.ERROR_RATE.name());
        }
        assertThat(heard).containsExactly("ERROR_RATE RAISED");
    }

    @Test
    void options() {
        try (Pictor pictor = open(gateway -> gateway.addImageModel(cheap))) {
            String said = inRun(pictor, run -> {
                // @start region="options"
                CallOptions options = CallOptions.builder()
                        .forceModel("cheap")
                        .maxCost(Budget.usd("0.05").limit())
                        .shortenPrompt(true)
                        .build();
                String served = pictor.gateway()
                        .generate(run, ImageRequest.builder("a brass lamp").build(), options)
                        .result()
                        .servedBy();
                // @end
                return served;
            });
            assertThat(said).isEqualTo("cheap");
        }
        assertThat(dear.requests()).isEmpty();
    }

    @Test
    void refusals() {
        CallOptions tight =
                CallOptions.builder().maxCost(Budget.usd("0.05").limit()).build();
        try (Pictor pictor = open(gateway -> {})) {
            String said = inRun(pictor, run -> {
                ImageRequest request = ImageRequest.builder("a brass lamp").build();
                String told = "";
                // @start region="refusals"
                try {
                    told = pictor.gateway()
                            .generate(run, request, tight)
                            .result()
                            .servedBy();
                } catch (GatewayRefusedException e) { // Pictor's own: nothing was sent
                    told = e.reason() + ", come back in " + e.retryAfter();
                } catch (BudgetExceededException | UnknownPriceException | CostLimitException e) { // nothing was sent
                    told = e.getMessage();
                } catch (ModelException e) { // what the model or its vendor said
                    told = e.reason() + ", charged: " + e.billed();
                }
                // @end
                return told;
            });
            assertThat(said).isEqualTo("dear may cost $0.134, and the call's limit is $0.05");
        }
    }

    @Test
    void testing() throws Exception {
        // @start region="testing"
        VirtualTime time = VirtualTime.create();
        try (FakeProvider vendor = FakeProvider.start();
                HttpImageModel model = HttpImageModel.to(vendor.uri());
                Pictor pictor = Pictor.builder(model).time(time).build()) {
            vendor.enqueue(Fault.rateLimited(Duration.ofSeconds(3)));
            RunHandle<GeneratedImages> run = pictor.images()
                    .generateAsync(GenerationRequest.builder("a brass lamp").build(), RunOptions.ofDefaults());

            time.awaitPending(2, Duration.ofSeconds(10)); // the run's deadline, and the wait that the vendor asked for
            time.advance(Duration.ofSeconds(4));

            assertThat(run.await(Duration.ofSeconds(10)).value().images()).hasSize(1);
            assertThat(vendor.requests()).isEqualTo(2);
        }
        // @end
    }
}
