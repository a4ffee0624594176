package dev.pictor.gateway;

import dev.pictor.model.CallContext;
import dev.pictor.model.ExchangeListener;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter gets to know of the call: its limit, the name that every attempt at the same answer has, and who listens
 * to what goes over the wire.
 */
record AttemptContext(
        CallContext limit, String key, @Nullable ExchangeListener listener) implements CallContext {

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

    @Override
    public Optional<ExchangeListener> exchangeListener() {
        return Optional.ofNullable(listener);
    }
}
