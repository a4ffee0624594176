package dev.pictor.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.pictor.gateway.CallOptions;
import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.ModelAnswer;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ImageResult;
import dev.pictor.model.ModelProfile;
import dev.pictor.model.Money;
import dev.pictor.model.Price;
import dev.pictor.model.Rate;
import dev.pictor.pipeline.Pipeline;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunContext;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.StageKey;
import java.time.LocalDate;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Calls to a gateway, each in a run of its own with one stage. */
final class GatewayCalls {

    private static final StageKey<String> CALL = StageKey.of("call", String.class);

    private GatewayCalls() {}

    @FunctionalInterface
    interface Work<T> {
        T in(RunContext run) throws Exception;
    }

    @CanIgnoreReturnValue
    static <T> T inRun(PipelineRunner runner, RunOptions options, Work<T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        var unused = runner.run(pipeline(work, result), "input", options);
        return result.get();
    }

    static RunHandle<String> start(PipelineRunner runner, RunOptions options, Work<?> work) {
        return runner.runAsync(pipeline(work, new AtomicReference<>()), "input", options);
    }

    /** Waits for the end of a run, and throws what it failed with. */
    @CanIgnoreReturnValue
    static String join(RunHandle<String> handle) {
        try {
            return handle.future().get(20, TimeUnit.SECONDS).value();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError("a run failed", e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("a run did not end", e);
        }
    }

    private static <T> Pipeline<String, String> pipeline(Work<? extends T> work, AtomicReference<T> result) {
        return Pipeline.named("calls", String.class)
                .stage(CALL, (run, input) -> {
                    result.set(work.in(run));
                    return "done";
                })
                .returning(CALL);
    }

    @CanIgnoreReturnValue
    static ModelAnswer<ImageResult> draw(PipelineRunner runner, Gateway gateway, String prompt) {
        return draw(runner, gateway, prompt, CallOptions.ofDefaults());
    }

    @CanIgnoreReturnValue
    static ModelAnswer<ImageResult> draw(PipelineRunner runner, Gateway gateway, String prompt, CallOptions options) {
        return inRun(
                runner,
                RunOptions.ofDefaults(),
                run -> gateway.generate(run, ImageRequest.builder(prompt).build(), options));
    }

    /** A model that costs so much a picture, and can do what fakes can. */
    static FakeImageModel model(String id, String dollars) {
        return FakeImageModel.create().profile(profile(id, dollars));
    }

    static ModelProfile profile(String id, String dollars) {
        return FakeImageModel.create().profile().toBuilder()
                .id(id)
                .price(price(dollars))
                .build();
    }

    static Price price(String dollars) {
        return Price.builder("invented", LocalDate.of(2026, 1, 1))
                .addRates(Rate.perImage(dollars))
                .build();
    }

    static Money usd(String dollars) {
        return dev.pictor.gateway.budget.Budget.usd(dollars).limit();
    }
}
