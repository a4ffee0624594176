package dev.pictor.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunBatchTest {

    private static Cost cost(long nanos) {
        return Cost.of(Money.usd(nanos));
    }

    @Test
    void worksThroughEachIndexOnceOnThreadsOfItsName() {
        Queue<Integer> done = new ConcurrentLinkedQueue<>();
        Queue<String> threads = new ConcurrentLinkedQueue<>();

        RunBatch.of("batch-test-", 3).run(2, 50, index -> {
            done.add(index);
            threads.add(Thread.currentThread().getName());
        });

        assertThat(done)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(2, 50).boxed().toList());
        assertThat(threads).allSatisfy(name -> assertThat(name).startsWith("batch-test-"));
    }

    @Test
    void tellsWhatTheWorkFailedWithAndThatItIsOver() {
        RunBatch batch = RunBatch.of("batch-test-", 1);
        Queue<Integer> done = new ConcurrentLinkedQueue<>();

        assertThatIllegalStateException()
                .isThrownBy(() -> batch.run(0, 9, index -> {
                    done.add(index);
                    throw new UnsupportedOperationException("not today");
                }))
                .withCauseInstanceOf(UnsupportedOperationException.class);
        assertThat(done).containsExactly(0);
        assertThat(batch.isLeft()).isTrue();
    }

    @Test
    void holdsWhatRunsMayCostUntilItIsKnownWhatTheyDid() {
        RunBatch batch = RunBatch.of("batch-test-", 1, Money.usd(10));

        assertThat(batch.tryHold(cost(6))).isTrue();
        batch.settle(cost(6), cost(2));
        assertThat(batch.tryHold(cost(8))).isTrue();
        assertThat(batch.tryHold(cost(1))).isFalse();
        batch.settle(cost(8), cost(0));
        assertThat(batch.tryHold(cost(1))).as("once refused, it stays so").isFalse();
    }

    @Test
    void keepsWhatWasHeldWhereNobodyKnowsTheCost() {
        RunBatch batch = RunBatch.of("batch-test-", 1, Money.usd(10));

        assertThat(batch.tryHold(cost(6))).isTrue();
        batch.settle(cost(6), cost(1).plus(Cost.unknown()));
        assertThat(batch.tryHold(cost(5))).isFalse();
        assertThat(batch.refusal()).contains("one more run might cost more than maxCost allows");
    }

    @Test
    void countsUnknownPricesAsNothingWhereNothingWasHeld() {
        RunBatch batch = RunBatch.of("batch-test-", 1, Money.usd(10));

        assertThat(batch.tryHold(Cost.unknown())).isTrue();
        batch.settle(Cost.unknown(), Cost.unknown());
        assertThat(batch.tryHold(cost(10))).isTrue();
        assertThat(batch.refusal()).isEmpty();
    }

    @Test
    void startsNoMoreOnceMoneyIsForeign() {
        RunBatch held = RunBatch.of("batch-test-", 1, Money.usd(10));
        RunBatch settled = RunBatch.of("batch-test-", 1, Money.usd(10));

        assertThat(held.tryHold(Cost.of(new Money(1, "EUR")))).isFalse();
        assertThat(held.refusal()).contains("runs cost EUR, which maxCost in USD cannot bound");
        assertThat(settled.tryHold(cost(1))).isTrue();
        settled.settle(cost(1), Cost.of(new Money(1, "EUR")));
        assertThat(settled.tryHold(cost(1))).isFalse();
        assertThat(RunBatch.of("batch-test-", 1).tryHold(Cost.of(new Money(1, "EUR"))))
                .as("without a limit")
                .isTrue();
    }

    @Test
    void hasAtLeastOneAtWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunBatch.of("batch-test-", 0))
                .withMessage("concurrency must be 1 or more, was 0");
    }
}
