package dev.pictor.adapter.cutout;

import dev.pictor.model.CallContext;
import java.time.Duration;

/** A call in which something happens when it is looked at for the nth time. Not thread-safe. */
final class CountedCall implements CallContext {

    private final CallContext real;
    private final int at;
    private final Runnable action;
    private int looks;

    CountedCall(CallContext real, int at, Runnable action) {
        this.real = real;
        this.at = at;
        this.action = action;
    }

    @Override
    public Duration timeLeft() {
        return real.timeLeft();
    }

    @Override
    public boolean isCancelled() {
        if (++looks == at) {
            action.run();
        }
        return real.isCancelled();
    }

    @Override
    public Registration onCancel(Runnable hook) {
        return real.onCancel(hook);
    }
}
