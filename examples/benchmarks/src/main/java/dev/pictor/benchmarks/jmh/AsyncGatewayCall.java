package dev.pictor.benchmarks.jmh;

import dev.pictor.benchmarks.Gateways;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.PipelineRunnerBuilder;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** P2: the same call as {@link GatewayCall}, asynchronous, until its future has its answer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked as set-up first
public class AsyncGatewayCall {

    /** Whose threads the call is made on. */
    public enum Threads {
        /** The caller's: the executor runs a task where it is given. */
        CALLERS,
        /** The run's own: virtual ones on JDK 21 and later, else a pool. */
        OF_THE_RUN
    }

    @Param
    public Threads threads = Threads.CALLERS;

    private long calls;
    private OpenRun run;
    private Gateway gateway;

    @Setup
    public void open() throws InterruptedException {
        PipelineRunnerBuilder runner = PipelineRunner.builder().traceSink(event -> {});
        if (threads == Threads.CALLERS) {
            runner.executor(Runnable::run);
        }
        run = OpenRun.start(runner);
        gateway = Gateways.everythingOn(NoOpModel.create("dear", "0.040"), NoOpModel.create("cheap", "0.020"))
                .singleFlight(SingleFlight.Mode.ON_CALLERS_THREAD)
                .build();
    }

    @TearDown
    public void close() {
        gateway.close();
        run.close();
    }

    @Benchmark
    public ModelAnswer<ImageResult> one() throws InterruptedException, ExecutionException {
        ImageRequest request = ImageRequest.builder("a brass lamp on a walnut desk, number " + calls++)
                .build();
        return gateway.generateAsync(run.context(), request, CallOptions.ofDefaults())
                .get();
    }
}
