package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.pipeline.RunLimitException;
import dev.pictor.pipeline.RunLimitException.Scope;
import dev.pictor.pipeline.RunLimiter;
import dev.pictor.pipeline.RunLimits;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunRate;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tests that every {@link RunLimiter} passes that goes by {@link RunLimits}. Extend it and give one. Not thread-safe. */
@Timeout(60)
public abstract class RunLimiterContract {

    private static final RunRate TWO_A_MINUTE = RunRate.of(2, Duration.ofMinutes(1));
    private static final RunOptions ANN = options("acme", "ann");

    private final VirtualTime time = VirtualTime.create();

    /** For subclasses. */
    protected RunLimiterContract() {}

    /**
     * Returns a limiter that has counted nothing.
     *
     * @param limits how often runs may start
     * @param time measures
     * @return a new limiter
     */
    protected abstract RunLimiter limiter(RunLimits limits, TimeSource time);

    @AfterEach
    void closeTime() {
        time.close();
    }

    private RunLimiter perUser(RunRate rate) {
        return limiter(RunLimits.builder().perUser(rate).build(), time);
    }

    private RunLimiter perTenant(RunRate rate) {
        return limiter(RunLimits.builder().perTenant(rate).build(), time);
    }

    private static RunOptions options(String tenant, String user) {
        return RunOptions.builder().tenant(tenant).user(user).build();
    }

    private static boolean admits(RunLimiter limiter, RunOptions options) {
        try {
            limiter.admit(options);
            return true;
        } catch (RunLimitException e) {
            return false;
        }
    }

    @Test
    void letsABurstThroughAndThenSaysWhoseLimitItIsAndWhenToComeBack() {
        RunLimiter limiter = perUser(TWO_A_MINUTE);
        limiter.admit(ANN);
        limiter.admit(ANN);
        time.advance(Duration.ofSeconds(10));

        assertThatThrownBy(() -> limiter.admit(ANN)).isInstanceOfSatisfying(RunLimitException.class, e -> {
            assertThat(e.scope()).isEqualTo(Scope.USER);
            assertThat(e.who()).isEqualTo("ann");
            assertThat(e.limit()).isEqualTo(TWO_A_MINUTE);
            assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(20));
            assertThat(e.isRetryable()).isTrue();
            assertThat(e).hasMessageContaining("20000 ms").hasMessageNotContaining("ann");
        });
    }

    @Test
    void letsTheNextThroughExactlyWhenItSaid() {
        RunLimiter limiter = perUser(TWO_A_MINUTE);
        limiter.admit(ANN);
        limiter.admit(ANN);

        time.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(admits(limiter, ANN)).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(admits(limiter, ANN)).isTrue();
        assertThat(admits(limiter, ANN)).isFalse();
    }

    @Test
    void givesNoMoreThanTheBurstHoweverLongNothingCame() {
        RunLimiter limiter = perUser(new RunRate(60, Duration.ofMinutes(1), 3));
        limiter.admit(ANN);
        time.advance(Duration.ofDays(1));

        assertThat(admits(limiter, ANN)).isTrue();
        assertThat(admits(limiter, ANN)).isTrue();
        assertThat(admits(limiter, ANN)).isTrue();
        assertThat(admits(limiter, ANN)).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(admits(limiter, ANN)).isTrue();
        assertThat(admits(limiter, ANN)).isFalse();
    }

    @Test
    void countsEachUserOfEachTenantForItself() {
        RunLimiter limiter = perUser(RunRate.of(1, Duration.ofMinutes(1)));

        assertThat(admits(limiter, ANN)).isTrue();
        assertThat(admits(limiter, options("acme", "bob"))).isTrue();
        assertThat(admits(limiter, options("other", "ann"))).isTrue();
        assertThat(admits(limiter, RunOptions.builder().user("ann").build())).isTrue();
        assertThat(admits(limiter, ANN)).isFalse();
    }

    @Test
    void countsAllUsersOfATenantTogether() {
        RunLimiter limiter = perTenant(TWO_A_MINUTE);
        limiter.admit(ANN);
        limiter.admit(options("acme", "bob"));

        assertThatThrownBy(() -> limiter.admit(options("acme", "cleo")))
                .isInstanceOfSatisfying(RunLimitException.class, e -> {
                    assertThat(e.scope()).isEqualTo(Scope.TENANT);
                    assertThat(e.who()).isEqualTo("acme");
                });
        assertThat(admits(limiter, options("other", "cleo"))).isTrue();
    }

    @Test
    void takesNothingOfOneLimitWhenTheOtherRefuses() {
        RunLimiter limiter = limiter(
                RunLimits.builder()
                        .perUser(RunRate.of(1, Duration.ofMinutes(1)))
                        .perTenant(TWO_A_MINUTE)
                        .build(),
                time);
        limiter.admit(ANN);
        for (int i = 0; i < 10; i++) {
            assertThat(admits(limiter, ANN)).isFalse();
        }

        assertThat(admits(limiter, options("acme", "bob"))).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(admits(limiter, options("acme", "cleo"))).isFalse();
        }
        time.advance(Duration.ofSeconds(30));
        assertThat(admits(limiter, options("acme", "cleo"))).isTrue();
    }

    @Test
    void bindsNobodyWithoutAnId() {
        RunLimiter limiter = limiter(
                RunLimits.builder()
                        .perUser(RunRate.of(1, Duration.ofDays(1)))
                        .perTenant(RunRate.of(1, Duration.ofDays(1)))
                        .build(),
                time);

        for (int i = 0; i < 5; i++) {
            assertThat(admits(limiter, RunOptions.ofDefaults())).isTrue();
        }
    }

    @Test
    void letsExactlyAsManyThroughHoweverManyAskAtOnce() throws Exception {
        int threads = 8;
        int each = 250;
        RunLimiter limiter = limiter(
                RunLimits.builder()
                        .perUser(RunRate.of(100, Duration.ofHours(1)))
                        .perTenant(RunRate.of(150, Duration.ofHours(1)))
                        .build(),
                time);
        List<Future<Integer>> counts = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int i = 0; i < threads; i++) {
                RunOptions who = options("acme", i % 2 == 0 ? "ann" : "bob");
                counts.add(pool.submit(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    int admitted = 0;
                    for (int run = 0; run < each; run++) {
                        admitted += admits(limiter, who) ? 1 : 0;
                    }
                    return admitted;
                }));
            }
            int ann = 0;
            int bob = 0;
            for (int i = 0; i < threads; i++) {
                int admitted = counts.get(i).get(20, TimeUnit.SECONDS);
                ann += i % 2 == 0 ? admitted : 0;
                bob += i % 2 == 0 ? 0 : admitted;
            }
            assertThat(ann + bob).isEqualTo(150);
            assertThat(ann).isBetween(50, 100);
            assertThat(bob).isBetween(50, 100);
        } finally {
            pool.shutdownNow();
        }
    }
}
