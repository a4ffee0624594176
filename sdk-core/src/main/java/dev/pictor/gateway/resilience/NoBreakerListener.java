package dev.pictor.gateway.resilience;

/** Hears nothing. */
enum NoBreakerListener implements BreakerListener {
    INSTANCE;

    @Override
    public void changed(CircuitBreaker.State from, CircuitBreaker.State to) {}
}
