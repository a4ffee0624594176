package dev.pictor.adapter.embedded;

import dev.pictor.model.CallContext;
import java.time.Duration;

/** Call contexts for tests. */
final class Calls {

    private Calls() {}

    static CallContext unbounded() {
        return context(false);
    }

    static CallContext cancelled() {
        return context(true);
    }

    private static CallContext context(boolean cancelled) {
        return new CallContext() {
            @Override
            public Duration timeLeft() {
                return cancelled ? Duration.ZERO : Duration.ofMinutes(1);
            }

            @Override
            public boolean isCancelled() {
                return cancelled;
            }

            @Override
            public Registration onCancel(Runnable hook) {
                return () -> {};
            }
        };
    }
}
