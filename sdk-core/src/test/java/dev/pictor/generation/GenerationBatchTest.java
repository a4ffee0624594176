package dev.pictor.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.Pictor;
import dev.pictor.error.PictorException;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.image.Pictures;
import dev.pictor.model.CallContext;
import dev.pictor.model.Cost;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.model.Usage;
import dev.pictor.pipeline.RunCancelledException;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.MemoryRunStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GenerationBatchTest {

    /** Draws at 10 cents a picture what names no trouble. */
    private static final class Easel implements ImageModelAdapter {

        final Queue<String> prompts = new ConcurrentLinkedQueue<>();
        final AtomicInteger atWork = new AtomicInteger();
        final AtomicInteger mostAtWork = new AtomicInteger();
        final CountDownLatch stalled = new CountDownLatch(1);
        volatile CountDownLatch together = new CountDownLatch(0);

        @Override
        public ModelProfile profile() {
            return ModelProfile.builder("easel", "stub")
                    .price(Price.builder("made up", LocalDate.EPOCH)
                            .addRates(Rate.perImage("0.10"))
                            .build())
                    .build();
        }

        @Override
        public ImageResult generate(ImageRequest request, CallContext call) throws InterruptedException {
            prompts.add(request.prompt());
            mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            try {
                together.countDown();
                if (!together.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("fewer at once than expected");
                }
                trouble(request.prompt());
                return ImageResult.builder("easel-1", List.of(Pictures.png(8, 8)))
                        .usage(Usage.builder().images(1).build())
                        .build();
            } finally {
                atWork.decrementAndGet();
            }
        }

        private void trouble(String prompt) throws InterruptedException {
            if (prompt.contains("forbidden")) {
                throw new ModelException(ModelFailure.builder(
                                "easel",
                                ModelFailure.Reason.BLOCKED_BY_POLICY,
                                ModelFailure.Billed.REJECTED,
                                "easel does not draw that")
                        .build());
            }
            if (prompt.contains("unanswered")) {
                throw new ModelException(ModelFailure.builder(
                                "easel",
                                ModelFailure.Reason.TIMED_OUT,
                                ModelFailure.Billed.UNKNOWN_OUTCOME,
                                "easel did not answer")
                        .build());
            }
            if (prompt.contains("broken")) {
                throw new AssertionError("the easel broke");
            }
            if (prompt.contains("endless")) {
                stalled.countDown();
                new CountDownLatch(1).await();
            }
        }
    }

    private final Easel easel = new Easel();
    private final MemoryRunStore store = new MemoryRunStore();
    private final Pictor pictor = Pictor.builder(easel)
            .reasoningModel(StubModels.Reader.ART)
            .store(store)
            .build();

    @AfterEach
    void close() {
        pictor.close();
    }

    private static List<GenerationRequest> requests(String... prompts) {
        return Stream.of(prompts)
                .map(prompt -> GenerationRequest.builder("impressionist garden, " + prompt)
                        .build())
                .toList();
    }

    private static List<GenerationRequest> requests(int count) {
        return requests(IntStream.range(0, count).mapToObj(i -> "number " + i).toArray(String[]::new));
    }

    private static GenerationBatchOptionsBuilder oneByOne() {
        return GenerationBatchOptions.builder().concurrency(1);
    }

    @Test
    void givesALineForEachRequestInTheirOrder() {
        List<GenerationRequest> requests = requests(6);

        GenerationBatch batch = pictor.images().generateAll(requests, GenerationBatchOptions.ofDefaults());

        assertThat(batch.lines()).extracting(GenerationLine::request).containsExactlyElementsOf(requests);
        assertThat(batch.count(LineOutcome.SUCCEEDED)).isEqualTo(6);
        assertThat(batch.images()).hasSize(6);
        assertThat(batch.cost().amount()).contains(Money.usd(600_000_000));
        assertThat(batch.cost().isComplete()).isTrue();
        assertThat(batch.lines()).allSatisfy(line -> {
            GeneratedImages images = line.images().orElseThrow();
            assertThat(images.enhancedPrompt()).startsWith(line.request().prompt());
            assertThat(store.find(images.runId())).isPresent();
            assertThat(line.duration()).isPresent();
            assertThat(line.reason()).isEmpty();
        });
        assertThat(easel.prompts).hasSize(6);
    }

    @Test
    void hasNoLinesForNoRequests() {
        assertThat(pictor.images()
                        .generateAll(List.of(), GenerationBatchOptions.ofDefaults())
                        .lines())
                .isEmpty();
    }

    @Test
    void hasAsManyAtOnceAsItMayAndNoMore() {
        easel.together = new CountDownLatch(3);

        GenerationBatch batch = pictor.images()
                .generateAll(
                        requests(9),
                        GenerationBatchOptions.builder().concurrency(3).build());

        assertThat(batch.count(LineOutcome.SUCCEEDED)).isEqualTo(9);
        assertThat(easel.mostAtWork).hasValue(3);
    }

    @Nested
    class WhenOneFails {

        @Test
        void theOthersGoOn() {
            GenerationBatch batch = pictor.images()
                    .generateAll(requests("a", "forbidden", "c"), oneByOne().build());

            assertThat(batch.lines())
                    .extracting(GenerationLine::outcome)
                    .containsExactly(LineOutcome.SUCCEEDED, LineOutcome.FAILED, LineOutcome.SUCCEEDED);
            GenerationLine failed = batch.lines().get(1);
            PictorException failure = failed.failure().orElseThrow();
            assertThat(failure).isInstanceOf(ModelException.class);
            assertThat(failure.stage()).contains("generate");
            assertThat(failed.reason().orElseThrow()).contains("easel does not draw that");
            assertThat(failed.images()).isEmpty();
            assertThat(batch.cost().amount()).contains(Money.usd(200_000_000));
            assertThat(batch.cost().isComplete()).isFalse();
            assertThat(easel.prompts).hasSize(3);
        }

        @Test
        void noMoreAreStartedIfSoAskedFor() {
            GenerationBatch batch = pictor.images()
                    .generateAll(
                            requests("a", "forbidden", "c", "d"),
                            oneByOne().stopOnFailure(true).build());

            assertThat(batch.lines())
                    .extracting(GenerationLine::outcome)
                    .containsExactly(
                            LineOutcome.SUCCEEDED,
                            LineOutcome.FAILED,
                            LineOutcome.NOT_STARTED,
                            LineOutcome.NOT_STARTED);
            assertThat(batch.lines().get(3).reason()).contains("an earlier request failed");
            assertThat(easel.prompts).hasSize(2);
        }

        @Test
        void theOthersKeepTheirPicturesWhateverItThrows() {
            AtomicInteger admitted = new AtomicInteger();
            try (Pictor limited = Pictor.builder(easel)
                    .reasoningModel(StubModels.Reader.ART)
                    .limiter(options -> {
                        if (admitted.incrementAndGet() == 3) {
                            throw new IllegalStateException("the counter is gone");
                        }
                    })
                    .build()) {
                GenerationBatch batch =
                        limited.images().generateAll(requests(4), oneByOne().build());

                assertThat(batch.lines())
                        .extracting(GenerationLine::outcome)
                        .containsExactly(
                                LineOutcome.SUCCEEDED,
                                LineOutcome.SUCCEEDED,
                                LineOutcome.FAILED,
                                LineOutcome.SUCCEEDED);
                assertThat(batch.lines().get(2).reason()).contains("java.lang.IllegalStateException");
                assertThat(batch.lines().get(2).failure()).isEmpty();
                assertThat(easel.prompts).hasSize(3);
            }
        }

        @Test
        void anErrorStopsAll() {
            assertThatThrownBy(() -> pictor.images()
                            .generateAll(
                                    requests("broken", "b", "c"), oneByOne().build()))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("the easel broke");
            assertThat(easel.prompts).hasSize(1);
        }
    }

    @Nested
    class WithALimitOfCost {

        @Test
        void startsNoMoreThanItAllowsByWhatTheFirstCost() {
            GenerationBatch batch = pictor.images()
                    .generateAll(
                            requests(5),
                            GenerationBatchOptions.builder()
                                    .maxCost(Money.usd(350_000_000))
                                    .build());

            assertThat(batch.count(LineOutcome.SUCCEEDED)).isEqualTo(3);
            assertThat(batch.lines().get(0).outcome()).isEqualTo(LineOutcome.SUCCEEDED);
            assertThat(batch.count(LineOutcome.NOT_STARTED)).isEqualTo(2);
            assertThat(batch.lines())
                    .filteredOn(line -> line.outcome() == LineOutcome.NOT_STARTED)
                    .allSatisfy(line ->
                            assertThat(line.reason()).contains("one more run might cost more than maxCost allows"));
            assertThat(easel.prompts).hasSize(3);
        }

        @Test
        void goesOneByOneUntilItKnowsACost() {
            GenerationBatch batch = pictor.images()
                    .generateAll(
                            requests("forbidden", "forbidden", "c"),
                            GenerationBatchOptions.builder()
                                    .maxCost(Money.usd(350_000_000))
                                    .build());

            assertThat(batch.count(LineOutcome.FAILED)).isEqualTo(2);
            assertThat(easel.mostAtWork).hasValue(1);
        }

        @Test
        void learnsNothingFromWhatACacheGives() {
            try (Pictor caching = Pictor.builder(easel)
                    .reasoningModel(StubModels.Reader.ART)
                    .gateway(gateway -> gateway.cache(CacheSettings.ofDefaults()))
                    .build()) {
                List<GenerationRequest> requests = requests(17);
                GeneratedImages before = caching.images().generate(requests.get(0));

                GenerationBatch batch = caching.images()
                        .generateAll(
                                requests,
                                GenerationBatchOptions.builder()
                                        .concurrency(16)
                                        .maxCost(Money.usd(200_000_000))
                                        .build());

                assertThat(batch.images().get(0).first()).isEqualTo(before.first());
                assertThat(batch.count(LineOutcome.SUCCEEDED)).isEqualTo(3);
                assertThat(batch.count(LineOutcome.NOT_STARTED)).isEqualTo(14);
                assertThat(batch.cost()).isEqualTo(Cost.of(Money.usd(200_000_000)));
                assertThat(easel.prompts).hasSize(3);
            }
        }

        @Test
        void countsWhatMayHaveBeenChargedAsItWasExpected() {
            GenerationBatch batch = pictor.images()
                    .generateAll(
                            requests(IntStream.range(0, 10)
                                    .mapToObj(i -> "unanswered " + i)
                                    .toArray(String[]::new)),
                            GenerationBatchOptions.builder()
                                    .maxCost(Money.usd(200_000_000))
                                    .expectedCost(Money.usd(100_000_000))
                                    .build());

            assertThat(batch.count(LineOutcome.FAILED)).isEqualTo(2);
            assertThat(batch.count(LineOutcome.NOT_STARTED)).isEqualTo(8);
            assertThat(easel.prompts).hasSize(2);
        }

        @Test
        void startsNoMoreWhereSomethingMayHaveBeenChargedAndNobodyKnowsHowMuch() {
            GenerationBatch batch = pictor.images()
                    .generateAll(
                            requests("unanswered", "b", "c"),
                            GenerationBatchOptions.builder()
                                    .maxCost(Money.usd(200_000_000))
                                    .build());

            assertThat(batch.lines())
                    .extracting(GenerationLine::outcome)
                    .containsExactly(LineOutcome.FAILED, LineOutcome.NOT_STARTED, LineOutcome.NOT_STARTED);
            assertThat(batch.lines().get(1).reason())
                    .contains(
                            "an earlier request may have been charged, and without expectedCost nobody knows how much");
            assertThat(easel.prompts).hasSize(1);
        }

        @Test
        void startsNoMoreOnceItIsPaidInAnotherCurrency() {
            GenerationBatch batch = pictor.images()
                    .generateAll(
                            requests(5),
                            GenerationBatchOptions.builder()
                                    .maxCost(new Money(100_000_000, "EUR"))
                                    .build());

            assertThat(batch.count(LineOutcome.SUCCEEDED)).isEqualTo(1);
            assertThat(batch.lines().get(4).reason()).contains("runs cost USD, which maxCost in EUR cannot bound");
            assertThat(easel.prompts).hasSize(1);
        }

        @Test
        void startsNothingThatIsExpectedToCostMore() {
            GenerationBatch batch = pictor.images()
                    .generateAll(
                            requests(2),
                            GenerationBatchOptions.builder()
                                    .maxCost(Money.usd(350_000_000))
                                    .expectedCost(Money.usd(400_000_000))
                                    .build());

            assertThat(batch.count(LineOutcome.NOT_STARTED)).isEqualTo(2);
            assertThat(batch.cost().amount()).contains(Money.usd(0));
            assertThat(easel.prompts).isEmpty();
        }

        @Test
        void countsWhatARequestForSeveralPicturesMayCost() {
            GenerationRequest three =
                    GenerationRequest.builder("impressionist garden").count(3).build();

            GenerationBatch batch = pictor.images()
                    .generateAll(
                            List.of(three, three),
                            oneByOne()
                                    .maxCost(Money.usd(500_000_000))
                                    .expectedCost(Money.usd(100_000_000))
                                    .build());

            assertThat(batch.lines())
                    .extracting(GenerationLine::outcome)
                    .containsExactly(LineOutcome.SUCCEEDED, LineOutcome.NOT_STARTED);
            assertThat(easel.prompts).hasSize(3);
        }
    }

    @Test
    void stopsWhenItsCallerIsInterrupted() throws InterruptedException {
        AtomicReference<GenerationBatch> batch = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            batch.set(pictor.images()
                    .generateAll(requests("a", "endless", "c", "d"), oneByOne().build()));
            interrupted.set(Thread.interrupted());
        });
        caller.start();
        assertThat(easel.stalled.await(30, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();
        caller.join(30_000);

        assertThat(caller.isAlive()).isFalse();
        assertThat(interrupted.get()).isTrue();
        assertThat(batch.get().lines())
                .extracting(GenerationLine::outcome)
                .containsExactly(
                        LineOutcome.SUCCEEDED, LineOutcome.FAILED, LineOutcome.NOT_STARTED, LineOutcome.NOT_STARTED);
        assertThat(batch.get().lines().get(1).failure().orElseThrow()).isInstanceOf(RunCancelledException.class);
        assertThat(batch.get().lines().get(2).reason()).contains("the caller left");
        assertThat(easel.prompts).hasSize(2);
    }

    @Nested
    class TheListener {

        @Test
        void hearsOfEachRequestThatIsOver() {
            Queue<GenerationProgress> heard = new ConcurrentLinkedQueue<>();
            Queue<GenerationLine> lines = new ConcurrentLinkedQueue<>();

            GenerationBatch batch = pictor.images()
                    .generateAll(
                            requests("a", "forbidden", "c"),
                            oneByOne()
                                    .listener((line, progress) -> {
                                        lines.add(line);
                                        heard.add(progress);
                                    })
                                    .build());

            assertThat(lines).containsExactlyElementsOf(batch.lines());
            assertThat(heard).extracting(GenerationProgress::finished).containsExactly(1, 2, 3);
            assertThat(heard).extracting(GenerationProgress::failed).containsExactly(0, 1, 1);
            assertThat(heard).extracting(GenerationProgress::total).containsOnly(3);
            assertThat(heard)
                    .extracting(progress -> progress.cost().amount().orElseThrow())
                    .containsExactly(Money.usd(100_000_000), Money.usd(100_000_000), Money.usd(200_000_000));
        }

        @Test
        void stopsNothingWhenItThrows() {
            GenerationBatch batch = pictor.images()
                    .generateAll(
                            requests(3),
                            GenerationBatchOptions.builder()
                                    .listener((line, progress) -> {
                                        throw new IllegalStateException("not today");
                                    })
                                    .build());

            assertThat(batch.count(LineOutcome.SUCCEEDED)).isEqualTo(3);
        }
    }

    @Test
    void hasBoundsForWhatItIsToldToDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> GenerationBatchOptions.builder().concurrency(65).build())
                .withMessage("concurrency must be 1 to 64, was 65");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerationBatchOptions.builder()
                        .run(RunOptions.builder().idempotencyKey("order 7").build())
                        .build())
                .withMessageContaining("run must have no idempotencyKey");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GenerationBatchOptions.builder()
                        .maxCost(Money.usd(1))
                        .expectedCost(new Money(1, "EUR"))
                        .build())
                .withMessage("expectedCost must be in USD as maxCost is, was EUR 0.000000001");
    }
}
