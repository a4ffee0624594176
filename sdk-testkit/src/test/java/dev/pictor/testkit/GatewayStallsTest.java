package dev.pictor.testkit;

import static dev.pictor.testkit.GatewayCalls.draw;
import static dev.pictor.testkit.GatewayCalls.model;
import static dev.pictor.testkit.GatewayCalls.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.BreakerPolicy;
import dev.pictor.gateway.resilience.GatewayRefusedException;
import dev.pictor.model.ImageRequest;
import dev.pictor.pipeline.PipelineRunner;
import dev.pictor.pipeline.RunHandle;
import dev.pictor.pipeline.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model or a part of the gateway that does not answer costs. */
@Timeout(60)
class GatewayStallsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final VirtualTime time = VirtualTime.create();
    private final PipelineRunner virtual = PipelineRunner.builder().time(time).build();
    private final List<Gateway> gateways = new ArrayList<>();

    @AfterEach
    void close() {
        gateways.forEach(Gateway::close);
        virtual.close();
        time.close();
    }

    private Gateway open(GatewayBuilder builder) {
        Gateway gateway = builder.pictureCheck(PictureCheck.none()).time(time).build();
        gateways.add(gateway);
        return gateway;
    }

    @Nested
    @DisplayName("R14: a stall that only the run's deadline ends")
    class Deadlines {

        private final FakeImageModel painter = model("painter", "0.10");

        private GatewayBuilder gateway() {
            return Gateway.builder(painter)
                    .breaker(BreakerPolicy.builder().minimumCalls(2).build());
        }

        private void stall(Gateway gateway, Duration deadline, boolean cancel) throws Exception {
            int before = painter.requests().size();
            painter.thenStall();
            RunHandle<String> handle = start(
                    virtual,
                    RunOptions.builder().deadline(deadline).build(),
                    run -> gateway.generate(run, ImageRequest.builder("a lamp").build()));
            painter.awaitRequests(before + 1, LONG);
            if (cancel) {
                handle.cancel();
            } else {
                time.advance(deadline);
            }
            assertThatThrownBy(() -> GatewayCalls.join(handle)).isInstanceOf(RuntimeException.class);
        }

        @ParameterizedTest(name = "R14: a stall counts, with a cache: {0}")
        @ValueSource(booleans = {false, true})
        void countsAsTheVendorsFault(boolean cached) throws Exception {
            Gateway gateway = open(cached ? gateway().cache(CacheSettings.ofDefaults()) : gateway());

            stall(gateway, Duration.ofSeconds(2), false);
            stall(gateway, Duration.ofSeconds(2), false);

            assertThatThrownBy(() -> draw(virtual, gateway, "a lamp"))
                    .isInstanceOfSatisfying(
                            GatewayRefusedException.class,
                            refusal -> assertThat(refusal.reason())
                                    .isEqualTo(GatewayRefusedException.Reason.BREAKER_OPEN));
            assertThat(gateway.health().values())
                    .singleElement()
                    .satisfies(health -> assertThat(health.failures()).isEqualTo(2));
        }

        @Test
        @DisplayName("R14: in too little time no model is to blame")
        void aShortDeadlineIsIgnored() throws Exception {
            Gateway gateway = open(gateway());

            stall(gateway, Duration.ofMillis(500), false);
            stall(gateway, Duration.ofMillis(500), false);

            draw(virtual, gateway, "a lamp");
            assertThat(gateway.health().values())
                    .singleElement()
                    .satisfies(health -> assertThat(health.failures()).isZero());
        }

        @Test
        @DisplayName("R14: who cancels says nothing of the model")
        void aCancelledCallIsIgnored() throws Exception {
            Gateway gateway = open(gateway());

            stall(gateway, Duration.ofSeconds(20), true);
            stall(gateway, Duration.ofSeconds(20), true);

            draw(virtual, gateway, "a lamp");
            assertThat(gateway.health().values())
                    .singleElement()
                    .satisfies(health -> assertThat(health.failures()).isZero());
        }
    }
}
