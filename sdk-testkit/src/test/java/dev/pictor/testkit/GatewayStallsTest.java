package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.model;
import static dev.pictor.testkit.GatewayCalls.start;
import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.HedgePolicy;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.semantic.SemanticSettings;
import dev.pictor.model.CallContext;
import dev.pictor.model.Cost;
import dev.pictor.model.EmbeddingModelAdapter;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model or a part of the gateway that does not answer costs. */
@Timeout(60)
class GatewayStallsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final VirtualTime time = VirtualTime.create();
    private final PipelineRunner virtual = PipelineRunner.builder().time(time).build();
    private final List<Gateway> gateways = new ArrayList<>();

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        virtual.close();
        time.close();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.pictureCheck(PictureCheck.none()).time(time).build();
        gateways.add(gateway);
        return gateway;
    }

    @Nested
    @DisplayName("R14: a stall that only the run's deadline ends")
    class Deadlines {

        private final FakeImageModel painter = model("painter", "0.10");

        private GatewayBuilder gateway() {
            return Gateway.builder(painter)
                    .breaker(BreakerPolicy.builder().minimumCalls(2).build());
        }

        private void stall(Gateway gateway, Duration deadline, boolean cancel) throws Exception {
            int before = painter.requests().size();
            painter.thenStall();
            RunHandle<String> handle = start(
                    virtual,
                    RunOptions.builder().deadline(deadline).build(),
                    run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
            painter.awaitRequests(before + 1, LONG);
            if (cancel) {
                handle.cancel();
            } else {
                time.advance(deadline);
            }
            assertThatThrownBy(() -> GatewayCalls.join(handle)).isInstanceOf(RuntimeException.class);
        }

        @ParameterizedTest(name = "R14: a stall counts, with a cache: {0}")
        @ValueSource(booleans = {false, true})
        void countsAsTheVendorsFault(boolean cached) throws Exception {
            Gateway gateway = open(cached ? gateway().cache(CacheSettings.ofDefaults()) : gateway());

            stall(gateway, Duration.ofSeconds(2), false);
            stall(gateway, Duration.ofSeconds(2), false);

            assertThatThrownBy(() -> draw(virtual, gateway, "a lamp"))
                    .isInstanceOfSatisfying(
                            GatewayRefusedException.class,
                            refusal -> assertThat(refusal.reason())
                                    .isEqualTo(GatewayRefusedException.Reason.BREAKER_OPEN));
            assertThat(gateway.health().values())
                    .singleElement()
                    .satisfies(health -> assertThat(health.failures()).isEqualTo(2));
        }

        @Test
        @DisplayName("R14: in too little time no model is to blame")
        void aShortDeadlineIsIgnored() throws Exception {
            Gateway gateway = open(gateway());

            stall(gateway, Duration.ofMillis(500), false);
            stall(gateway, Duration.ofMillis(500), false);

            draw(virtual, gateway, "a lamp");
            assertThat(gateway.health().values())
                    .singleElement()
                    .satisfies(health -> assertThat(health.failures()).isZero());
        }

        @Test
        @DisplayName("R14: who cancels says nothing of the model")
        void aCancelledCallIsIgnored() throws Exception {
            Gateway gateway = open(gateway());

            stall(gateway, Duration.ofSeconds(20), true);
            stall(gateway, Duration.ofSeconds(20), true);

            draw(virtual, gateway, "a lamp");
            assertThat(gateway.health().values())
                    .singleElement()
                    .satisfies(health -> assertThat(health.failures()).isZero());
        }
    }

    @Nested
    @DisplayName("R21: a model for vectors costs a look-up and never a call")
    class Vectors {

        private final FakeImageModel painter = model("painter", "0.10");
        private final CountDownLatch asked = new CountDownLatch(1);

        private GatewayBuilder gateway(EmbeddingModelAdapter vectors) {
            return Gateway.builder(painter)
                    .embeddingModel(vectors)
                    .cache(CacheSettings.ofDefaults())
                    .semantic(SemanticSettings.builder().build());
        }

        private EmbeddingModelAdapter vectors(ModelProfile profile, boolean stalls) {
            FakeEmbeddingModel fake = FakeEmbeddingModel.create();
            return new EmbeddingModelAdapter() {
                @Override
                public ModelProfile profile() {
                    return profile;
                }

                @Override
                public EmbeddingResult embed(EmbeddingRequest request, CallContext call) throws InterruptedException {
                    asked.countDown();
                    if (stalls) {
                        new CountDownLatch(1).await();
                    }
                    return fake.embed(request, call);
                }
            };
        }

        @Test
        @DisplayName("R21: a model for vectors that stalls takes a quarter of the time at most")
        void aStallCostsALookUp() throws Exception {
            Gateway gateway =
                    open(gateway(vectors(ModelProfile.builder("vectors", "x").build(), true)));
            AtomicReference<ModelAnswer<ImageResult>> answer = new AtomicReference<>();
            RunHandle<String> handle = start(
                    virtual,
                    RunOptions.builder().deadline(Duration.ofSeconds(4)).build(),
                    run -> {
                        answer.set(gateway.generate(
                                run, ImageRequest.builder("a lamp").build()));
                        return "";
                    });
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            time.advance(Duration.ofSeconds(1));

            GatewayCalls.join(handle);

            assertThat(painter.requests()).hasSize(1);
            assertThat(answer.get().overhead()).isLessThan(Duration.ofSeconds(1));
        }

        @Test
        @DisplayName("R21: what a vector costs is in the answer")
        void whatAVectorCostsIsInTheAnswer() {
            Price price = Price.builder("invented", LocalDate.of(2026, 1, 1))
                    .addRates(Rate.builder(
                                    Rate.Unit.REQUEST, Rate.Modality.ANY, Rate.Direction.OUTPUT, new BigDecimal("0.03"))
                            .build())
                    .build();
            ModelProfile profile =
                    ModelProfile.builder("vectors", "x").price(price).build();
            Gateway gateway = open(gateway(vectors(profile, false)));

            assertThat(draw(virtual, gateway, "a lamp").cost()).isEqualTo(Cost.of(usd("0.13")));
        }
    }

    @Nested
    @DisplayName("R9: no attempt begins with less time than it needs")
    class TooLittleTime {

        private final CountDownLatch release = new CountDownLatch(1);
        private final FakeImageModel painter = model("painter", "0.10");

        private GatewayBuilder gateway() {
            ImageModelAdapter waiting = new ImageModelAdapter() {
                @Override
                public ModelProfile profile() {
                    return painter.profile();
                }

                @Override
                public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
                    ImageResult result = painter.generate(request, call);
                    release.await();
                    return result;
                }
            };
            return Gateway.builder(waiting)
                    .bulkhead(BulkheadPolicy.builder(1).build())
                    .retry(RetryPolicy.builder()
                            .minimumTimeLeft(Duration.ofMillis(500))
                            .build());
        }

        private RunHandle<String> ask(Gateway gateway, Duration deadline) {
            return start(
                    virtual,
                    RunOptions.builder().deadline(deadline).build(),
                    run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
        }

        private void assertTooLittleTime(RunHandle<String> handle) {
            assertThatThrownBy(() -> GatewayCalls.join(handle))
                    .isInstanceOfSatisfying(
                            GatewayRefusedException.class,
                            refusal -> assertThat(refusal.reason())
                                    .isEqualTo(GatewayRefusedException.Reason.TOO_LITTLE_TIME));
        }

        @Test
        @DisplayName("R9: a call whose time was taken by a queue is not sent, and gives its place back")
        void aQueueMayTakeTheTime() throws Exception {
            Gateway gateway = open(gateway());
            RunHandle<String> first = ask(gateway, Duration.ofMinutes(1));
            painter.awaitRequests(1, LONG);
            RunHandle<String> second = ask(gateway, Duration.ofSeconds(1));
            time.awaitPending(3, LONG); // two deadlines and the wait for a place
            time.advance(Duration.ofMillis(600));

            release.countDown();

            assertTooLittleTime(second);
            GatewayCalls.join(first);
            assertThat(painter.requests()).hasSize(1);
            draw(virtual, gateway, "a lamp"); // there is a place
        }

        @Test
        @DisplayName("R9: the first attempt too needs enough time")
        void theFirstAttemptNeedsTimeToo() {
            assertTooLittleTime(ask(open(gateway()), Duration.ofMillis(400)));
            assertThat(painter.requests()).isEmpty();
        }
    }

    @Test
    @DisplayName("R18: an attempt that takes no notice of being stopped delays no answer and stays charged")
    void aLoserThatTakesNoNotice() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        FakeImageModel painter = model("painter", "0.10");
        ImageModelAdapter deaf = new ImageModelAdapter() {
            @Override
            public ModelProfile profile() {
                return painter.profile();
            }

            @Override
            public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
                if (attempts.getAndIncrement() == 0) {
                    awaitWhatever(release);
                    ended.countDown();
                }
                return painter.generate(request, call);
            }
        };
        Gateway gateway = open(Gateway.builder(deaf)
                .budgets(Budgets.builder(MemoryLedger.create(time))
                        .add(Budget.usd("1"))
                        .build())
                .hedge(HedgePolicy.upTo(usd("1")).after(Duration.ofMillis(50)).build()));
        AtomicReference<ModelAnswer<ImageResult>> answer = new AtomicReference<>();
        AtomicReference<List<BudgetState>> books = new AtomicReference<>();
        RunHandle<String> handle = start(virtual, RunOptions.ofDefaults(), run -> {
            answer.set(gateway.generate(run, ImageRequest.builder("a lamp").build()));
            books.set(gateway.budgets(run));
            return "";
        });
        time.awaitPending(3, LONG); // the deadlines of the run and of the attempt, and the hedge
        time.advance(Duration.ofMillis(50));

        GatewayCalls.join(handle);

        assertThat(ended.getCount()).isEqualTo(1); // the loser is still at it
        assertThat(answer.get().attempts()).hasSize(2);
        assertThat(answer.get().cost().isComplete()).isFalse();
        BudgetState book = books.get().get(0);
        assertThat(book.left()).isEqualTo(usd("0.80")); // one is paid for, one is held
        release.countDown();
    }

    private static void awaitWhatever(CountDownLatch release) {
        boolean interrupted = true;
        while (interrupted) {
            try {
                release.await();
                interrupted = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
