package dev.pictor.benchmarks;

import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.PipelineRunnerBuilder;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A run with one stage that goes on until this is closed, so that calls can be measured without a run around each.
 * Thread-safe.
 */
public final class OpenRun implements AutoCloseable {

    private static final StageKey<String> OPEN = StageKey.of("open", String.class);

    private final PipelineRunner runner;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;
    private final RunContext context;

    private OpenRun(PipelineRunner runner) throws InterruptedException {
        BlockingQueue<RunContext> handedOut = new LinkedBlockingQueue<>();
        Pipeline<String, String> pipeline = Pipeline.named("open", String.class)
                .stage(OPEN, (run, input) -> {
                    handedOut.add(run);
                    end.await();
                    return "closed";
                })
                .returning(OPEN);
        RunOptions options = RunOptions.builder()
                .tenant("tenant")
                .user("user")
                .deadline(RunOptions.MAX_DEADLINE)
                .build();
        this.runner = runner;
        this.thread = new Thread(
                () -> {
                    var unused = runner.run(pipeline, "input", options);
                },
                "benchmarks-open-run");
        thread.setDaemon(true);
        thread.start();
        this.context = handedOut.take();
    }

    /** Starts a run that notes everything: its trace goes to a sink that takes events and drops them. */
    public static OpenRun start() throws InterruptedException {
        return start(PipelineRunner.builder().traceSink(event -> {}));
    }

    /** Starts a run of a runner with these settings. */
    public static OpenRun start(PipelineRunnerBuilder settings) throws InterruptedException {
        return new OpenRun(settings.build());
    }

    /** What the stage was given. */
    public RunContext context() {
        return context;
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        runner.close();
    }
}
