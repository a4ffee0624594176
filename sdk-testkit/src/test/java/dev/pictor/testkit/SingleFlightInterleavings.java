package dev.pictor.testkit;

import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.gateway.cache.SingleFlight.Mode;
import dev.pictor.pipeline.CallScope;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * In whatever order threads meet, each key is asked for once: what the calls write is guarded by nothing but the promise
 * that equal calls are not made at the same time.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
public class SingleFlightInterleavings {

    private final VirtualTime time = VirtualTime.create();
    private final CallScope run = CallScope.open(time, Duration.ofDays(1));
    private final SingleFlight<Integer, Integer> single = SingleFlight.create(time, Runnable::run);
    private final int[] answers = new int[2];
    private final int[] calls = new int[2];

    @Operation
    public int askOnCallersThread(@Param(name = "key") int key) throws InterruptedException {
        return ask(key, Mode.ON_CALLERS_THREAD);
    }

    @Operation
    public int askOnOwnThread(@Param(name = "key") int key) throws InterruptedException {
        return ask(key, Mode.ON_OWN_THREAD);
    }

    private int ask(int key, Mode mode) throws InterruptedException {
        return single.run(key, mode, run, scope -> {
                    if (answers[key] == 0) {
                        int call = calls[key];
                        calls[key] = call + 1;
                        answers[key] = 10 * key + call + 1;
                    }
                    return answers[key];
                })
                .value();
    }

    @Test
    @DisplayName("R30: equal calls are one, under stress")
    void equalCallsAreOneUnderStress() {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(10)
                .invocationsPerIteration(2_000)
                .check(SingleFlightInterleavings.class);
    }
}
