package dev.pictor.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is added, taken back and waited for: each task comes out once, at the first look at or after its tick. */
class TimerWheelProperties {

    private final TimerWheel wheel = new TimerWheel();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void behavesLikeAPlainListOfTicks(long seed) {
        Random random = new Random(seed);
        Map<TimerWheel.Task, Long> expected = new HashMap<>();
        List<TimerWheel.Task> ever = new ArrayList<>();
        long tick = 0;
        for (int step = 0; step < 200; step++) {
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    TimerWheel.Task task = new TimerWheel.Task(() -> {});
                    long due = tick + random.nextInt(random.nextBoolean() ? 8 : 5 * TimerWheel.BUCKETS) - 2;
                    wheel.add(task, due);
                    expected.put(task, Math.max(due, tick + 1));
                    ever.add(task);
                }
                case 2 -> {
                    if (!ever.isEmpty()) {
                        TimerWheel.Task task = ever.get(random.nextInt(ever.size())); // it may be gone already
                        wheel.remove(task);
                        expected.remove(task);
                    }
                }
                default -> {
                    tick += random.nextInt(random.nextBoolean() ? 4 : 3 * TimerWheel.BUCKETS);
                    long now = tick;
                    List<TimerWheel.Task> due = take(tick);
                    Set<TimerWheel.Task> ought = new HashSet<>(expected.keySet());
                    ought.removeIf(task -> expected.getOrDefault(task, 0L) > now);
                    assertThat(due).as("seed %s, tick %s", seed, tick).containsExactlyInAnyOrderElementsOf(ought);
                    expected.keySet().removeAll(due);
                }
            }
            assertThat(wheel.size()).as("seed %s", seed).isEqualTo(expected.size());
        }
        assertThat(take(Long.MAX_VALUE)).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(expected.keySet());
    }

    private List<TimerWheel.Task> take(long tick) {
        List<TimerWheel.Task> due = new ArrayList<>();
        wheel.takeDue(tick, due);
        return due;
    }

    @Nested
    class AtItsEdges {

        @Test
        void leavesATaskOfALaterTurnInTheBucketItShares() {
            TimerWheel.Task soon = new TimerWheel.Task(() -> {});
            TimerWheel.Task aTurnLater = new TimerWheel.Task(() -> {});
            wheel.add(aTurnLater, 5 + TimerWheel.BUCKETS);
            wheel.add(soon, 5);

            assertThat(take(4)).isEmpty();
            assertThat(take(5)).containsExactly(soon);
            assertThat(take(4 + TimerWheel.BUCKETS)).isEmpty();
            assertThat(take(5 + TimerWheel.BUCKETS)).containsExactly(aTurnLater);
        }

        @Test
        void missesNothingWhenNobodyLookedForManyTurns() {
            assertThat(take(3)).isEmpty();
            List<TimerWheel.Task> tasks = new ArrayList<>();
            for (int tick = 4; tick < 4 + 3 * TimerWheel.BUCKETS; tick++) {
                TimerWheel.Task task = new TimerWheel.Task(() -> {});
                wheel.add(task, tick);
                tasks.add(task);
            }
            assertThat(take(50L * TimerWheel.BUCKETS)).containsExactlyInAnyOrderElementsOf(tasks);
            assertThat(wheel.size()).isZero();
        }
    }
}
