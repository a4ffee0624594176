package dev.pictor.benchmarks.jmh;

import dev.pictor.benchmarks.Gateways;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.gateway.AnswerSource;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** P4: a call that the exact cache answers, through the same gateway as {@link GatewayCall}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked as set-up first
public class CacheHit {

    private final ImageRequest request =
            ImageRequest.builder("a brass lamp on a walnut desk").build();
    private OpenRun run;
    private Gateway gateway;

    @Setup
    public void open() throws InterruptedException {
        run = OpenRun.start();
        gateway = Gateways.everythingOn(NoOpModel.create("dear", "0.040"), NoOpModel.create("cheap", "0.020"))
                .build();
        ModelAnswer<ImageResult> first = gateway.generate(run.context(), request);
        ModelAnswer<ImageResult> second = gateway.generate(run.context(), request);
        if (first.source() != AnswerSource.MODEL || second.source() == AnswerSource.MODEL) {
            throw new IllegalStateException("the second answer is not from the cache but from " + second.source());
        }
    }

    @TearDown
    public void close() {
        gateway.close();
        run.close();
    }

    @Benchmark
    public ModelAnswer<ImageResult> one() throws InterruptedException {
        return gateway.generate(run.context(), request);
    }
}
