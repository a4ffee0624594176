package dev.pictor.benchmarks.jmh;

import dev.pictor.benchmarks.PromptTimes;
import dev.pictor.prompts.Prompt;
import dev.pictor.prompts.RenderedPrompt;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A compiled prompt of 2 KB is rendered: target p50 under 50 us. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PromptRender {

    private final Prompt prompt = PromptTimes.prompt();
    private final Map<String, Object> variables = PromptTimes.variables();

    @Benchmark
    public RenderedPrompt render() {
        return prompt.render(variables);
    }

    /** With the digest of the messages, which a recorded run asks for. */
    @Benchmark
    public String renderAndDigest() {
        return prompt.render(variables).renderedSha256();
    }
}
