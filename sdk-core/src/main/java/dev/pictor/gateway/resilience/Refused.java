package dev.pictor.gateway.resilience;

import java.time.Duration;

/**
 * A call that may not go on.
 *
 * @param reason why not
 * @param nanos after which another call may pass, 0 if nobody knows
 */
record Refused(GatewayRefusedException.Reason reason, long nanos) implements BreakerPermit {

    @Override
    public boolean isAdmitted() {
        return false;
    }

    @Override
    public Duration retryAfter() {
        return Duration.ofNanos(nanos);
    }

    @Override
    public GatewayRefusedException refusal(String modelId) {
        return new GatewayRefusedException(reason, modelId, nanos);
    }

    @Override
    public void record(CallOutcome outcome) {}

    @Override
    public void close() {}
}
