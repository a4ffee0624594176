package dev.pictor.examples;

import dev.pictor.model.CallContext;
import java.time.Duration;

/** A call that nobody stops, for an adapter that is asked without a gateway. */
enum UnboundedCall implements CallContext {
    /** The only one. */
    INSTANCE;

    private static final Duration AMPLE = Duration.ofHours(1);

    @Override
    public Duration timeLeft() {
        return AMPLE;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public Registration onCancel(Runnable hook) {
        return () -> {};
    }
}
