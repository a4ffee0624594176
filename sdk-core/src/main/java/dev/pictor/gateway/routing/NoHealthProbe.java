package dev.pictor.gateway.routing;

import dev.pictor.model.CallContext;

/** Asks nobody. */
enum NoHealthProbe implements HealthProbe {
    NONE;

    @Override
    public boolean isUp(Candidate candidate, CallContext context) {
        return false;
    }
}
