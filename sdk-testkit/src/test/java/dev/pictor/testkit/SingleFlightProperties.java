package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.gateway.cache.SharedAnswer;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.gateway.cache.SingleFlight.Mode;
import dev.pictor.model.CallContext;
import dev.pictor.pipeline.CallScope;
import dev.pictor.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class SingleFlightProperties {

    private static final int CALLERS = 100;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private ExecutorService threads;
    private TimeSource time;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @BeforeAll
    void startThreads() {
        threads = Executors.newCachedThreadPool();
        time = TimeSource.system();
    }

    @AfterAll
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        time.close();
    }

    /** Counts those who wait. */
    private record Waiter(CallScope run, CountDownLatch waiting) implements CallContext {
        @Override
        public Duration timeLeft() {
            return run.timeLeft();
        }

        @Override
        public boolean isCancelled() {
            return run.isCancelled();
        }

        @Override
        public Registration onCancel(Runnable hook) {
            Registration registration = run.onCancel(hook);
            waiting.countDown();
            return registration;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R17: of 100 that wait any may leave, and there is exactly one call")
    void thereIsExactlyOneCallWhoeverLeaves(long seed) throws Exception {
        Random random = new Random(seed);
        SingleFlight<String, Integer> single = SingleFlight.create(time, threads);
        AtomicInteger executions = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(CALLERS);
        List<CallScope> runs = new ArrayList<>();
        List<Future<SharedAnswer<Integer>>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            CallScope run = CallScope.open(time, MINUTE);
            runs.add(run);
            answers.add(threads.submit(() ->
                    run.call(() -> single.run("key", Mode.ON_OWN_THREAD, new Waiter(run, waiting), scope -> {
                        release.await();
                        return executions.incrementAndGet();
                    }))));
        }
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();

        List<Integer> leaving = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            leaving.add(i);
        }
        Collections.shuffle(leaving, random);
        leaving = leaving.subList(0, random.nextInt(CALLERS));
        int before = leaving.isEmpty() ? 0 : random.nextInt(leaving.size());
        leaving.subList(0, before).forEach(one -> runs.get(one).cancel());
        release.countDown();
        leaving.subList(before, leaving.size()).forEach(one -> runs.get(one).cancel()); // races with the answer

        int answered = 0;
        for (int i = 0; i < CALLERS; i++) {
            try {
                SharedAnswer<Integer> answer = answers.get(i).get(30, TimeUnit.SECONDS);
                assertThat(answer.value()).as("seed %s", seed).isEqualTo(1);
                assertThat(answer.callers()).as("seed %s", seed).isEqualTo(CALLERS);
                answered++;
            } catch (ExecutionException e) {
                assertThat(leaving).as("seed %s", seed).contains(i);
                assertThat(e).hasCauseInstanceOf(InterruptedException.class);
            }
            runs.get(i).close();
        }
        assertThat(answered).as("seed %s", seed).isGreaterThanOrEqualTo(CALLERS - leaving.size());
        assertThat(executions).as("seed %s", seed).hasValue(1);
        assertThat(single.underWay()).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @DisplayName("R17: equal calls are never made at the same time, in whatever mode they are asked for")
    void equalCallsAreNeverMadeAtTheSameTime(long seed) throws Exception {
        SingleFlight<Integer, Integer> single = SingleFlight.create(time, threads);
        AtomicInteger[] atWork = {new AtomicInteger(), new AtomicInteger()};
        AtomicInteger cancelled = new AtomicInteger();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Random random = new Random(seed * 8 + i);
            all.add(threads.submit(() -> {
                for (int call = 0; call < 50; call++) {
                    int key = random.nextInt(2);
                    Mode mode = random.nextBoolean() ? Mode.ON_OWN_THREAD : Mode.ON_CALLERS_THREAD;
                    try (CallScope run = CallScope.open(time, MINUTE)) {
                        if (mode == Mode.ON_CALLERS_THREAD && random.nextInt(4) == 0) {
                            threads.execute(run::cancel);
                        }
                        SharedAnswer<Integer> answer = run.call(() -> single.run(key, mode, run, scope -> {
                            assertThat(atWork[key].incrementAndGet()).isEqualTo(1);
                            LockSupport.parkNanos(1);
                            atWork[key].decrementAndGet();
                            return key;
                        }));
                        assertThat(answer.value()).isEqualTo(key);
                    } catch (InterruptedException e) {
                        cancelled.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(single.underWay()).as("seed %s", seed).isZero();
    }
}
