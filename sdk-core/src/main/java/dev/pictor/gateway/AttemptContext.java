package dev.pictor.gateway;

import dev.pictor.model.CallContext;
import java.time.Duration;
import java.util.Optional;

/** What an adapter gets to know of the call: its limit, and the name that every attempt at the same answer has. */
record AttemptContext(CallContext limit, String key) implements CallContext {

    @Override
    public Duration timeLeft() {
        return limit.timeLeft();
    }

    @Override
    public boolean isCancelled() {
        return limit.isCancelled();
    }

    @Override
    public Registration onCancel(Runnable hook) {
        return limit.onCancel(hook);
    }

    @Override
    public Optional<String> idempotencyKey() {
        return Optional.of(key);
    }
}
