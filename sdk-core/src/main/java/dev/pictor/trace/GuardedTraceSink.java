package dev.pictor.trace;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a sink throws away from the run, and says so once. */
final class GuardedTraceSink implements TraceSink {

    private static final Logger LOG = LoggerFactory.getLogger(TraceSink.class);

    private final TraceSink sink;
    private final AtomicBoolean warned = new AtomicBoolean();

    private GuardedTraceSink(TraceSink sink) {
        this.sink = sink;
    }

    static TraceSink of(TraceSink sink) {
        return sink instanceof GuardedTraceSink || sink.equals(TraceSink.none()) ? sink : new GuardedTraceSink(sink);
    }

    @Override
    public void accept(TraceEvent event) {
        try {
            sink.accept(event);
        } catch (RuntimeException e) {
            if (warned.compareAndSet(false, true)) {
                LOG.warn(
                        "trace sink {} failed on {} of run {}; this and later failures of it are dropped",
                        sink.getClass().getName(),
                        event.type(),
                        event.runId(),
                        e);
            }
        }
    }
}
