package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.inRun;
import static dev.pictor.testkit.GatewayCalls.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.image.PixelSize;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.OptionWarning;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.trace.MemoryRunStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller, and who reads the trace, get to know of a call. */
@Timeout(60)
class GatewayOutcomesTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final VirtualTime time = VirtualTime.create();
    private final MemoryRunStore store = new MemoryRunStore();
    private final PipelineRunner runner =
            PipelineRunner.builder().time(time).traceSink(store).build();

    @AfterEach
    void close() {
        runner.close();
        time.close();
    }

    @Test
    @DisplayName("R15: a call fails at once while a breaker is open, however soon that is over")
    void nobodyWaitsForABreaker() {
        FakeImageModel painter = model("painter", "0.01").thenFail(Reason.UNAVAILABLE, Billed.UNKNOWN_OUTCOME);
        try (Gateway gateway = Gateway.builder(painter)
                .breaker(BreakerPolicy.builder()
                        .minimumCalls(1)
                        .openFor(Duration.ofSeconds(30))
                        .build())
                .pictureCheck(PictureCheck.none())
                .time(time)
                .build()) {
            assertThatThrownBy(() -> draw(runner, gateway, "one")).isInstanceOf(ModelException.class);
            time.advance(Duration.ofSeconds(29));

            assertThatThrownBy(() -> draw(runner, gateway, "two"))
                    .isInstanceOfSatisfying(GatewayRefusedException.class, refusal -> {
                        assertThat(refusal.reason()).isEqualTo(GatewayRefusedException.Reason.BREAKER_OPEN);
                        assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
                    });
        }
    }

    @Test
    @DisplayName("R4: the trace tells an attempt that ran out of time, and that it may have been charged")
    void theTraceTellsATimeout() throws Exception {
        FakeImageModel painter = model("painter", "0.01").thenStall();
        try (Gateway gateway = Gateway.builder(painter)
                .retry(RetryPolicy.builder()
                        .maxAttempts(1)
                        .attemptLimit(Duration.ofSeconds(2))
                        .build())
                .pictureCheck(PictureCheck.none())
                .time(time)
                .build()) {
            RunHandle<String> handle = GatewayCalls.start(
                    runner,
                    RunOptions.ofDefaults(),
                    run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
            painter.awaitRequests(1, LONG);
            time.awaitPending(2, LONG); // the run's deadline and the attempt's

            time.advance(Duration.ofSeconds(2));

            assertThatThrownBy(() -> GatewayCalls.join(handle))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT));
        }
        assertThat(store.find(store.newest(1).get(0)).orElseThrow().calls())
                .singleElement()
                .satisfies(call -> assertThat(call.errorType()).contains("timed_out"));
    }

    @Test
    @DisplayName("R20: an answer says that a picture has another size than was asked for")
    void anotherSizeIsAWarning() {
        FakeImageModel painter = model("painter", "0.01").thenReturn(FakePicture.of(new PixelSize(64, 64), 0x336699));
        try (Gateway gateway = Gateway.builder(painter).time(time).build()) {
            ImageRequest large =
                    ImageRequest.builder("a lamp").size(new PixelSize(512, 512)).build();

            assertThat(inRun(runner, RunOptions.ofDefaults(), run -> gateway.generate(run, large))
                            .warnings())
                    .containsExactly(new OptionWarning("size", "asked for 512x512, got 64x64"));
        }
    }
}
