package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunOptions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However many threads there are, a pipeline gives what its stages give one after the other. */
@Timeout(60)
class PipelineResultProperties {

    private static ExecutorService one;
    private static ExecutorService two;
    private static ExecutorService many;

    @BeforeAll
    static void start() {
        one = Executors.newFixedThreadPool(1);
        two = Executors.newFixedThreadPool(2);
        many = Executors.newFixedThreadPool(64);
    }

    @AfterAll
    static void stop() {
        List.of(one, two, many).forEach(ExecutorService::shutdownNow);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pictor.testkit.Seeds#hundreds")
    void isThatOfASequentialEvaluation(long seed) throws Exception {
        RandomGraph graph = RandomGraph.sound(seed);
        int expected = graph.expected((int) seed);
        Pipeline<Integer, Integer> pipeline = graph.pipeline();
        for (Executor executor : List.of(one, two, many)) {
            try (PipelineRunner runner =
                    PipelineRunner.builder().executor(executor).build()) {
                for (Form form : Form.values()) {
                    assertThat(form.start(runner, pipeline, (int) seed, RunOptions.ofDefaults())
                                    .await()
                                    .value())
                            .as("%s, %s, on %s", graph, form, executor)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.pictor.testkit.Seeds#hundreds")
    void isTheSameOnAnExecutorThatRejectsAtRandom(long seed) {
        RandomGraph graph = RandomGraph.sound(seed);
        Random random = new Random(seed);
        Executor moody = task -> {
            if (random.nextBoolean()) {
                throw new RejectedExecutionException("not now");
            }
            two.execute(task);
        };
        try (PipelineRunner runner = PipelineRunner.builder().executor(moody).build()) {
            assertThat(runner.run(graph.pipeline(), (int) seed).value())
                    .as("%s", graph)
                    .isEqualTo(graph.expected((int) seed));
        }
    }
}
