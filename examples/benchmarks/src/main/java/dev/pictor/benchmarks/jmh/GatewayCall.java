package dev.pictor.benchmarks.jmh;

import dev.pictor.benchmarks.Gateways;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** P1 and P5: a call through a gateway with everything on, to a model that takes no time. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked as set-up first
public class GatewayCall {

    /** On which thread a call is made that others may share. */
    @Param({"ON_CALLERS_THREAD", "ON_OWN_THREAD"})
    public SingleFlight.Mode singleFlight = SingleFlight.Mode.ON_CALLERS_THREAD;

    private final AtomicLong calls = new AtomicLong();
    private OpenRun run;
    private Gateway gateway;

    @Setup
    public void open() throws InterruptedException {
        run = OpenRun.start();
        gateway = Gateways.everythingOn(NoOpModel.create("dear", "0.040"), NoOpModel.create("cheap", "0.020"))
                .singleFlight(singleFlight)
                .build();
    }

    @TearDown
    public void close() {
        gateway.close();
        run.close();
    }

    /** No two prompts are the same, so that every look-up is a miss. */
    private ImageRequest request() {
        return ImageRequest.builder("a brass lamp on a walnut desk, number " + calls.incrementAndGet())
                .build();
    }

    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    public ModelAnswer<ImageResult> one() throws InterruptedException {
        return gateway.generate(run.context(), request());
    }

    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @Threads(2)
    public ModelAnswer<ImageResult> throughput() throws InterruptedException {
        return gateway.generate(run.context(), request());
    }
}
