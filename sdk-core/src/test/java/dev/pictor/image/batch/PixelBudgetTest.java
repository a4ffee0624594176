package dev.pictor.image.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.image.batch.PixelBudget.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PixelBudgetTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitWaiting(PixelBudget budget, int count) {
        while (budget.waiting() != count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void countsWhatIsHeldAndGivenBack() throws InterruptedException {
        PixelBudget budget = PixelBudget.of(100);

        try (Permit sixty = budget.acquire(60);
                Permit forty = budget.acquire(40)) {
            assertThat(budget.freePixels()).isZero();
            forty.close();
            forty.close();
            assertThat(budget).hasToString("40 of 100 px free");
        }

        assertThat(budget.freePixels()).isEqualTo(100);
        assertThat(budget.pixels()).isEqualTo(100);
    }

    @Test
    void servesFirstWhoAsksFirst() throws Exception {
        PixelBudget budget = PixelBudget.of(100);
        ConcurrentLinkedQueue<String> served = new ConcurrentLinkedQueue<>();
        Permit held = budget.acquire(50);

        Future<?> large = threads.submit(() -> take(budget, 80, () -> served.add("large")));
        awaitWaiting(budget, 1);
        Future<?> small = threads.submit(() -> take(budget, 50, () -> served.add("small"))); // would fit at once
        awaitWaiting(budget, 2);
        assertThat(served).isEmpty();
        held.close();
        large.get();
        small.get();

        assertThat(served).containsExactly("large", "small");
        assertThat(budget.freePixels()).isEqualTo(100);
    }

    private static Void take(PixelBudget budget, long pixels, Runnable work) throws InterruptedException {
        try (Permit permit = budget.acquire(pixels)) {
            work.run();
        }
        return null;
    }

    @Test
    void letsWhatIsLargerThanAllOfItGoAlone() throws Exception {
        PixelBudget budget = PixelBudget.of(100);
        Permit small = budget.acquire(1);

        Future<Permit> giant = threads.submit(() -> budget.acquire(5_000_000_000L));
        awaitWaiting(budget, 1);
        small.close();

        try (Permit permit = giant.get()) {
            assertThat(budget.freePixels()).isZero();
            assertThat(budget.acquire(1, Duration.ZERO)).isEmpty();
        }
        assertThat(budget.freePixels()).isEqualTo(100);
    }

    @Test
    void givesUpWhenTheTimeIsOver() throws InterruptedException {
        PixelBudget budget = PixelBudget.of(100);
        try (Permit held = budget.acquire(100)) {
            assertThat(budget.acquire(1, Duration.ofMillis(1))).isEmpty();
            assertThat(budget.acquire(1, Duration.ofSeconds(-1))).isEmpty();
        }
        assertThat(budget.acquire(1, Duration.ofDays(1_000_000_000))).hasValueSatisfying(Permit::close);
        assertThat(budget.freePixels()).isEqualTo(100);
    }

    @Test
    void stopsWaitingWhenInterrupted() throws Exception {
        PixelBudget budget = PixelBudget.of(100);
        Permit held = budget.acquire(100);
        Callable<Permit> wait = () -> budget.acquire(1);
        Future<Permit> waiting = threads.submit(wait);
        awaitWaiting(budget, 1);

        assertThat(waiting.cancel(true)).isTrue();
        awaitWaiting(budget, 0);
        held.close();

        assertThat(budget.freePixels()).isEqualTo(100);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> budget.acquire(1));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void isNeverPassedWhateverIsAskedOfIt() throws Exception {
        PixelBudget budget = PixelBudget.of(1_000);
        AtomicLong held = new AtomicLong();
        List<Future<Long>> all = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            all.add(threads.submit(() -> {
                long most = 0;
                for (int i = 0; i < 500; i++) {
                    int pixels = 1 + random.nextInt(900);
                    try (Permit permit = budget.acquire(pixels)) {
                        most = Math.max(most, held.addAndGet(pixels));
                        held.addAndGet(-pixels);
                    }
                }
                return most;
            }));
        }
        for (Future<Long> one : all) {
            assertThat(one.get()).isBetween(1L, 1_000L);
        }
        assertThat(budget.freePixels()).isEqualTo(1_000);
    }

    @Test
    void checksItsArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PixelBudget.of(0))
                .withMessage("pixels must be 1 to 2147483647, was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> PixelBudget.of(1L << 31));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PixelBudget.of(1).acquire(0))
                .withMessage("pixels must be at least 1, was 0");
    }
}
