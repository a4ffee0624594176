package dev.pictor.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.error.PictorException;
import dev.pictor.gateway.resilience.GatewayRefusedException.Reason;
import dev.pictor.model.ModelException;
import dev.pictor.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayRefusedExceptionTest {

    private static final int REFUSALS = 100_000;
    private static final long MOST_BYTES = 200;

    @ParameterizedTest
    @EnumSource(Reason.class)
    @DisplayName("R27: what Pictor refuses is no failure of the vendor, and says why")
    void isToldApartFromWhatTheVendorRefuses(Reason reason) {
        PictorException refusal = new GatewayRefusedException(reason, "some-model", Duration.ofMillis(1_500));

        assertThat(refusal).isNotInstanceOf(ModelException.class);
        assertThat(refusal.isRetryable()).isTrue();
        assertThat(refusal.getMessage())
                .startsWith("some-model was not called: it ")
                .endsWith("; try again in 1500 ms");
    }

    @Test
    void saysNothingOfATimeThatNobodyKnows() {
        GatewayRefusedException refusal =
                new GatewayRefusedException(Reason.BULKHEAD_FULL, "some-model", Duration.ZERO);

        assertThat(refusal.retryAfter()).isEmpty();
        assertThat(refusal)
                .hasMessage("some-model was not called: it has as many calls in flight and waiting as it may have");
    }

    @Test
    void saysWhereItHappened() {
        GatewayRefusedException refusal =
                new GatewayRefusedException(Reason.COOLING_DOWN, "some-model", Duration.ofSeconds(2));
        refusal.locate("01JD0000000000000000000000", "draw");

        assertThat(refusal.stage()).contains("draw");
        assertThat(refusal)
                .hasMessage("some-model was not called: it asked for a pause that is not over; try again in 2000 ms"
                        + " [run 01JD0000000000000000000000, stage draw]");
    }

    @Test
    void hasNoStackTraceAndCanBePrinted() {
        GatewayRefusedException refusal =
                new GatewayRefusedException(Reason.KEY_REFUSED, "some-model", Duration.ofSeconds(2));

        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal.toString()).contains("refused the key");
    }

    @Test
    void survivesBeingStored() throws Exception {
        GatewayRefusedException refusal =
                new GatewayRefusedException(Reason.KEY_REFUSED, "some-model", Duration.ofSeconds(2));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(refusal);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat((GatewayRefusedException) in.readObject()).hasMessage(refusal.getMessage());
        }
    }

    @Test
    @DisplayName("P8: an open breaker refuses in at most 200 bytes")
    void refusesInFewBytes() {
        try (TimeSource time = TimeSource.system()) {
            CircuitBreaker breaker = CircuitBreaker.create(BreakerPolicy.ofDefaults(), time);
            try (BreakerPermit permit = breaker.tryAcquire()) {
                permit.record(CallOutcome.KEY_REFUSED);
            }
            refuse(breaker, REFUSALS);
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            refuse(breaker, REFUSALS);
            long nanos = System.nanoTime() - start;
            long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / REFUSALS;

            assertThat(bytes)
                    .as("%s", String.format(Locale.ROOT, "%d ns each", nanos / REFUSALS))
                    .isLessThanOrEqualTo(MOST_BYTES);
        }
    }

    private static void refuse(CircuitBreaker breaker, int times) {
        for (int i = 0; i < times; i++) {
            try (BreakerPermit permit = breaker.tryAcquire()) {
                throw permit.refusal("some-model");
            } catch (GatewayRefusedException e) {
                assertRefused(e);
            }
        }
    }

    private static void assertRefused(GatewayRefusedException e) {
        if (e.reason() != Reason.KEY_REFUSED) {
            throw new AssertionError("refused for another reason", e);
        }
    }
}
