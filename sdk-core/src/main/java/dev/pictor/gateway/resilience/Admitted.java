package dev.pictor.gateway.resilience;

import java.time.Duration;

/** What the permits of calls that may go on have in common. */
abstract class Admitted implements Permit {

    @Override
    public final boolean isAdmitted() {
        return true;
    }

    @Override
    public final Duration retryAfter() {
        return Duration.ZERO;
    }

    @Override
    public final GatewayRefusedException refusal(String modelId) {
        throw new IllegalStateException("the call to " + modelId + " was admitted");
    }
}
