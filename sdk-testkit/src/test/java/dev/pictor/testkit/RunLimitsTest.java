package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.pipeline.MemoryRunLimiter;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunLimitException;
import dev.pictor.pipeline.RunLimiter;
import dev.pictor.pipeline.RunLimits;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunRate;
import dev.pictor.pipeline.StageKey;
import dev.pictor.time.TimeSource;
import dev.pictor.trace.MemoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunQuery;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often runs may start. */
@Timeout(60)
class RunLimitsTest {

    private final VirtualTime time = VirtualTime.create();

    @AfterEach
    void closeTime() {
        time.close();
    }

    @Nested
    class InMemory extends RunLimiterContract {
        @Override
        protected RunLimiter limiter(RunLimits limits, TimeSource time) {
            return MemoryRunLimiter.create(limits, time);
        }
    }

    private static RunOptions user(String user) {
        return RunOptions.builder().user(user).build();
    }

    @Nested
    class Memory {

        @Test
        void forgetsBucketsThatAreFullAgain() {
            MemoryRunLimiter limiter = MemoryRunLimiter.create(
                    RunLimits.builder()
                            .perUser(RunRate.of(2, Duration.ofSeconds(2)))
                            .build(),
                    time);
            for (int i = 0; i < 100; i++) {
                limiter.admit(user("user-" + i));
            }
            assertThat(limiter.size()).isEqualTo(100);

            time.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 34; i++) { // each lets go of four
                limiter.admit(user("late"));
                time.advance(Duration.ofSeconds(1));
            }

            assertThat(limiter.size()).isEqualTo(1);
        }

        @Test
        void isBoundedByForgettingWhoWasSeenLongestAgo() {
            MemoryRunLimiter limiter = MemoryRunLimiter.create(
                    RunLimits.builder()
                            .perUser(RunRate.of(1, Duration.ofHours(1)))
                            .maxBuckets(2)
                            .build(),
                    time);
            limiter.admit(user("ann"));
            limiter.admit(user("bob"));
            limiter.admit(user("cleo"));

            assertThat(limiter.size()).isEqualTo(2);
            assertThatThrownBy(() -> limiter.admit(user("cleo"))).isInstanceOf(RunLimitException.class);
            limiter.admit(user("ann"));
        }

        @Test
        void goesByTheTimeOfTheMachineUnlessToldOtherwise() {
            MemoryRunLimiter limiter = MemoryRunLimiter.create(RunLimits.builder()
                    .perUser(RunRate.of(1, Duration.ofDays(1)))
                    .build());
            limiter.admit(user("ann"));

            assertThatThrownBy(() -> limiter.admit(user("ann"))).isInstanceOf(RunLimitException.class);
        }
    }

    @Test
    void haveBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunRate.of(0, Duration.ofSeconds(1)))
                .withMessage("runs must be 1 to 1000000, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunRate(1, Duration.ofSeconds(1), 1_000_001))
                .withMessage("burst must be 1 to 1000000, was 1000001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunRate.of(1, Duration.ofDays(2)))
                .withMessage("per must be 1 ms to 1 day, was PT48H");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunLimits.builder().maxBuckets(0).build())
                .withMessage("maxBuckets must be 1 to 10000000, was 0");
    }

    @Nested
    class Runs {

        private final StageKey<String> stage = StageKey.of("work", String.class);
        private final AtomicInteger worked = new AtomicInteger();
        private final MemoryRunStore store = new MemoryRunStore();
        private final PipelineRunner runner = PipelineRunner.builder()
                .time(time)
                .traceSink(store)
                .journal(store)
                .limiter(MemoryRunLimiter.create(
                        RunLimits.builder()
                                .perUser(RunRate.of(1, Duration.ofMinutes(1)))
                                .build(),
                        time))
                .build();

        private volatile boolean broken;

        private final Pipeline<String, String> pipeline = Pipeline.named("limited", String.class)
                .stage(stage, (run, input) -> {
                    worked.incrementAndGet();
                    if (broken) {
                        throw new IllegalStateException("broken");
                    }
                    return "done";
                })
                .returning(stage);

        @AfterEach
        void close() {
            runner.close();
        }

        @Test
        void areRefusedBeforeAnythingHappens() {
            var unused = runner.run(pipeline, "input", user("ann"));

            assertThatThrownBy(() -> runner.run(pipeline, "input", user("ann")))
                    .isInstanceOf(RunLimitException.class)
                    .hasMessage("the run was not started: its user may start 1 in PT1M; try again in 60000 ms");
            assertThat(worked).hasValue(1);
            assertThat(store.list(RunQuery.all()).runs()).hasSize(1);
        }

        @Test
        void areRefusedInTheFutureOfAHandle() {
            var unused = runner.run(pipeline, "input", user("ann"));
            RunHandle<String> handle = runner.runAsync(pipeline, "input", user("ann"));

            assertThatThrownBy(() -> handle.future().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RunLimitException.class);
        }

        @Test
        void areCountedOnceUnderOneKey() {
            RunOptions keyed =
                    RunOptions.builder().user("ann").idempotencyKey("order-7").build();
            RunId first = runner.run(pipeline, "input", keyed).runId();

            assertThat(runner.run(pipeline, "input", keyed).runId()).isEqualTo(first);
            assertThat(worked).hasValue(1);
        }

        @Test
        void mayStartLaterUnderAKeyThatWasRefused() {
            RunOptions keyed =
                    RunOptions.builder().user("ann").idempotencyKey("order-7").build();
            var unused = runner.run(pipeline, "input", user("ann"));
            assertThatThrownBy(() -> runner.run(pipeline, "input", keyed)).isInstanceOf(RunLimitException.class);
            assertThatThrownBy(() -> runner.run(pipeline, "input", keyed)).isInstanceOf(RunLimitException.class);

            time.advance(Duration.ofMinutes(1));

            assertThat(runner.run(pipeline, "input", keyed).value()).isEqualTo("done");
        }

        @Test
        void areNotCountedAgainWhenTheyAreResumed() {
            RunOptions keyed =
                    RunOptions.builder().user("ann").idempotencyKey("order-7").build();
            broken = true;
            assertThatThrownBy(() -> runner.run(pipeline, "input", keyed)).isNotInstanceOf(RunLimitException.class);
            broken = false;

            assertThat(runner.run(pipeline, "input", keyed).value()).isEqualTo("done");
        }
    }
}
