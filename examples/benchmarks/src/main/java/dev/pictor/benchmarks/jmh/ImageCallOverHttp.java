package dev.pictor.benchmarks.jmh;

import dev.pictor.benchmarks.Gateways;
import dev.pictor.benchmarks.NoOpModel;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.benchmarks.ProviderProcess;
import dev.pictor.benchmarks.peers.BareClient;
import dev.pictor.benchmarks.peers.LangChain4jClient;
import dev.pictor.benchmarks.peers.SpringAiClient;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.cache.SingleFlight;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.HttpImageModel;
import java.io.IOException;
import java.time.Duration;
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

/**
 * The same image call through Pictor, LangChain4j and Spring AI, and through the JDK's client alone, to one provider in
 * a process of its own. Each ends with the bytes of the picture. Pictor has everything on, hashes the picture and keeps
 * it in its cache; the others have nothing of that to switch on.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked as set-up first
public class ImageCallOverHttp {

    /** The least size of a picture; 0 is a PNG of less than 300 bytes. */
    @Param({"0", "2097152"})
    public int pictureBytes;

    private long calls;
    private ProviderProcess provider;
    private HttpImageModel first;
    private HttpImageModel second;
    private OpenRun run;
    private Gateway gateway;
    private BareClient bare;
    private LangChain4jClient langChain4j;
    private SpringAiClient springAi;

    @Setup
    public void open() throws InterruptedException {
        provider = ProviderProcess.start();
        provider.plan("none", Duration.ZERO, pictureBytes);
        first = HttpImageModel.to(provider.uri()).profile(NoOpModel.profile("dear", "0.040"));
        second = HttpImageModel.to(provider.uri()).profile(NoOpModel.profile("cheap", "0.020"));
        run = OpenRun.start();
        gateway = Gateways.everythingOn(first, second)
                .singleFlight(SingleFlight.Mode.ON_CALLERS_THREAD)
                .build();
        bare = new BareClient(provider.uri());
        langChain4j = new LangChain4jClient(provider.uri());
        springAi = new SpringAiClient(provider.uri());
    }

    @TearDown
    public void close() {
        gateway.close();
        run.close();
        first.close();
        second.close();
        provider.close();
    }

    private String prompt() {
        return "a brass lamp on a walnut desk, number " + calls++;
    }

    @Benchmark
    public ImageBytes pictor() throws InterruptedException {
        return gateway.generate(run.context(), ImageRequest.builder(prompt()).build())
                .result()
                .images()
                .get(0);
    }

    @Benchmark
    public byte[] langChain4j() {
        return langChain4j.draw(prompt());
    }

    @Benchmark
    public byte[] springAi() {
        return springAi.draw(prompt());
    }

    @Benchmark
    public byte[] bareClient() throws IOException, InterruptedException {
        return bare.draw(prompt());
    }
}
