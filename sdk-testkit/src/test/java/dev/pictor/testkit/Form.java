package dev.pictor.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunResult;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The two ways to run a pipeline: what holds for one holds for the other. */
enum Form {
    /** On the caller's thread, stopped by interrupting it. */
    BLOCKING {
        @Override
        <I, O> Running<O> start(PipelineRunner runner, Pipeline<I, O> pipeline, I input, RunOptions options) {
            FutureTask<RunResult<O>> task = new FutureTask<>(() -> runner.run(pipeline, input, options));
            Thread thread = new Thread(task, "blocking-run");
            thread.start();
            return new Running<>() {
                @Override
                public void cancel() {
                    thread.interrupt();
                }

                @Override
                public RunResult<O> await() throws Exception {
                    try {
                        return task.get(30, SECONDS);
                    } catch (ExecutionException e) {
                        if (e.getCause() instanceof Error failure) {
                            throw failure;
                        }
                        throw e.getCause() instanceof RuntimeException failure ? failure : e;
                    }
                }
            };
        }
    },

    /** On a thread of the runner, stopped by the handle. */
    ASYNC {
        @Override
        <I, O> Running<O> start(PipelineRunner runner, Pipeline<I, O> pipeline, I input, RunOptions options) {
            RunHandle<O> handle = runner.runAsync(pipeline, input, options);
            return new Running<>() {
                @Override
                public void cancel() {
                    handle.cancel();
                }

                @Override
                public RunResult<O> await() throws Exception {
                    return handle.await(Duration.ofSeconds(30));
                }
            };
        }
    };

    abstract <I, O> Running<O> start(PipelineRunner runner, Pipeline<I, O> pipeline, I input, RunOptions options);

    /** A run under way. */
    interface Running<O> {
        void cancel();

        RunResult<O> await() throws Exception;
    }
}
