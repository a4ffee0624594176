package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.HedgePolicy;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.BudgetState;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheMode;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.model.CallContext;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Money on the whole road, under every mix of failures, retries, fallbacks, hedges, leavers and callers at once. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayMoneyProperties {

    private static final int CALLERS = 24;
    private static final ModelFailure.Billed[] BILLED = Billed.values();
    private static final Reason[] REASONS = {
        Reason.UNAVAILABLE, Reason.TIMED_OUT, Reason.MALFORMED_ANSWER, Reason.INVALID_REQUEST, Reason.BLOCKED_BY_POLICY
    };

    private PipelineRunner runner = PipelineRunner.builder().build();

    @BeforeAll
    void open() {
        runner.close();
        runner = PipelineRunner.builder().build();
    }

    @AfterAll
    void close() {
        runner.close();
    }

    /** A vendor that knows what it charged for, and what nobody can know. */
    private static final class Vendor implements ImageModelAdapter {

        final AtomicLong known = new AtomicLong();
        final AtomicLong unknown = new AtomicLong();

        private final ModelProfile profile;
        private final long price;
        private final long seed;
        private final FakeImageModel drawing = FakeImageModel.create();
        private final AtomicInteger calls = new AtomicInteger();

        Vendor(String id, String dollars, long seed) {
            this.profile = GatewayCalls.profile(id, dollars);
            this.price = usd(dollars).nanos();
            this.seed = seed;
        }

        @Override
        public ModelProfile profile() {
            return profile;
        }

        @Override
        public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
            Random random = new Random(seed * 1_000 + calls.incrementAndGet());
            boolean settled = false;
            try {
                ImageResult result = answer(request, call, random);
                known.addAndGet(price);
                settled = true;
                return result;
            } catch (ModelException e) {
                settled = true;
                if (e.billed() == Billed.UNKNOWN_OUTCOME || e.billed() == Billed.BILLED_UNUSABLE) {
                    unknown.addAndGet(price);
                }
                throw e;
            } finally {
                if (!settled) {
                    unknown.addAndGet(price);
                }
            }
        }

        private ImageResult answer(ImageRequest request, CallContext call, Random random) throws InterruptedException {
            switch (random.nextInt(8)) {
                case 0, 1 ->
                    throw new ModelException(ModelFailure.builder(
                                    profile.id(),
                                    REASONS[random.nextInt(REASONS.length)],
                                    BILLED[random.nextInt(BILLED.length)],
                                    "invented")
                            .build());
                case 2 -> {
                    CountDownLatch never = new CountDownLatch(1); // until it is stopped
                    never.await();
                }
                case 3 -> throw new IllegalStateException("invented");
                default -> {
                    CountDownLatch never = new CountDownLatch(1);
                    boolean unused = never.await(random.nextInt(3), TimeUnit.MILLISECONDS);
                }
            }
            return drawing.generate(request, call);
        }
    }

    @ParameterizedTest(name = "R1, R3, R4: seed {0}")
    @MethodSource("dev.pictor.testkit.Seeds#hundreds")
    @DisplayName("R1, R3, R4: what is charged is what answers cost and what may have been charged, and nothing is held")
    void nothingIsLostAndNothingLeaks(long seed) throws Exception {
        Random random = new Random(seed);
        Vendor first = new Vendor("first", "0.10", seed);
        Vendor second = new Vendor("second", "0.03", seed + 1);
        Gateway gateway = gateway(random, first, second);
        List<RunHandle<String>> calls = new ArrayList<>();
        try (gateway) {
            for (int caller = 0; caller < CALLERS; caller++) {
                calls.add(call(gateway, random));
            }
            for (RunHandle<String> call : calls) {
                if (random.nextInt(5) == 0) {
                    call.cancel();
                }
            }
            for (RunHandle<String> call : calls) {
                end(call);
            }
        } // what the gateway does on threads of its own is over soon
        Money money = awaitNothingHeld(gateway);

        assertThat(money.committed())
                .as("committed")
                .isEqualTo(first.known.get() + second.known.get() + first.unknown.get() + second.unknown.get());
        assertThat(money.unknown()).as("unknown").isEqualTo(first.unknown.get() + second.unknown.get());
        assertThat(money.committed()).isLessThanOrEqualTo(usd("1").nanos());
    }

    private record Money(long committed, long unknown) {}

    private static Gateway gateway(Random random, Vendor first, Vendor second) {
        GatewayBuilder builder = Gateway.builder(first)
                .addImageModel(second)
                .pictureCheck(PictureCheck.none())
                .breaker(BreakerPolicy.builder()
                        .minimumCalls(1 + random.nextInt(50))
                        .build())
                .retry(RetryPolicy.builder()
                        .baseDelay(Duration.ofMillis(random.nextInt(2)))
                        .resendUnknownOutcome(random.nextBoolean())
                        .attemptLimit(Duration.ofMillis(5 + random.nextInt(20)))
                        .minimumTimeLeft(Duration.ofMillis(1))
                        .build())
                .budgets(Budgets.builder(MemoryLedger.create())
                        .add(Budget.usd("1"))
                        .add(Budget.usd("0.70").perUser())
                        .build());
        if (random.nextBoolean()) {
            builder.cache(CacheSettings.ofDefaults());
        }
        if (random.nextBoolean()) {
            builder.hedge(HedgePolicy.upTo(usd("0.10"))
                    .after(Duration.ofMillis(1 + random.nextInt(5)))
                    .build());
        }
        if (random.nextBoolean()) {
            builder.bulkhead(BulkheadPolicy.builder(1 + random.nextInt(6))
                    .maxWaiting(random.nextInt(20))
                    .build());
        }
        return builder.build();
    }

    private RunHandle<String> call(Gateway gateway, Random random) {
        ImageRequest request =
                ImageRequest.builder("picture " + random.nextInt(6)).build();
        CallOptions options = CallOptions.builder()
                .cacheMode(random.nextInt(4) == 0 ? CacheMode.REFRESH : CacheMode.USE)
                .build();
        RunOptions run = RunOptions.builder()
                .user("user " + random.nextInt(3))
                .deadline(Duration.ofMillis(20 + random.nextInt(200)))
                .build();
        boolean async = random.nextInt(3) == 0;
        return GatewayCalls.start(runner, run, context -> {
            if (!async) {
                return gateway.generate(context, request, options);
            }
            try {
                return gateway.generateAsync(context, request, options).get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception failure ? failure : e;
            }
        });
    }

    private static void end(RunHandle<String> call) {
        try {
            assertThat(GatewayCalls.join(call)).isEqualTo("done");
        } catch (RuntimeException e) {
            assertThat(call.future()).isDone(); // however it ended, the money is what counts here
        }
    }

    /** A caller who leaves does not wait for the thread that makes the call. */
    private Money awaitNothingHeld(Gateway gateway) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            BudgetState all = GatewayCalls.inRun(runner, RunOptions.ofDefaults(), gateway::budgets)
                    .get(0);
            if (all.held().nanos() == 0) {
                return new Money(all.committed().nanos(), all.unknown().nanos());
            }
            assertThat(System.nanoTime()).as("still held: %s", all.held()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
